import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';
import { generate } from '../support/generate.js';

/** Exports hold all that is said about a claim, however much it is. */

const t = await testApp();
const pad = (i: number) => String(i).padStart(4, '0');

await generate(t.store, async (make) => {
  for (const name of ['First', 'Denier', 'Repenter', 'Smith; Jones', 'Back\\slash']) {
    const key = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
    await make('party', { key, kind: 'other', name });
  }
  for (let i = 0; i < 121; i++) await make('party', { key: `p-${pad(i)}`, kind: 'other', name: `P ${i}` });
  await make('source', { key: 'report', type: 'report', title: 'A report', url: 'https://example.org/a;b' });
  await make('source', { key: 'oral', type: 'other', title: 'Told' });
  const says = (i: number) => ({ party: `p-${pad(i % 121)}`, stance: 'asserts' });
  const denial = { party: 'denier', stance: 'denies', source: 'report', quote: { exact: 'No; never.' } };
  for (const [key, size] of [
    ['claim-121', 121],
    ['claim-1000', 1_000],
    ['claim-999', 999],
    ['claim-998', 998],
  ] as const) {
    const asserted = Array.from({ length: size - 1 }, (_, i) => says(i));
    await make('claim', { key, text: key, attributions: [...asserted, denial] });
  }
});

const put = async (url: string, body: object) => {
  const answer = await t.send('PUT', url, body);
  expect(answer.status, answer.text).toBe(201);
};
await put('/v1/claims/few', {
  text: 'Few.',
  participants: [{ party: 'first', role: 'recipient' }],
  attributions: [
    { party: 'smith-jones', stance: 'asserts', source: 'oral', said: '2024' },
    { party: 'back-slash', stance: 'confirms', source: 'report', quote: { exact: '=1' } },
    { key: 'hasty', party: 'repenter', stance: 'asserts', said: '2023', quote: { exact: 'Yes.' } },
  ],
});
const retraction = { party: 'repenter', stance: 'retracts', in_reply_to: 'hasty', said: '2025' };
expect((await t.send('POST', '/v1/claims/few/attributions', retraction)).status).toBe(201);

const text = async (url: string) => {
  const answer = await t.send('GET', url);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
};
const lines = async (url: string) =>
  (await text(url))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const sizes = { few: 4, 'claim-121': 121, 'claim-998': 998, 'claim-999': 999, 'claim-1000': 1_000 };

it('NDJSON holds every attribution of every claim, in the order of the claim’s list', async () => {
  const claims = await lines('/v1/claims.ndjson');
  expect(Object.fromEntries(claims.map(({ key, attributions }) => [key, attributions.length]))).toEqual(
    sizes,
  );
  for (const { id, attributions } of claims) {
    const listed = await lines(`/v1/claims/${id}/attributions.ndjson?fields=id`);
    expect(attributions.map((a: { id: string }) => a.id).sort()).toEqual(listed.map((a) => a.id).sort());
    const item = JSON.parse(await text(`/v1/claims/${id}`));
    expect(attributions.slice(0, 100)).toEqual(item.attributions);
  }
});

it('NDJSON of the past holds every attribution that there was', async () => {
  const { updated_at } = JSON.parse(await text('/v1/claims/few'));
  const claims = await lines(`/v1/claims.ndjson?as_of=${updated_at}&fields=key,attributions`);
  expect(claims.find(({ key }) => key === 'claim-121').attributions).toHaveLength(121);
});

it.each(Object.entries(sizes).slice(1))('CSV of %s tells the last of %i attributions', async (key, size) => {
  const [row] = csvObjects(await text(`/v1/claims.csv?key=${key}`));
  expect(row).toMatchObject({
    ...{ denied_by: 'Denier', attribution_count: String(size), contested: 'true' },
    ...{ sources: 'A report', source_keys: 'report', source_urls: 'https://example.org/a\\;b' },
    quotes: 'No\\; never.',
  });
  expect(row!.asserted_by!.split('; ')).toHaveLength(Math.min(size - 1, 121));
});

