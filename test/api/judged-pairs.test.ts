import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';

/** Judgements whether two objects are the same: what they stop from being suggested, and what becomes of them. */

const t = await testApp();
const key = await t.newKey(['read', 'write', 'review']);
const headers = { authorization: `Bearer ${key}` };
const any = { ...headers, 'if-match': '*' };
const send = (method: string, path: string, body?: object, more: object = headers) =>
  t.send(method as 'GET', `/v1/${path}`, body, more as Record<string, string>);
const put = async (path: string, body: object, more: object = headers) => {
  const answer = await send('PUT', path, body, more);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
};

await put('parties/noor-wali', { kind: 'person', name: 'Noor Wali Mehsud' });
await put('parties/nur-wali', { kind: 'person', name: 'Nur Wali Masood' });
await put('sources/one', { type: 'article', title: 'A', url: 'https://example.org/a' });
await put('sources/other', { type: 'article', title: 'B', url: 'https://example.org/a' });
const said = [{ key: 'said-once', party: 'noor-wali', stance: 'asserts', note: 'x' }];
await put('claims/one', { text: 'The road was closed on Monday.', attributions: said });
await put('claims/other', { text: 'The road was closed on Monday', attributions: [] });
const twice = { claim: 'one', party: 'noor-wali', stance: 'asserts' };
await put('attributions/said-twice', twice);

const pairs = {
  party: { plural: 'parties', one: 'noor-wali', other: 'nur-wali', change: { description: 'x' } },
  source: { plural: 'sources', one: 'one', other: 'other', change: { language: 'en' } },
  claim: { plural: 'claims', one: 'one', other: 'other', change: { language: 'en' } },
  attribution: {
    plural: 'attributions',
    one: 'said-once',
    other: 'said-twice',
    change: { capacity: 'x' },
  },
} as const;
const suggested = async ({ plural, other, change }: (typeof pairs)[keyof typeof pairs]) => {
  const answer = await send('PATCH', `${plural}/${other}`, change, any);
  expect(answer.status, answer.text).toBe(200);
  const { possible_duplicates = [] } = answer.json;
  return possible_duplicates.map(({ object }: { object: { key: string } }) => object.key);
};

const suggestedPairs = async (of: string) => (await send('GET', `duplicates?noun=party&of=${of}`)).json.items;

