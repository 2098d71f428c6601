import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { type Json, ok } from '../support/claims.js';
import { expectRejected } from '../support/expect-rejected.js';

/** What may be there already, in the answers to creations; `warnings.test.ts` has the rows of addresses and structure. */

const t = await testApp();
const put = async (path: string, body: object) => ok(await t.send('PUT', `/v1/${path}`, body), 201);

await put('parties/ttp', {
  kind: 'armed_group',
  name: 'Tehrik-e-Taliban Pakistan',
  names: [{ name: 'TTP', kind: 'acronym' }],
});
await put('parties/noor', { kind: 'person', name: 'Noor Wali Mehsud', born: '1978' });
await put('parties/official', { kind: 'person', name: 'A senior official', unnamed: true });
await put('sources/report', {
  type: 'report',
  title: 'Thirty-fifth report of the Team',
  published: '2025-02',
});
await put('claims/camps', {
  text: 'The group runs training camps in the province of Kunar.',
  subject: 'ttp',
});

const brief = ({ possible_duplicates = [] }: Json): string[] =>
  possible_duplicates.flatMap(({ object, reasons }: Json) =>
    reasons.map(({ code, pointer }: Json) => `${object.key} ${code} ${pointer}`),
  );

const rows: [what: string, noun: string, body: object, expected: string[]][] = [
  [
    'a name in another spelling',
    'parties',
    { kind: 'armed_group', name: 'Tehreek-e-Taliban Pakistan' },
    ['ttp sound /name'],
  ],
  [
    'another body of nearly this name',
    'parties',
    { kind: 'armed_group', name: 'Tehrik-e-Taliban Afghanistan' },
    [],
  ],
  [
    'a person in another spelling',
    'parties',
    { kind: 'person', name: 'Nur Wali Masood' },
    ['noor sound /name'],
  ],
  ['a namesake of another age', 'parties', { kind: 'person', name: 'Noor Wali Mehsud', born: '1931' }, []],
  ['one without a name', 'parties', { kind: 'person', name: 'A senior official', unnamed: true }, []],
  [
    'a title and date',
    'sources',
    { type: 'report', title: 'Thirty-Fifth Report of the Team', published: '2025-02-13' },
    ['report same_title /title'],
  ],
  [
    'a title with another number',
    'sources',
    { type: 'report', title: '35th report of the Team', published: '2025-02' },
    [],
  ],
  [
    'a title of another year',
    'sources',
    { type: 'report', title: 'Thirty-fifth report of the Team', published: '2024' },
    [],
  ],
  ['a title without date', 'sources', { type: 'report', title: 'Thirty-fifth report of the Team' }, []],
  [
    'nearly the same words',
    'claims',
    { text: 'The group runs training camps in the Kunar province.' },
    ['camps same_text /text'],
  ],
  [
    'the same words of another subject',
    'claims',
    { text: 'The group runs training camps in the province of Kunar.', subject: 'noor' },
    [],
  ],
  ['the opposite', 'claims', { text: 'The group runs no training camps in the province of Kunar.' }, []],
  ['other words', 'claims', { text: 'The group runs schools in the province of Kunar.' }, []],
];

describe('possible_duplicates', () => {
  it.each(rows)('POST: %s', async (_what, noun, body, expected) => {
    const made = ok(await t.send('POST', `/v1/${noun}`, body), 201);
    expect(brief(made)).toEqual(expected);
    expect((await t.send('GET', `/v1/${noun}/${made.id}`)).json).not.toHaveProperty('possible_duplicates');
    await t.send('DELETE', `/v1/${noun}/${made.id}`, undefined, { 'if-match': '*' });
  });

  const twice = [
    { method: 'POST', type: 'claim', body: { text: 'Nobody said this before.' } },
    { method: 'POST', type: 'claim', body: { text: 'Nobody said this before!' } },
    { method: 'POST', type: 'source', body: { type: 'other', title: 'Never heard of', published: '2024' } },
    { method: 'POST', type: 'source', body: { type: 'other', title: 'Never Heard Of', published: '2024' } },
    { method: 'POST', type: 'party', body: { kind: 'person', name: 'Zarif Khan Afridi' } },
    { method: 'POST', type: 'party', body: { kind: 'person', name: 'Zareef Khan Afridi' } },
  ];

  it('in a batch tell what the same batch wrote before', async () => {
    const { json } = await t.send('POST', '/v1/batch', { operations: twice });
    const objects = json.items.map(({ possible_duplicates = [] }: Json) =>
      possible_duplicates.map(({ object }: Json) => object.id),
    );
    const ids = json.items.map(({ id }: Json) => id);
    expect(objects).toEqual([[], [ids[0]], [], [ids[2]], [], [ids[4]]]);
  });

  it('do not tell of what was removed, also by identifier', async () => {
    const identifiers = [{ scheme: 'wikidata', value: 'Q998877' }];
    const body = { kind: 'other', name: 'Gone for Good', identifiers };
    const send = (name: string) => t.send('POST', '/v1/parties', { ...body, name });
    const { id } = (await send('Gone for Good')).json;
    await t.send('DELETE', `/v1/parties/${id}`, undefined, { 'if-match': '*' });
    expect((await t.send('GET', '/v1/parties?identifier=wikidata:Q998877')).json.items).toEqual([]);
    const second = (await send('Here to Stay')).json;
    expect(second).not.toHaveProperty('possible_duplicates');
    const back = await t.send('PUT', `/v1/parties/${id}`, body, { 'if-match': '"2"' });
    expect(back.json.possible_duplicates.map(({ object }: Json) => object.id)).toEqual([second.id]);
  });
});

describe('if_similar=reject', () => {
  it.each(rows.filter(([, , , expected]) => expected.length > 0))(
    'refuses %s',
    async (_what, noun, body, expected) => {
      const { json } = await expectRejected(
        t,
        409,
        'similar_exists',
        'POST',
        `/v1/${noun}?if_similar=reject`,
        body,
      );
      const [key, code, pointer] = expected[0]!.split(' ');
      expect(json.errors).toEqual([{ pointer, code, detail: expect.stringMatching(`^\`${key}\` \\(`) }]);
    },
  );

  it('lets pass what is new, and refuses what a claim has already', async () => {
    const url = '/v1/claims/camps/attributions?if_similar=reject';
    const said = { party: 'noor', stance: 'asserts' };
    expect((await t.send('POST', url, said)).status).toBe(201);
    await expectRejected(t, 409, 'similar_exists', 'POST', url, said);
  });

  it('in a batch refuses the operation', async () => {
    const operations = [{ method: 'POST', type: 'party', body: { kind: 'person', name: 'Nur Wali Masood' } }];
    const { json } = await t.send('POST', '/v1/batch', { operations, if_similar: 'reject' });
    expect(json.errors).toMatchObject([{ pointer: '/operations/0/body/name', code: 'sound' }]);
  });

  it('is refused as anything else', async () => {
    await expectRejected(t, 400, 'invalid_query', 'POST', '/v1/parties?if_similar=ask', {
      kind: 'other',
      name: 'x',
    });
  });
});