it('lists as many rows as there are, in order, where chunks end before a page does', async () => {
  for (const sort of ['id', '-id', 'updated']) {
    const { items } = JSON.parse(await text(`/v1/claims?sort=${sort}`));
    const keys = items.map(({ key }: { key: string }) => key);
    const rows = csvObjects(await text(`/v1/claims.csv?sort=${sort}&fields=key,denied_by`));
    expect(rows.map(({ key }) => key)).toEqual(keys);
    const limited = csvObjects(await text(`/v1/claims.csv?sort=${sort}&limit=4&fields=key,denied_by`));
    expect(limited.map(({ key }) => key)).toEqual(keys.slice(0, 4));
  }
});

it('CSV tells what counts, and not what was taken back', async () => {
  const [row] = csvObjects(await text('/v1/claims.csv?key=few&lists=json'));
  const listOf = (name: string) => JSON.parse(row![name]!);
  expect([...listOf('asserted_by')].sort()).toEqual(['Back\\slash', 'Smith; Jones']);
  expect([...listOf('said')].sort()).toEqual(['2024', '2025']);
  expect(listOf('quotes')).toEqual(['=1']);
  expect(listOf('participants')).toEqual(['First (recipient)']);
  expect([...listOf('source_keys')].sort()).toEqual(['oral', 'report']);
  expect(listOf('source_urls')).toEqual(['https://example.org/a;b']);
  expect(csvObjects(await text('/v1/claims.csv?key=few'))[0]).toMatchObject({
    ...{ quotes: "'=1", source_urls: 'https://example.org/a\\;b' },
  });
  expect(row).toMatchObject({ contested: 'false', retracted: 'false', self_denied: 'false' });
});

it.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
])('separator=%s with bom=true, in every CSV', async (separator, between) => {
  const query = `separator=${separator}&bom=true`;
  const nouns = [
    'claims',
    'parties',
    'sources',
    'predicates',
    'attributions',
    'relations',
    'assessments',
    'judgements',
  ];
  for (const noun of nouns) {
    const written = await text(`/v1/${noun}.csv?${query}&fields=key,created_at&limit=1`);
    expect(written.split('\n', 1)[0]).toBe(`\ufeffkey${between}created_at`);
  }
  const rows = csvObjects((await text(`/v1/parties.csv?${query}&fields=key,name`)).slice(1), between);
  expect(rows).toContainEqual({ key: 'smith-jones', name: 'Smith; Jones' });
  expect(rows).toHaveLength(126);
});

it.each(['bom=yes', 'separator=,', 'separator=pipe', 'lists=csv'])('refuses %s', async (query) => {
  const answer = await t.send('GET', `/v1/claims.csv?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.json.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual([
    query.split('=')[0],
  ]);
});

it.each(['sources/report', 'parties/denier', 'parties/first', 'parties/back-slash'])(
  'CSV of the dependents of %s holds what the JSON does',
  async (object) => {
    const { items } = JSON.parse(await text(`/v1/${object}/dependents?limit=200`));
    const rows = csvObjects(await text(`/v1/${object}/dependents.csv?separator=tab&lists=json`), '\t');
    expect(rows).toEqual(
      // biome-ignore lint/suspicious/noExplicitAny: items of an answer
      items.map(({ claim, before, after, fallen, summary }: any) => ({
        ...{ claim: claim.key ?? claim.id, text: claim.name, summary },
        ...{ support_before: before.support, support_after: after.support },
        ...{ origins_min_before: String(before.origins.min), origins_min_after: String(after.origins.min) },
        ...{
          origins_max_before: String(before.origins.max ?? ''),
          origins_max_after: String(after.origins.max ?? ''),
        },
        fallen: JSON.stringify(
          fallen.map(
            ({ attribution: a }: { attribution: { key: string | null; id: string } }) => a.key ?? a.id,
          ),
        ),
      })),
    );
  },
);

it('CSV of dependents and of a timeline take the look and the columns of any CSV', async () => {
  const asked = 'bom=true&separator=semicolon';
  const dependents = await text(
    `/v1/parties/smith-jones/dependents.csv?${asked}&fields=claim,support_before`,
  );
  expect(dependents.split('\n')).toEqual(['\ufeffclaim;support_before', ...dependents.split('\n').slice(1)]);
  const timeline = await text(`/v1/claims/few/timeline.csv?${asked}&fields=date,stance`);
  expect(timeline.split('\n').slice(0, 3)).toEqual([
    '\ufeffdate;stance',
    '2023-12-31;asserts',
    '2024-12-31;asserts',
  ]);
  const answer = await t.send('GET', '/v1/claims/few/timeline.csv');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="claims-few-timeline.csv"');
});
