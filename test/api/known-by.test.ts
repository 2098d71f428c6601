import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';
import { refusedQuery } from '../support/pages.js';

/** A study of 2020 that its publisher withdrew two weeks later, and a rival figure of 2021. */

const t = await testApp();
const put = async (path: string, body: unknown) =>
  expect((await t.send('PUT', `/v1/${path}`, body)).status, path).toBe(201);
const read = async (path: string) => (await t.send('GET', `/v1/${path}`)).json;

for (const key of ['press', 'ann', 'rival', 'drug'])
  await put(`parties/${key}`, { kind: 'organization', name: key });
await put('predicates/effect', {
  label: 'effect',
  value_type: 'quantity',
  functional: true,
  measure: 'level',
});
await put('sources/paper', {
  type: 'journal_article',
  title: 'Paper',
  publisher: 'press',
  published: '2020-05-22',
});
const claim = (key: string, value: string, attributions: object[]) =>
  put(`claims/${key}`, {
    text: `The effect is ${value}.`,
    ...{ subject: 'drug', predicate: 'effect', value: { type: 'quantity', value }, occurred: '2020' },
    attributions,
  });
await claim('study', '5', [
  { key: 'says', party: 'ann', stance: 'asserts', lineage: 'originates', source: 'paper' },
  { key: 'sometime', party: 'rival', stance: 'denies' },
]);
await claim('other', '7', [{ party: 'rival', stance: 'asserts', lineage: 'originates', said: '2021' }]);
const { status } = await t.send('POST', '/v1/attributions', {
  ...{ key: 'notice', about_source: 'paper', party: 'press', stance: 'retracts', said: '2020-06-04' },
});
expect(status).toBe(201);

describe('known_by', () => {
  it.each([
    ['2020-05-21', 'none', 0, false],
    ['2020-05-31', 'single_origin', 1, false],
    ['2020-06', 'none', 0, true],
  ])('%s: a standing is %s', async (day, support, asserting, retracted) => {
    const { standing } = await read(`claims/study/standing?known_by=${day}`);
    expect(standing).toMatchObject({ support, asserting, retracted, contested: false, undated: 1 });
  });

  it('provenance holds what was said by then', async () => {
    const graph = await read('claims/study/provenance?known_by=2020-05-31');
    const said = graph.nodes.filter((node: { kind: string }) => node.kind === 'attribution');
    expect(said).toMatchObject([{ key: 'says', taken_back: false }]);
    expect(graph.undated).toBe(1);
  });

  it.each([
    ['2020-05-31', 'current', null],
    ['2020-06', 'withdrawn', '2020-06-04'],
  ])('provenance by %s shows the source as %s', async (day, status, status_date) => {
    const { nodes } = await read(`claims/study/provenance?known_by=${day}`);
    const source = nodes.find((node: { key: string }) => node.key === 'paper');
    expect(source).toMatchObject({ status, status_date });
    const dot = (await t.send('GET', `/v1/claims/study/provenance.dot?known_by=${day}`)).text;
    expect(dot.includes('withdrawn')).toBe(status === 'withdrawn');
  });

  it('estimates and conflicts leave out what nobody had said', async () => {
    const values = async (day: string) =>
      (await read(`estimates?subject=drug&predicate=effect&known_by=${day}`)).items.map(
        (item: { value: { value: string }; retracted: boolean }) => [item.value.value, item.retracted],
      );
    expect(await values('2020-05-31')).toEqual([['5', false]]);
    expect(await values('2022')).toEqual([
      ['5', true],
      ['7', false],
    ]);
    expect((await read('conflicts?subject=drug&known_by=2020-05-31')).items).toEqual([]);
    expect((await read('conflicts?subject=drug&known_by=2022')).items).toEqual([]);
    expect((await read('conflicts?subject=drug&known_by=2022&superseded=include')).items).toHaveLength(1);
  });

  it('a list holds the claims that somebody had said, each as it stood', async () => {
    const keys = async (query: string) =>
      (await read(`claims?${query}`)).items.map(({ key }: { key: string }) => key);
    expect(await keys('known_by=2020-05-31')).toEqual(['study']);
    expect(await keys('known_by=2019')).toEqual([]);
    expect(await keys('known_by=2021')).toEqual(['study', 'other']);
    const [study] = (await read('claims?known_by=2020-05-31&include=attributions')).items;
    expect(study).toMatchObject({
      standing: { support: 'single_origin', undated: 1 },
      attribution_count: 1,
      attributions: [{ key: 'says', retracted: false, retracted_by: null }],
    });
    const [later] = (await read('claims?known_by=2021&include=attributions')).items;
    expect(later.attributions).toMatchObject([{ key: 'says', retracted_by: { key: 'notice' } }]);
    const lines = (await t.send('GET', '/v1/claims.ndjson?known_by=2020-05-31')).text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).standing.support)).toEqual(['single_origin']);
  });

  it.each(['attributions?claim=study&', 'claims/study/attributions?'])(
    '%s holds what was said by then, with what had taken it back',
    async (list) => {
      const said = async (day: string) =>
        (await read(`${list}known_by=${day}`)).items.map(
          ({
            key,
            retracted,
            retracted_by,
          }: {
            key: string;
            retracted: boolean;
            retracted_by: { key: string };
          }) => [...[key, retracted, retracted_by?.key ?? null]],
        );
      expect(await said('2020-05-21')).toEqual([]);
      expect(await said('2020-05-31')).toEqual([['says', false, null]]);
      expect(await said('2020-06')).toEqual([['says', true, 'notice']]);
      const url = `/v1/${list.replace('?', '.csv?')}known_by=2020-05-31&fields=key,retracted_by`;
      expect((await t.send('GET', url)).text).toBe('key,retracted_by\nsays,\n');
    },
  );

  it('attributions about a source are held to the day, too', async () => {
    const keys = async (day: string) =>
      (await read(`attributions?about_source=paper&known_by=${day}`)).items.map(
        ({ key, retracted }: { key: string; retracted: boolean }) => [key, retracted],
      );
    expect(await keys('2020-05-31')).toEqual([]);
    expect(await keys('2020-06')).toEqual([['notice', false]]);
  });

  it.each(['retracted=true', 'source_status=withdrawn'])(
    'attributions refuse %s beside it',
    async (filter) => {
      await refusedQuery(
        t,
        `/v1/attributions?known_by=2020&${filter}`,
        `${filter.split('=')[0]} misplaced_parameter`,
      );
    },
  );

  it.each([
    'support=none',
    'contested=true',
    'self_denied=true',
    'retracted=true',
    'superseded=true',
    'min_origins=1',
    'unnamed_only=true',
    'sort=-origins',
    'sort=attributions',
  ])('a list refuses %s beside it', async (filter) => {
    await refusedQuery(
      t,
      `/v1/claims?known_by=2020&${filter}`,
      `${filter.split('=')[0]} misplaced_parameter`,
    );
  });

  it('combines with as_of', async () => {
    const { updated_at } = await read('claims/study');
    const at = new Date(Date.parse(updated_at)).toISOString();
    const { standing } = await read(`claims/study/standing?known_by=2020-05-31&as_of=${at}`);
    expect(standing).toMatchObject({ support: 'single_origin', undated: 1 });
  });
});

