import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { unwarned } from '../support/claims.js';
import { csvObjects, parseCsv } from '../support/csv.js';
import { effort } from '../support/effort.js';
import { generate } from '../support/generate.js';
import { allIds, pages, refusedQuery } from '../support/pages.js';

// biome-ignore lint/suspicious/noExplicitAny: objects of all nouns
type Item = any;

const t = await testApp({ register: 'sample' });
const get = (url: string, headers?: Record<string, string>) => t.send('GET', url, undefined, headers);
const lines = (text: string): Item[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

await generate(t.store, async (make) => {
  for (let i = 0; i < effort(150, 450); i++) await make('party', { kind: 'other', name: `Party ${i % 9}` });
  // An attribution may have the key of the party it names: keys are unique per noun.
  const attributions = [undefined, 'pakistan', 'ttp', ...Array(22)].map((key) => ({
    key,
    party: 'pakistan',
    stance: 'asserts',
  }));
  await make('claim', { key: 'often-said', text: 'Often said.', attributions });
});

const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
for (const i of [1, 2, 3]) {
  const claim = 'ttp-strength-10000';
  const relation = { key: `r-${i}`, from: claim, type: 'answers', to: 'often-said' };
  expect((await t.send('POST', '/v1/relations', relation)).status).toBe(201);
  const assessment = { key: `a-${i}`, claim, credibility: i, assessed_at: '2026-01-01T00:00:00+05:00' };
  expect((await t.send('POST', '/v1/assessments', assessment, reviewer)).status).toBe(201);
  const judgement = { key: `j-${i}`, noun: 'claim', one: claim, other: 'often-said', judgement: 'unsure' };
  expect((await t.send('POST', '/v1/judgements', judgement, reviewer)).status).toBe(201);
}

/** The columns of each list, as its users know them. */
const columns: Record<string, string> = {
  '/v1/claims':
    'id,key,kind,text,subject,subject_key,predicate,predicate_label,value_type,value,lower,upper,' +
    'lower_exclusive,upper_exclusive,approximate,unit,currency,per,value_text,as_stated,scope,occurred,occurred_from,occurred_to,participants,places,' +
    'topics,support,origins_min,origins_max,contested,self_denied,retracted,asserted_by,reported_by,denied_by,' +
    'retracted_by,said,sources,source_keys,source_urls,quotes,attribution_count,created_at,updated_at,activity_at',
  '/v1/parties':
    'id,key,kind,name,names,part_of,country,unnamed,count_min,count_max,description,' +
    'family_name,given_name,born,independent_voice,identifiers,created_at,updated_at',
  '/v1/sources':
    'id,key,type,title,url,archived_url,publisher,authors,published,reporting_period,language,reliability,' +
    'part_of,derived_from,supersedes,status,status_date,status_by,superseded_by,modified,retrieved_at,' +
    'identifiers,created_at,updated_at',
  '/v1/predicates':
    'key,label,description,value_type,unit,functional,symmetric,measure,created_at,updated_at',
  '/v1/attributions':
    'id,key,claim,claim_text,about_source,party,party_as_stated,speaker,stance,manner,basis,said,source,' +
    'source_title,source_access,quote,lineage,relays,in_reply_to,note,retracted_by,retracted,said_as_stated,' +
    'capacity,page,paragraph,section,timecode,created_at,updated_at',
  '/v1/relations': 'id,key,from,from_text,type,to,to_text,note,created_at,updated_at',
  '/v1/assessments':
    'id,key,claim,claim_text,credibility,likelihood,confidence,verdict,rationale,assessor,assessed_at,' +
    'created_at,updated_at',
  '/v1/judgements': 'id,key,noun,one,one_name,other,other_name,judgement,reason,created_at,updated_at',
};

describe.each(Object.keys(columns))('GET %s: an export', (list) => {
  it('as NDJSON holds every object in full, in the order of the list', async () => {
    const answer = await get(`${list}.ndjson`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${list.slice(4)}.ndjson"`);
    const objects = lines(answer.text);
    expect(objects.map(({ id }) => id)).toEqual(await allIds(t, `${list}?limit=200`));
    for (const object of [...objects.slice(0, 10), ...objects.slice(-10)]) {
      expect(object).toEqual((await get(`${list}/${object.id}`)).json);
    }
  });

  it('as CSV has these columns and one row for each item', async () => {
    const answer = await get(`${list}.csv`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${list.slice(4)}.csv"`);
    const [header, ...rows] = parseCsv(answer.text);
    expect(header!.join(',')).toBe(columns[list]);
    const keys: (string | null)[] = [];
    for await (const { json } of pages(t, `${list}?limit=200`)) {
      keys.push(...json.items.map(({ key }: Item) => key));
    }
    const key = header!.indexOf('key');
    expect(rows.map((row) => row[key] || null)).toEqual(keys);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header!.length]));
  });

  it('takes filters, order and a limit', async () => {
    const [, some] = (await get(`${list}?limit=2`)).json.items;
    const order = list === '/v1/predicates' ? '-id' : '-created,id';
    const sorted = await allIds(t, `${list}?limit=200&sort=${order}`);
    const ids = (text: string) => lines(text).map(({ id }) => id);
    expect(ids((await get(`${list}.ndjson?sort=${order}`)).text)).toEqual(sorted);
    expect(ids((await get(`${list}.ndjson?sort=${order}&limit=7`)).text)).toEqual(sorted.slice(0, 7));
    expect(ids((await get(`${list}.ndjson?key=${some.key}`)).text)).toEqual([some.id]);
    expect((await get(`${list}.ndjson?key=nothing-has-it`)).text).toBe('');
    const empty = await get(`${list}.csv?key=nothing-has-it`);
    expect(parseCsv(empty.text)).toEqual([columns[list]!.split(',')]);
  });

  it('with fields= has those columns in the order asked for', async () => {
    const answer = await get(`${list}.csv?fields=updated_at,key&limit=3`);
    const { items } = (await get(`${list}?limit=3`)).json;
    expect(parseCsv(answer.text)).toEqual([
      ['updated_at', 'key'],
      ...items.map(({ updated_at, key }: Item) => [updated_at, key ?? '']),
    ]);
    await refusedQuery(t, `${list}.csv?fields=key,secret`, 'fields unknown_column');
    await refusedQuery(t, `${list}.csv?fields=doc`, 'fields unknown_column');
  });

  it('with fields= has those members of each item, in NDJSON as in pages', async () => {
    const all = (await get(`${list}?limit=3`)).json.items;
    const picked = all.map(({ version, key }: { version: number; key: string }) => ({ version, key }));
    const page = await get(`${list}?limit=3&fields=version,key`);
    expect(page.json.items).toEqual(picked);
    expect(Object.keys(page.json.items[0])).toEqual(['version', 'key']);
    const first = await get(`${list}?limit=1&fields=id`);
    expect(first.headers.link).toContain('fields=id');
    expect(lines((await get(`${list}.ndjson?limit=3&fields=version,key`)).text)).toEqual(picked);
    for (const url of [list, `${list}.ndjson`]) {
      await refusedQuery(t, `${url}?fields=key,doc`, 'fields unknown_member');
      await refusedQuery(t, `${url}?fields=__proto__`, 'fields unknown_member');
    }
  });

  it('takes no parameters of pages', async () => {
    for (const format of ['csv', 'ndjson']) {
      const query = 'count=exact&include=party';
      await refusedQuery(
        t,
        `${list}.${format}?${query}`,
        'count unknown_parameter',
        'include unknown_parameter',
      );
    }
    await refusedQuery(t, `${list}.csv?form=input`, 'form unknown_parameter');
    await refusedQuery(t, `${list}.ndjson?form=input&fields=key`, 'fields misplaced_parameter');
  });

  it('in the input form is what PUT takes back, which then changes nothing', async () => {
    const ids = await allIds(t, `${list}?limit=200`);
    const inputs = lines((await get(`${list}.ndjson?form=input`)).text);
    expect(inputs).toHaveLength(ids.length);
    const before = await t.dump();
    for (const [i, input] of inputs.entries()) {
      if (i % effort(7, 3) !== 0) continue;
      const old = await get(`${list}/${ids[i]}`);
      const answer = await t.send('PUT', `${list}/${input.key ?? ids[i]}`, input, reviewer);
      expect(answer.status, answer.text).toBe(200);
      expect(unwarned(answer.json)).toEqual(old.json);
      expect(answer.headers.etag).toBe(old.headers.etag);
    }
    expect((await t.dump()) === before).toBe(true);
  });
});

