import { describe, expect, it, onTestFinished } from 'vitest';
import { testApp } from '../support/app.js';

/** What links two objects goes along with the first that is removed, and is back once both are, in whatever order. */

const t = await testApp();
const auth = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
/** Of each request, unless the clock stands still. */
let instant = Date.parse('2126-01-01T00:00:00.000Z');
let isStill = false;
const send = async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
  if (!isStill) instant += 1_000;
  t.setClock(new Date(instant).toISOString());
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

const judgementOf = (keys: readonly string[]) => ({
  ...{ noun: 'claim', one: keys[0], other: keys[1], judgement: 'unsure' },
});
const relationOf = (keys: readonly string[]) => ({ from: keys[0], type: 'supports', to: keys[1] });
/** Two claims, and the relation and the judgement of both. */
async function twiceLinked() {
  const { keys, paths, restore, path } = await linked('relation');
  const { json } = await send('POST', 'judgements', judgementOf(keys));
  const both = [path, `judgements/${json.id}`];
  const areThere = async () => [await isThere(both[0]!), await isThere(both[1]!)];
  return { keys, paths, restore, both, areThere };
}
const operation = (method: string, type: string, id: string, body?: object, match = '*') => ({
  ...{ method, type, id, body },
  ...(match && { if_match: match }),
});
const revert = async (id: string) => {
  const { headers } = await send('POST', `batches/${id}/revert`, {});
  return headers['x-request-id'] as string;
};

describe('Links of claims are back', () => {
  it('where they were changed by the batch that removed an end', async () => {
    const { keys, restore, both, areThere } = await twiceLinked();
    const [relation, judgement] = both.map((path) => path.split('/')[1]!);
    await send('POST', 'batch', {
      operations: [
        operation('PUT', 'relation', relation!, { ...relationOf(keys), type: 'contradicts' }),
        operation('PUT', 'judgement', judgement!, { ...judgementOf(keys), judgement: 'same' }),
        operation('DELETE', 'claim', keys[0]),
      ],
    });
    await restore(0);
    expect(await areThere()).toEqual([true, true]);
    expect((await send('GET', both[0]!)).json.type).toBe('contradicts');
  });

  it('where they were made by the batch that removed an end', async () => {
    const { keys, restore } = await twiceLinked();
    const key = `made-${keys[0]}`;
    await send('POST', 'batch', {
      operations: [
        operation('PUT', 'relation', key, relationOf(keys), ''),
        operation('PUT', 'judgement', key, judgementOf(keys), ''),
        operation('DELETE', 'claim', keys[0]),
      ],
    });
    await restore(0);
    expect([await isThere(`relations/${key}`), await isThere(`judgements/${key}`)]).toEqual([true, true]);
  });

  it('where one batch brought an end back and removed the other', async () => {
    const { keys, paths, restore, areThere } = await twiceLinked();
    await remove(paths[0]!);
    const { version } = (await send('GET', paths[0]!)).json.tombstone;
    await send('POST', 'batch', {
      operations: [
        operation('PUT', 'claim', keys[0], { text: `Of ${keys[0]}` }, `"${version}"`),
        operation('DELETE', 'claim', keys[1]),
      ],
    });
    expect(await areThere()).toEqual([false, false]);
    await restore(1);
    expect(await areThere()).toEqual([true, true]);
  });

  it('unless they were removed for themselves, also by a batch that removed an end and brought it back', async () => {
    const { keys, paths, restore, both, areThere } = await twiceLinked();
    const { version } = (await send('GET', paths[0]!)).json;
    await send('POST', 'batch', {
      operations: [
        operation('DELETE', 'claim', keys[0]),
        operation('PUT', 'claim', keys[0], { text: `Of ${keys[0]}` }, `"${version + 1}"`),
        ...both.map((path, i) => operation('DELETE', ['relation', 'judgement'][i]!, path.split('/')[1]!)),
      ],
    });
    await remove(paths[0]!);
    await restore(0);
    expect(await areThere()).toEqual([false, false]);
  });

  it('while the clock stands still', async () => {
    isStill = true;
    onTestFinished(() => {
      isStill = false;
    });
    const { paths, restore, areThere } = await twiceLinked();
    await remove(paths[0]!);
    await restore(0);
    expect(await areThere()).toEqual([true, true]);
  });

  it('where an end was merged, or had been', async () => {
    const { keys, paths, restore, areThere } = await twiceLinked();
    const into = `into-${keys[0]}`;
    await put(`claims/${into}`, { text: into });
    const merge = async () =>
      (await send('POST', `${paths[0]}/merges`, { into }, { 'if-match': '*' })).json.id as string;
    await remove(paths[1]!);
    const id = await merge();
    await remove(`claims/${into}`);
    await restore(1);
    expect(await areThere()).toEqual([false, false]);
    await put(`claims/${into}`, { text: into });
    expect(await areThere()).toEqual([true, true]);

    await remove(paths[1]!);
    await send('DELETE', `${paths[0]}/merges/${id}`, undefined, { 'if-match': '*' });
    await remove(paths[0]!);
    await restore(1);
    expect(await areThere()).toEqual([false, false]);
    await restore(0);
    expect(await areThere()).toEqual([true, true]);
  });

  it('where the request that brought them back was reverted', async () => {
    const { paths, restore, areThere } = await twiceLinked();
    await remove(paths[0]!);
    const { headers } = await restore(0);
    expect(await areThere()).toEqual([true, true]);
    await revert(headers['x-request-id'] as string);
    expect(await areThere()).toEqual([false, false]);
    await restore(0);
    expect(await areThere()).toEqual([true, true]);
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

  it('is not brought back by a change of one of them', async () => {
    const { n, one, third, set, path } = await saidPair(true);
    await set([third]);
    await remove(`claims/elsewhere-${n}`);
    await set([third, one]);
    const { version } = (await send('GET', `claims/elsewhere-${n}`)).json.tombstone;
    const removal = (await send('GET', `claims/elsewhere-${n}/history`)).json.items.find(
      (item: { version: number }) => item.version === version,
    );
    await revert(removal.request_id);
    expect(await isThere(path)).toBe(false);
    await put(`claims/said-${n}`, { text: `Said ${n}`, attributions: [{ ...said(one), note: 'Changed' }] });
    expect(await isThere(path)).toBe(false);
  });

  it('that was removed for itself stays so', async () => {
    const { one, other, third, set, path } = await saidPair(false);
    await remove(path);
    await set([third]);
    await set([one, other, third]);
    expect(await isThere(path)).toBe(false);
  });
});