describe('GET /v1/claims/{id}/timeline', () => {
  it('tells each attribution and withdrawal by date, with the standing after it', async () => {
    const timeline = await read('claims/study/timeline');
    expect(timeline).toMatchObject({ claim: { key: 'study' }, undated: 1, complete: true });
    expect(timeline.items).toMatchObject([
      {
        ...{
          date: '2020-05-22',
          said: null,
          dated_by: 'source',
          attribution: { key: 'says' },
          party: { key: 'ann' },
        },
        ...{ stance: 'asserts', source: { key: 'paper' }, standing: { support: 'single_origin' } },
      },
      {
        ...{
          date: '2020-06-04',
          said: '2020-06-04',
          dated_by: 'said',
          attribution: { key: 'notice' },
          stance: 'retracts',
        },
        ...{ about_source: { key: 'paper' }, standing: { support: 'none', retracted: true } },
      },
    ]);
  });

  it('as CSV and as a picture', async () => {
    const rows = csvObjects((await t.send('GET', '/v1/claims/study/timeline.csv')).text);
    expect(rows).toMatchObject([
      { date: '2020-05-22', party: 'ann', stance: 'asserts', support: 'single_origin', retracted: 'false' },
      { date: '2020-06-04', party: 'press', stance: 'retracts', about_source: 'paper', retracted: 'true' },
    ]);
    const { text, headers } = await t.send('GET', '/v1/claims/study/timeline.svg');
    expect(headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(text).toContain('2020-06-04: press retracts “Paper”; then none, origins 0–0, retracted.');
    expect(text).toContain('by 2020-05-22: ann asserts;');
    expect(text.match(/<circle /g)).toHaveLength(2);
  });
});

describe('GET /v1/sources/{id}/dependents', () => {
  it('of a withdrawn source tells what the withdrawal did', async () => {
    const { withdrawn_by, items } = await read('sources/paper/dependents');
    expect(withdrawn_by).toMatchObject({ key: 'notice', name: 'press' });
    expect(items).toMatchObject([
      {
        claim: { key: 'study' },
        before: { support: 'single_origin', retracted: false },
        after: { support: 'none', retracted: true },
        fallen: [{ attribution: { key: 'says' }, because: 'source' }],
      },
    ]);
  });
});

describe('GET /v1/conflicts?sort=severity', () => {
  it('shows the most severe first, page by page both ways', async () => {
    await put('sources/second', { type: 'article', title: 'Second' });
    await claim('third', '9', [{ party: 'ann', stance: 'asserts', lineage: 'originates' }]);
    await claim('fourth', '11', []);
    const query = 'conflicts?subject=drug&superseded=include&sort=severity';
    const all = (await read(`${query}&limit=200`)).items;
    expect(all).toHaveLength(6);
    expect(all[0].sides.map(({ claim: { key } }: { claim: { key: string } }) => key)).toEqual([
      'other',
      'third',
    ]);
    const first = await read(`${query}&limit=4`);
    expect(first.items).toEqual(all.slice(0, 4));
    const next = await read(`${query}&limit=4&cursor=${first.next_cursor}`);
    expect(next.items).toEqual(all.slice(4));
    expect(next.next_cursor).toBeNull();
    const back = await read(`${query}&limit=4&cursor=${next.prev_cursor}`);
    expect(back.items).toEqual(all.slice(0, 4));
    expect(back.prev_cursor).toBeNull();
  });
});
