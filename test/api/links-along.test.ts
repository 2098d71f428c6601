import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** What links two objects goes along with the first that is removed, and is back once both are, in whatever order. */

const t = await testApp();
const auth = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
const send = async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
  const answer = await t.send(method as 'GET', `/v1/${path}`, body, { ...auth, ...more });
  expect(answer.status, answer.text).toBeLessThan(method === 'GET' ? 500 : 300);
  return answer;
};
/** Creates what there never was, restores what was removed, replaces what there is. */
async function put(path: string, body: object) {
  const { status, json } = await send('GET', path);
  const match = { 200: '*', 410: `"${json.tombstone?.version}"` }[status];
  return send('PUT', path, body, match ? { 'if-match': match } : {});
}
const remove = (path: string, more: object = {}) =>
  send('DELETE', path, undefined, { 'if-match': '*', ...more });
const isThere = async (path: string) => (await send('GET', path)).status === 200;

const party = (name: string) => ({ kind: 'person', name });
const claim = (text: string) => ({ text });
const source = (title: string) => ({ type: 'other', title });
await put('parties/speaker', party('Speaker'));

/** Two objects and what links them, each under new keys. */
const links = {
  relation: { plural: 'claims', body: claim, link: { type: 'supports' }, ends: ['from', 'to'] },
  'judgement of claims': {
    ...{ plural: 'claims', body: claim, ends: ['one', 'other'] },
    link: { noun: 'claim', judgement: 'unsure' },
  },
  'judgement of parties': {
    ...{ plural: 'parties', body: party, ends: ['one', 'other'] },
    link: { noun: 'party', judgement: 'unsure' },
  },
  'judgement of sources': {
    ...{ plural: 'sources', body: source, ends: ['one', 'other'] },
    link: { noun: 'source', judgement: 'unsure' },
  },
};
let made = 0;
async function linked(name: keyof typeof links) {
  const { plural, body, link, ends } = links[name];
  const keys = [`end-${made++}`, `end-${made++}`] as const;
  const bodies = keys.map((key) => body(`Of ${key}`));
  const paths = keys.map((key) => `${plural}/${key}`);
  for (const [i, path] of paths.entries()) await put(path, bodies[i]!);
  const both = { [ends[0]!]: keys[0], [ends[1]!]: keys[1] };
  const { json } = await send('POST', name === 'relation' ? 'relations' : 'judgements', { ...link, ...both });
  const restore = (i: number) => put(paths[i]!, bodies[i]!);
  return { keys, paths, restore, path: `${name === 'relation' ? 'relations' : 'judgements'}/${json.id}` };
}

const names = Object.keys(links) as (keyof typeof links)[];
const orders = names.flatMap((name) =>
  [
    [0, 1],
    [1, 0],
  ].flatMap((removed) =>
    [
      [0, 1],
      [1, 0],
    ].map((restored) => ({ name, removed, restored })),
  ),
);

describe('What links two objects', () => {
  it.each(orders)('a $name: ends removed as $removed and restored as $restored', async (order) => {
    const { paths, restore, path } = await linked(order.name);
    for (const i of order.removed) await remove(paths[i]!);
    expect(await isThere(path)).toBe(false);
    await restore(order.restored[0]!);
    expect(await isThere(path)).toBe(false);
    await restore(order.restored[1]!);
    expect((await send('GET', path)).json.version).toBe(3);
  });

  it.each(names)('a %s: ends removed by one batch', async (name) => {
    const { keys, paths, restore, path } = await linked(name);
    const type = { claims: 'claim', parties: 'party', sources: 'source' }[paths[0]!.split('/')[0]!];
    const operations = keys.map((id) => ({ method: 'DELETE', type, id, if_match: '*' }));
    await send('POST', 'batch', { operations });
    await restore(1);
    await restore(0);
    expect(await isThere(path)).toBe(true);
  });

  it.each(names)('a %s that was removed for itself stays so', async (name) => {
    const { keys, paths, restore, path } = await linked(name);
    // Clients may name several requests alike.
    const request = { 'x-request-id': `removal-${made}` };
    await remove(paths[0]!, request);
    await restore(0);
    expect(await isThere(path)).toBe(true);
    await remove(path, request);
    await remove(paths[0]!);
    await restore(0);
    expect(await isThere(path)).toBe(false);

    const other = await linked(name);
    const [plural, link] = [paths[0]!.split('/')[0]!, other.path.split('/')];
    const type = { claims: 'claim', parties: 'party', sources: 'source' }[plural];
    await send('POST', 'batch', {
      operations: [
        { method: 'DELETE', type: name === 'relation' ? name : 'judgement', id: link[1], if_match: '*' },
        { method: 'DELETE', type, id: other.keys[0], if_match: '*' },
      ],
    });
    await other.restore(0);
    expect(await isThere(other.path)).toBe(false);
    expect(keys).not.toEqual(other.keys);
  });
});

const said = (key: string) => ({ key, party: 'speaker', stance: 'asserts', note: key });
async function saidPair(ofOther: boolean) {
  const n = made++;
  const [one, other, third] = [`one-${n}`, `other-${n}`, `third-${n}`];
  const text = `Said ${n}`;
  await put(`claims/said-${n}`, {
    text,
    attributions: [said(one), said(third), ...(ofOther ? [] : [said(other)])],
  });
  if (ofOther) await put(`claims/elsewhere-${n}`, { text: `${text} elsewhere`, attributions: [said(other)] });
  const judgement = { noun: 'attribution', one, other, judgement: 'not_the_same' };
  const { json } = await send('POST', 'judgements', judgement);
  const set = (keys: string[], of = `said-${n}`) =>
    put(`claims/${of}`, {
      text: of === `said-${n}` ? text : `${text} elsewhere`,
      attributions: keys.map(said),
    });
  return { n, one, other, third, set, path: `judgements/${json.id}` };
}

describe('A judgement of attributions', () => {
  it('of a claim is back when the claim is replaced with both again', async () => {
    const { one, other, third, set, path } = await saidPair(false);
    await set([]);
    expect(await isThere(path)).toBe(false);
    await set([third, one]);
    expect(await isThere(path)).toBe(false);
    await set([other, third, one]);
    expect((await send('GET', path)).json).toMatchObject({ version: 3, judgement: 'not_the_same' });
  });

  it('of two claims is back when both have theirs again, wherever they went', async () => {
    const { n, one, other, third, set, path } = await saidPair(true);
    await set([third]);
    await remove(`claims/elsewhere-${n}`);
    await set([third, one]);
    expect(await isThere(path)).toBe(false);
    await put(`claims/elsewhere-${n}`, { text: 'Elsewhere.' });
    expect((await send('GET', path)).json.version).toBe(3);
    await remove(`claims/elsewhere-${n}`);
    await set([]);
    await set([other], `elsewhere-${n}`);
    expect(await isThere(path)).toBe(false);
    await put(`attributions/${one}`, { ...said(one), claim: `said-${n}` });
    expect((await send('GET', path)).json.version).toBe(5);
  });

  it('that was removed for itself stays so', async () => {
    const { one, other, third, set, path } = await saidPair(false);
    await remove(path);
    await set([third]);
    await set([one, other, third]);
    expect(await isThere(path)).toBe(false);
  });
});