describe('/v1/judgements', () => {
  it.each(Object.entries(pairs))(
    'a %s that was judged is not suggested, be it as the same or another one',
    async (noun, pair) => {
      const { one, other } = pair;
      expect(await suggested(pair)).toEqual([one]);
      for (const judgement of ['same', 'not_the_same', 'unsure']) {
        const made = await send('POST', 'judgements', {
          noun,
          one,
          other,
          judgement,
          reason: 'Looked into it.',
        });
        expect(made.status, made.text).toBe(201);
        expect(made.json).toMatchObject({ noun, one: { key: one }, other: { key: other }, judgement });
        expect(await suggested(pair)).toEqual([]);
        expect((await send('DELETE', `judgements/${made.json.id}`, undefined, any)).status).toBe(204);
        expect(await suggested(pair)).toEqual([one]);
      }
    },
  );

  it('tells of another judgement of the same pair, in either order', async () => {
    const pair = { noun: 'party', one: 'noor-wali', other: 'nur-wali', judgement: 'same' };
    const first = await send('POST', 'judgements', pair);
    const again = { ...pair, one: 'nur-wali', other: 'noor-wali', judgement: 'unsure' };
    const second = await send('POST', 'judgements', again);
    expect(second.json.possible_duplicates).toMatchObject([
      { object: { id: first.json.id }, reasons: [{ code: 'same_judgement' }] },
    ]);
    await expectRejected(
      t,
      409,
      'similar_exists',
      'POST',
      '/v1/judgements?if_similar=reject',
      again,
      headers,
    );
    for (const { json } of [first, second]) await send('DELETE', `judgements/${json.id}`, undefined, any);
  });

  it('needs the scope review, also in a batch', async () => {
    const writer = { authorization: `Bearer ${await t.newKey(['read', 'write'])}` };
    const body = { noun: 'party', one: 'noor-wali', other: 'nur-wali', judgement: 'same' };
    await expectRejected(t, 403, 'forbidden', 'POST', '/v1/judgements', body, writer);
    const operations = [{ method: 'POST', type: 'judgement', body }];
    expect((await send('POST', 'batch', { operations }, writer)).json.errors[0].detail).toContain('review');
    const refused = await send('POST', 'judgements', { ...body, noun: 'predicate' });
    expect(refused.json.errors).toMatchObject([{ pointer: '/noun', code: 'invalid_value' }]);
  });

  it.each([
    ['party', 'parties/nur-wali', 'noor-wali', 'nur-wali'],
    ['source', 'sources/other', 'one', 'other'],
    ['claim', 'claims/other', 'one', 'other'],
    ['attribution', 'attributions/said-twice', 'said-once', 'said-twice'],
  ])('goes along with a %s that is removed, and comes back with it', async (noun, path, one, other) => {
    const reason = 'As was said.';
    const { json } = await send('POST', 'judgements', {
      noun,
      one,
      other,
      judgement: 'not_the_same',
      reason,
    });
    const judgement = `judgements/${json.id}`;
    const { version } = (await send('GET', path)).json;
    const form = (await send('GET', `${path}/input`)).json;
    expect((await send('DELETE', path, undefined, any)).status).toBe(204);
    expect((await send('GET', judgement)).status).toBe(410);
    const { items } = (await send('GET', `changes?type=judgement&limit=200`)).json;
    expect(items.at(-1)).toMatchObject({ id: json.id, operation: 'remove', object: null });
    const restored = await send('PUT', path, form, { ...headers, 'if-match': `"${version + 1}"` });
    expect(restored.status, restored.text).toBe(200);
    expect((await send('GET', judgement)).json).toMatchObject({
      version: 3,
      judgement: 'not_the_same',
      reason,
    });
    expect((await send('DELETE', judgement, undefined, any)).status).toBe(204);
  });

  it('of attributions goes along with their claim, and with one that the claim is replaced without', async () => {
    const { json } = await send('POST', 'judgements', {
      ...{ noun: 'attribution', one: 'said-once', other: 'said-twice', judgement: 'unsure' },
    });
    const judgement = `judgements/${json.id}`;
    const { version } = (await send('GET', 'claims/one')).json;
    await send('DELETE', 'claims/one', undefined, any);
    expect((await send('GET', judgement)).status).toBe(410);
    const text = 'The road was closed on Monday.';
    const back = { ...headers, 'if-match': `"${version + 1}"` };
    expect((await send('PUT', 'claims/one', { text }, back)).status).toBe(200);
    expect((await send('GET', judgement)).status).toBe(200);
    await put('claims/one', { text, attributions: said }, any);
    expect((await send('GET', judgement)).status).toBe(410);
  });

  it('of a third object is one of what stands for it after a merge, and of itself again after that', async () => {
    for (const key of ['first', 'second', 'third'])
      await put(`parties/${key}`, { kind: 'person', name: key });
    const judged = async (one: string, other: string, judgement: string) => {
      const made = await send('POST', 'judgements', { noun: 'party', one, other, judgement });
      return `judgements/${made.json.id}`;
    };
    const between = await judged('second', 'first', 'same');
    const others = [await judged('first', 'third', 'not_the_same'), await judged('third', 'first', 'unsure')];
    const pairsOf = async () => {
      const answers = [];
      for (const path of others) answers.push((await send('GET', path)).json);
      return answers.map(({ one, other }) => [one.key, other.key]);
    };
    const merge = (await send('POST', 'parties/first/merges', { into: 'second' }, any)).json;
    expect(await pairsOf()).toEqual([
      ['second', 'third'],
      ['third', 'second'],
    ]);
    expect((await send('GET', between)).status).toBe(410);
    expect((await send('GET', 'judgements?party=second')).json.items).toHaveLength(2);
    expect(await suggestedPairs('second')).toEqual([]);
    await send('DELETE', `parties/first/merges/${merge.id}`, undefined, any);
    expect(await pairsOf()).toEqual([
      ['first', 'third'],
      ['third', 'first'],
    ]);
    expect((await send('GET', between)).json.judgement).toBe('same');
  });

  it('is undone with the request that removed a party, without the scope review', async () => {
    const writer = { authorization: `Bearer ${await t.newKey(['read', 'write'])}` };
    const { json } = await send('POST', 'judgements', {
      ...{ noun: 'party', one: 'noor-wali', other: 'nur-wali', judgement: 'not_the_same' },
    });
    const removal = { ...writer, 'if-match': '*', 'x-request-id': 'removal-of-one' };
    expect((await send('DELETE', 'parties/nur-wali', undefined, removal)).status).toBe(204);
    const undone = await send('POST', 'batches/removal-of-one/revert', {}, writer);
    expect(undone.status, undone.text).toBe(200);
    expect(undone.json.items.map(({ type, operation }: Record<string, string>) => [type, operation])).toEqual(
      [
        ['party', 'restore'],
        ['judgement', 'restore'],
      ],
    );
    expect((await send('GET', `judgements/${json.id}`)).status).toBe(200);
    const { items } = (await send('GET', 'changes?subject=nur-wali&type=judgement')).json;
    expect(items.at(-1)).toMatchObject({ id: json.id, operation: 'restore' });
  });
});
