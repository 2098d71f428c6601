import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { seeded } from '../support/random.js';

const t = await testApp({ register: 'sample' });
const path = '/v1/parties/match';

const match = async (query: Record<string, string>) => {
  const { status, json } = await t.send('GET', `${path}?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return json.items as {
    party: { key: string };
    score: number;
    match: boolean;
    reasons: { code: string; speaks: string }[];
  }[];
};
const codes = (item: { reasons: { code: string }[] } | undefined) => item?.reasons.map(({ code }) => code);

describe('GET /v1/parties/match', () => {
  it.each([
    ['Tahreek-i-Taliban Pakistan', 'ttp', 'sound'],
    ['تحریک طالبان پاکستان', 'ttp', 'sound'],
    ['Nur Wali Masood', 'noor-wali-mehsud', 'sound'],
    ['TTP', 'ttp', 'spelling'],
    ['ISIS-K', 'isil-k', 'spelling'],
    ['Islamic State Khorasan', 'isil-k', 'spelling'],
    ['NCTC', 'us-national-counterterrorism-center', 'spelling'],
    ['al Kaida', 'al-qaeda', 'sound'],
  ])('%s is %s, by %s', async (name, key, code) => {
    const [first] = await match({ name });
    expect(first).toMatchObject({ party: { key }, match: true });
    expect(codes(first)).toContain(code);
  });

  it('tells which other name matched', async () => {
    const [first] = await match({ name: 'Noor Wali Masoud' });
    expect(codes(first)).toEqual(['spelling', 'alias']);
  });

  it('answers what is near without a match, and says which word is too many', async () => {
    const items = await match({ name: 'Tehrik-e-Taliban Afghanistan' });
    const ttp = items.find(({ party }) => party.key === 'ttp');
    expect(ttp).toMatchObject({ match: false });
    expect(codes(ttp)).toContain('missing_word');
  });

  it('answers no match where a fact speaks against', async () => {
    expect((await match({ name: 'Pakistan', country: 'AF' }))[0]).toMatchObject({
      match: false,
      reasons: [{ code: 'spelling' }, { code: 'another_country', speaks: 'against' }],
    });
    const named = await match({ name: 'Noor Wali Mehsud', kind: 'organization' });
    const person = named.find(({ party }) => party.key === 'noor-wali-mehsud');
    expect(person).toMatchObject({ match: false });
    expect(codes(person)).toContain('another_kind');
  });

  it('finds a party by its identifier, and none of another one', async () => {
    const identifiers = [{ scheme: 'wikidata', value: 'Q7' }];
    const created = await t.send('POST', '/v1/parties', {
      kind: 'person',
      name: 'Omar Khalid Khorasani',
      born: '1977',
      identifiers,
    });
    expect(created.status).toBe(201);
    const [found] = await match({ name: 'Abdul Wali', identifier: 'wikidata:Q7' });
    expect(found).toMatchObject({ party: { id: created.json.id }, match: true });
    const [other] = await match({ name: 'Umar Khalid Khurasani', identifier: 'wikidata:Q8', born: '1990' });
    expect(other).toMatchObject({ party: { id: created.json.id }, match: false });
    expect(codes(other)).toEqual(['sound', 'another_birth', 'another_identifier']);
  });

  it('finds a party by its present names alone, and as_of by those it had', async () => {
    const { json, headers } = await t.send('POST', '/v1/parties', { kind: 'media', name: 'Zvezda Gazette' });
    const instant = json.updated_at;
    t.setClock(new Date(Date.parse(instant) + 60_000).toISOString());
    const renamed = { kind: 'media', name: 'Quillfeather Courier' };
    const put = await t.send('PUT', `/v1/parties/${json.id}?keep_former_name=false`, renamed, {
      'if-match': String(headers.etag),
    });
    expect(put.status).toBe(200);
    expect(await match({ name: 'Zvezda Gazette' })).toEqual([]);
    expect((await match({ name: 'Quilfeather Courier' }))[0]).toMatchObject({ party: { id: json.id } });
    expect((await match({ name: 'Zvezda Gazette', as_of: instant }))[0]).toMatchObject({
      party: { id: json.id },
      match: true,
    });
  });

  it('calls none of several parties with the same initials the one', async () => {
    for (const name of ['Brisk Lantern Union', 'Blue Lake University']) {
      await t.send('POST', '/v1/parties', { kind: 'organization', name });
    }
    const items = await match({ name: 'BLU' });
    expect(items.map((item) => [codes(item)![0], item.match])).toEqual([
      ['acronym', false],
      ['acronym', false],
    ]);
  });

  it('refuses what cannot be', async () => {
    const answer = await expectRejected(
      t,
      400,
      'invalid_query',
      'GET',
      `${path}?kind=army&country=ZZ&born=yesterday`,
    );
    expect(faults(answer)).toEqual(
      expect.arrayContaining(['kind invalid_value', 'country invalid_country', 'born invalid_date']),
    );
  });

  it('answers any name', async () => {
    const random = seeded(17);
    const pool = [
      ...'aA\'-. %_"(){}[]*\\/|،ابعیةхЖ北京김ß\u0301\u200d😀0',
      'al ',
      'ullah',
      'abd ',
      'TTP',
      'ISIS',
    ];
    for (let i = 0; i < 200; i += 1) {
      const name = Array.from({ length: 1 + random.below(60) }, () => random.pick(pool)).join('');
      if (name.trim() === '') continue;
      const { status } = await t.send('GET', `${path}?${new URLSearchParams({ name })}`);
      expect(status, name).toBe(200);
    }
  });
});

describe('POST /v1/parties/match', () => {
  it('answers each query as GET does, in order', async () => {
    const queries = [
      { name: 'TTP' },
      { name: 'nobody of this name' },
      { name: 'Sirajudin Haqani', kind: 'person' },
    ];
    const { status, json } = await t.send('POST', path, { queries });
    expect(status).toBe(200);
    const single = [];
    for (const query of queries) single.push({ items: await match(query as Record<string, string>) });
    expect(json).toEqual({ results: single });
  });

  it('answers 422 for more than 50 queries and for faults in one', async () => {
    const many = Array.from({ length: 51 }, () => ({ name: 'x' }));
    await expectRejected(t, 422, 'invalid_body', 'POST', path, { queries: many });
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', path, { queries: [{ nmae: 'x' }] });
    expect(faults(answer)).toEqual(['/queries/0/nmae unknown_member']);
  });
});