describe('GET ….csv: what the cells say', () => {
  const row = async (list: string, key: string) => csvObjects((await get(`${list}.csv?key=${key}`)).text)[0]!;

  it('of a claim', async () => {
    const { id, created_at, updated_at, activity_at, ...rest } = await row(
      '/v1/claims',
      'ttp-leader-family-stipend',
    );
    expect(rest).toEqual({
      key: 'ttp-leader-family-stipend',
      kind: 'fact',
      text: 'The family of the TTP’s leader, Noor Wali Mehsud, received a monthly stipend of three million Afghanis.',
      subject: 'Family of Noor Wali Mehsud',
      subject_key: 'noor-wali-mehsud-family',
      predicate: 'monthly-stipend',
      predicate_label: 'receives a monthly stipend of',
      ...{ value_type: 'money', value: '3000000', lower: '', upper: '', approximate: 'false', unit: '' },
      ...{ lower_exclusive: 'false', upper_exclusive: 'false' },
      ...{ currency: 'AFN', per: 'month', value_text: '', as_stated: '3 million Afghanis', scope: '' },
      ...{ occurred: '2024-07-01/2024-12-13', occurred_from: '2024-07-01', occurred_to: '2024-12-13' },
      ...{ places: '', topics: 'ttp; financing', attribution_count: '3', denied_by: '', said: '2025-02-06' },
      retracted_by: '',
      asserted_by: 'One Member State (on the stipend for the TTP leader’s family)',
      reported_by: expect.stringMatching(/^Defence Talks; .*Monitoring Team/),
      sources:
        'Kabul continues to support the Pakistani Taliban, a recent UN report states; ' +
        '35th report of the Analytical Support and Sanctions Monitoring Team',
      source_keys: 'defence-talks-article-2025; monitoring-team-report-35',
      source_urls: '',
      quotes: '3 million Afghanis (around $43,000)',
      participants: 'Family of Noor Wali Mehsud (recipient); Noor Wali Mehsud (relative)',
      ...{ support: 'single_origin', origins_min: '1', origins_max: '1' },
      ...{ contested: 'false', self_denied: 'false', retracted: 'false' },
    });
    expect([id, created_at, updated_at, activity_at].every(Boolean)).toBe(true);
  });

  it('of the other nouns', async () => {
    expect(await row('/v1/parties', 'afghan-officials-on-pakistan-militancy')).toMatchObject({
      ...{
        kind: 'government',
        part_of: 'taliban',
        unnamed: 'true',
        count_min: '2',
        count_max: '',
        country: '',
      },
    });
    expect(await row('/v1/sources', 'defence-talks-article-2025')).toMatchObject({
      ...{ type: 'article', publisher: 'Defence Talks', derived_from: 'monitoring-team-report-35', url: '' },
    });
    expect(await row('/v1/attributions', 'ttp-leader-family-stipend-outlet')).toMatchObject({
      ...{ claim: 'ttp-leader-family-stipend', party: 'Defence Talks', stance: 'reports', lineage: 'relays' },
      ...{ source: 'defence-talks-article-2025', relays: 'ttp-leader-family-stipend-report-35' },
      quote: '3 million Afghanis (around $43,000)',
    });
    const { label, value_type, unit, functional } = (await get('/v1/predicates/fighter-strength')).json;
    expect(await row('/v1/predicates', 'fighter-strength')).toMatchObject({
      ...{ label, value_type, unit: unit ?? '', functional: String(functional) },
    });
  });
});

describe('GET /v1/attributions.ndjson?form=input', () => {
  it('leaves out the lineage that follows from the relays, and says any other', async () => {
    const lineageOf = async (key: string) =>
      lines((await get(`/v1/attributions.ndjson?form=input&key=${key}`)).text)[0].lineage;
    expect(await lineageOf('ttp-leader-family-stipend-outlet')).toBeNull();
    expect(await lineageOf('ttp-leader-family-stipend-member-state')).toBe('originates');
  });
});
