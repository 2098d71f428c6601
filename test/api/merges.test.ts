import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { currentRegister } from '../support/current-register.js';
import { expectRejected } from '../support/expect-rejected.js';
import { merging } from '../support/merging.js';

const t = await testApp();
t.setClock('2026-02-28T00:00:00.000Z');
const { any, claim, differences, merge, party, read, review, sendMerge, source, undo } = await merging(t);
const keysIn = async (list: string): Promise<string[]> =>
  (await read(list)).items.map(({ key }: { key: string }) => key);

describe('POST /v1/parties/{id}/merges', async () => {
  await party('old', {
    name: 'Tahreek',
    names: [{ name: 'TTP', kind: 'acronym' }],
    identifiers: [{ scheme: 'wikidata', value: 'Q1' }],
  });
  const into = await party('newer', { name: 'Tehreek', names: [{ name: 'TTP', kind: 'alias' }] });
  const [old] = [await read('parties/old')];
  await party('part', { part_of: 'old' });
  await source('paper', { publisher: 'old', authors: ['newer', 'old'] });
  await claim('c', {
    subject: 'old',
    value: { type: 'party', party: 'old' },
    participants: [
      { party: 'old', role: 'host' },
      { party: 'newer', role: 'host' },
    ],
    attributions: [
      { key: 'said', party: 'old', speaker: 'old', stance: 'asserts', source: 'paper' },
      { key: 'denied', party: 'newer', stance: 'denies' },
    ],
  });
  t.setClock('2026-03-01T00:00:00.000Z');
  const before = await currentRegister(t);
  t.setClock('2026-03-02T00:00:00.000Z');
  const made = await sendMerge('parties/old', 'newer', { 'idempotency-key': 'once' });

  it('answers the merge, with what was moved and what the other got', async () => {
    expect(made.status, made.text).toBe(201);
    expect(made.headers.location).toBe(`/v1/parties/${into.id}/merges/${made.json.id}`);
    expect(made.json).toMatchObject({
      noun: 'party',
      merged: { id: old.id, key: 'old', name: 'Tahreek' },
      into: { id: into.id, key: 'newer', name: 'Tehreek' },
      reason: 'one and the same',
      moved: { party: 1, source: 1, claim: 1, attribution: 1 },
      brought: { names: [{ name: 'Tahreek', kind: 'alias' }], identifiers: [{ value: 'Q1' }] },
      undone: null,
    });
    expect(await read(`parties/newer/merges/${made.json.id}`)).toEqual(made.json);
    expect((await read('parties/newer/merges')).items).toEqual([made.json]);
    expect((await read('merges?noun=party&undone=false')).items).toEqual([made.json]);
    expect((await read('merges?noun=claim')).items).toEqual([]);
    expect((await read('merges?as_of=2026-03-01')).items).toEqual([]);
  });

  it('answers the same to a retry', async () => {
    const again = await sendMerge('parties/old', 'newer', { 'idempotency-key': 'once' });
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([made.text, 'true']);
  });

  it('lets all that named the party name the other, once', async () => {
    const { names, identifiers, version } = await read('parties/newer');
    expect(names.map(({ name }: { name: string }) => name)).toEqual(['TTP', 'Tahreek']);
    expect([identifiers, version]).toEqual([[{ scheme: 'wikidata', value: 'Q1' }], 2]);
    expect((await read('parties/part')).part_of.key).toBe('newer');
    const { publisher, authors } = await read('sources/paper');
    expect([publisher.key, authors.length]).toEqual(['newer', 1]);
    const { subject, value, participants, standing } = await read('claims/c');
    expect([subject.key, value.party.key, participants.length]).toEqual(['newer', 'newer', 1]);
    expect(standing.self_denied, 'who asserts it denies it').toBe(true);
    const { party: says, speaker } = await read('attributions/said');
    expect([says.key, speaker.key]).toEqual(['newer', 'newer']);
  });

  it.each(['', '/input', '/history', '/history/1', '/dependents', '/merges', '?include=part_of'])(
    'sends reads of the old id and key on to the other: %s',
    async (end) => {
      for (const method of ['GET', 'HEAD']) {
        for (const reference of [old.id, 'old']) {
          const { status, headers, text } = await t.send(method, `/v1/parties/${reference}${end}`);
          expect([status, headers.location, text]).toEqual([308, `/v1/parties/${into.id}${end}`, '']);
          expect(headers['cache-control'], 'it can be undone').toContain('no-cache');
        }
      }
    },
  );

  it('finds by the old id and key in every filter, and in new references', async () => {
    expect(await keysIn('attributions?party=old&stance=asserts')).toEqual(['said']);
    expect(await keysIn(`claims?about=${old.id}`)).toEqual(['c']);
    expect(await keysIn('sources?publisher=old')).toEqual(['paper']);
    expect(await keysIn('parties?key=old')).toEqual(['newer']);
    expect(await keysIn('parties?name=tahreek')).toEqual(['newer']);
    expect(await keysIn('parties?q=tahreek')).toEqual(['newer']);
    expect(await keysIn('parties?identifier=wikidata:Q1')).toEqual(['newer']);
    const { json } = await t.send('POST', '/v1/claims', { text: 'Another.', subject: 'old' });
    expect(json.subject.id).toBe(into.id);
    await t.send('DELETE', `/v1/claims/${json.id}`, undefined, any);
  });

  it('refuses writes to the old one with the name of the other', async () => {
    for (const [method, url, body] of [
      ['PUT', '/v1/parties/old', { kind: 'other', name: 'x' }],
      ['PATCH', '/v1/parties/old', { country: 'PK' }],
      ['DELETE', '/v1/parties/old', undefined],
      ['POST', '/v1/parties/old/revert', { to_version: 1 }],
      ['POST', '/v1/parties/old/merges', { into: 'part' }],
    ] as const) {
      const { json } = await expectRejected(t, 409, 'merged_into', method, url, body, any);
      expect(json.merged_into).toEqual({ id: into.id, key: 'newer', name: 'Tehreek' });
    }
    await expectRejected(t, 409, 'key_taken', 'POST', '/v1/parties', {
      key: 'old',
      kind: 'other',
      name: 'x',
    });
  });

  it('stands in the feed, and in that of the other', async () => {
    for (const subject of ['newer', 'old']) {
      const { items } = await read(`changes?subject=${subject}&limit=200`);
      const change = items.find(({ operation }: { operation: string }) => operation === 'merge');
      expect(change).toMatchObject({ id: old.id, version: 2, object: null, merged_into: into.id });
      expect(items.some(({ id, version }: Record<string, unknown>) => id === old.id && version === 1)).toBe(
        true,
      );
    }
  });

  it('leaves the past as it was', async () => {
    expect((await read('parties/old?as_of=2026-03-01')).name).toBe('Tahreek');
    expect((await read('claims/c?as_of=2026-03-01')).subject.key).toBe('old');
    expect(await keysIn('claims?about=old&as_of=2026-03-01')).toEqual(['c']);
    const { status } = await t.send('GET', '/v1/parties/old?as_of=2026-03-02T00:00:00Z');
    expect(status).toBe(308);
  });

  it('is what the history makes', async () => {
    expect(await differences()).toEqual([]);
  });

  it('is undone by DELETE, in which the old key stands for itself', async () => {
    t.setClock('2026-03-03T00:00:00.000Z');
    const undone = await undo('parties/old', made.json.id);
    expect(undone).toMatchObject({ id: made.json.id, reason: 'one and the same' });
    expect(undone.undone).toMatchObject({
      recorded_at: '2026-03-03T00:00:00.000Z',
      reason: `Undid the merge ${made.json.id}.`,
    });
    expect(await currentRegister(t)).toEqual(before);
    expect((await read('parties/old')).version).toBe(3);
    expect((await t.send('GET', '/v1/parties/old?as_of=2026-03-02T00:00:00Z')).status, 'at that time').toBe(
      308,
    );
    expect((await read('merges?undone=true')).items).toEqual([undone]);
    expect(await differences()).toEqual([]);
    const { json } = await expectRejected(
      t,
      409,
      'merge_conflict',
      'DELETE',
      `/v1/parties/old/merges/${made.json.id}`,
      undefined,
      review,
    );
    expect(json.errors[0].code).toBe('undone');
  });
});

describe('POST /v1/sources/{id}/merges', () => {
  it('moves what stands in the source, draws on it, or speaks of it; status and standing follow', async () => {
    await party('agency');
    await source('copy', {
      url: 'https://example.org/copy',
      publisher: 'agency',
      supersedes: [],
      identifiers: [{ scheme: 'doi', value: '10.1/x' }],
    });
    await source('original', { publisher: 'agency' });
    await source('summary', { derived_from: ['copy', 'original'] });
    await source('chapter', { part_of: 'copy' });
    await source('second', { supersedes: ['copy'] });
    await claim('s', {
      attributions: [{ party: 'agency', stance: 'asserts', source: 'chapter', locator: { page: '3' } }],
    });
    await t.send('POST', '/v1/attributions', { about_source: 'copy', party: 'agency', stance: 'retracts' });
    const before = await currentRegister(t);
    const { id, brought, moved } = await merge('sources/copy', 'original');
    expect(brought).toEqual({
      identifiers: [{ scheme: 'doi', value: '10.1/x' }],
      url: 'https://example.org/copy',
    });
    expect(moved).toEqual({ source: 3, attribution: 1 });
    const { url, status, superseded_by } = await read('sources/original');
    expect([url, status, superseded_by.length]).toEqual(['https://example.org/copy', 'withdrawn', 1]);
    expect((await read('sources/summary')).derived_from.length).toBe(1);
    expect((await read('claims/s')).standing.retracted).toBe(true);
    expect(await keysIn('sources?part_of=copy')).toEqual(['chapter']);
    expect(await differences()).toEqual([]);
    await undo('sources/original', id);
    expect(await currentRegister(t)).toEqual(before);
    expect(await differences()).toEqual([]);
  });
});

describe('POST /v1/claims/{id}/merges', () => {
  it('moves attributions with their chains, relations and assessments; standing and words follow', async () => {
    await party('x');
    await party('y');
    await claim('twice', {
      attributions: [
        { key: 'origin', local_id: 'o', party: 'x', stance: 'asserts', quote: { exact: 'Zebras roam.' } },
        { key: 'relay', party: 'y', stance: 'reports', relays: ['@o'] },
      ],
    });
    await claim('once', { attributions: [{ key: 'same', party: 'x', stance: 'asserts' }] });
    await claim('third');
    await t.send('PUT', '/v1/relations/r', { from: 'third', type: 'supports', to: 'twice' });
    await t.send('PUT', '/v1/assessments/a', { claim: 'twice', credibility: 2 }, review);
    const before = await currentRegister(t);
    const { id, moved, brought } = await merge('claims/twice', 'once');
    expect([moved, brought]).toEqual([{ attribution: 2, relation: 1, assessment: 1 }, {}]);
    const { attribution_count, standing, version } = await read('claims/once');
    expect([attribution_count, standing.asserted_by?.length ?? attribution_count, version]).toEqual([
      3, 3, 1,
    ]);
    expect(await keysIn('claims?q=zebras')).toEqual(['once']);
    expect(await keysIn('relations?to=twice')).toEqual(['r']);
    const sub = await t.send('GET', '/v1/claims/twice/attributions?stance=reports');
    expect([sub.status, sub.headers.location]).toEqual([
      308,
      `/v1/claims/${(await read('claims/once')).id}/attributions?stance=reports`,
    ]);
    await expectRejected(t, 409, 'merged_into', 'POST', '/v1/claims/twice/attributions', {
      party: 'x',
      stance: 'asserts',
    });
    expect(await differences()).toEqual([]);
    await undo('claims/twice', id);
    expect(await currentRegister(t)).toEqual(before);
    expect(await keysIn('claims?q=zebras')).toEqual(['twice']);
    expect(await differences()).toEqual([]);
  });
});

describe('what tells two apart that are merged', () => {
  beforeAll(async () => {
    await party('a-person', { country: 'AF' });
    await party('a-state', { kind: 'government', country: 'PK' });
  });
  const warnings = [
    { code: 'another_kind', pointer: '/into', objects: [{ key: 'a-state' }] },
    { code: 'another_country', pointer: '/into', objects: [{ key: 'a-state' }] },
  ];
  const send = (body: object) =>
    t.send('POST', '/v1/parties/a-person/merges', { into: 'a-state', ...body }, any);

  it('is told by a dry run, which writes nothing', async () => {
    const { status, json } = await send({ dry_run: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ...{ dry_run: true, noun: 'party', merged: { key: 'a-person' }, into: { key: 'a-state' } },
      ...{ moved: {}, brought: { names: [{ name: 'a-person' }] }, warnings },
    });
    expect(json).not.toHaveProperty('id');
    expect((await read('parties/a-person')).version).toBe(1);
    expect((await read('parties/a-state/merges')).items).toEqual([]);
  });

  it('refuses in a dry run what it refuses', async () => {
    const body = { into: 'a-person', dry_run: true };
    await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/parties/a-person/merges', body, any);
  });

  it('is told by the merge, and is no part of it', async () => {
    const { status, json } = await send({});
    expect(status).toBe(201);
    expect(json).toMatchObject({ undone: null, warnings });
    const { warnings: _, ...stored } = json;
    expect(await read(`parties/a-state/merges/${json.id}`)).toEqual(stored);
  });
});

describe('DELETE of a merge: what was written about the one that was merged is about it again', () => {
  beforeAll(() => party('kept'));
  const send = async (method: string, path: string, body?: object) => {
    const { status, text } = await t.send(method, `/v1/${path}`, body, any);
    expect(status, text).toBeLessThan(300);
  };
  it.each<[string, (...steps: (() => Promise<unknown>)[]) => (() => Promise<unknown>)[]]>([
    [
      'removed before and restored meanwhile',
      (remove, restore, join, part) => [remove!, join!, restore!, part!],
    ],
    [
      'removed meanwhile and restored after',
      (remove, restore, join, part) => [join!, remove!, part!, restore!],
    ],
    ['removed and restored meanwhile', (remove, restore, join, part) => [join!, remove!, restore!, part!]],
    ['removed before and restored after', (remove, restore, join, part) => [remove!, join!, part!, restore!]],
  ])('a claim that was %s', async (_, ordered) => {
    const key = `gone-${_.replaceAll(' ', '-')}`;
    await party(key);
    await claim(key, {
      subject: key,
      participants: [
        { party: 'kept', role: 'x' },
        { party: key, role: 'x' },
      ],
    });
    const before = await read(`claims/${key}/input`);
    let id = '';
    const steps = ordered(
      () => send('DELETE', `claims/${key}`),
      () => send('POST', `claims/${key}/revert`, { to_version: 1 }),
      async () => ({ id } = await merge(`parties/${key}`, 'kept')),
      () => undo(`parties/${key}`, id),
    );
    for (const step of steps) await step();
    expect(await read(`claims/${key}/input`)).toEqual(before);
  });

  it('a claim that named it before, and again after a revert, and one that is reverted after', async () => {
    await party('named');
    await party('third');
    for (const key of ['early', 'late']) await claim(key, { subject: 'named' });
    const { id } = await merge('parties/named', 'kept');
    await send('PATCH', 'claims/early', { subject: 'third' });
    await send('POST', 'claims/early/revert', { to_version: 2 });
    await send('PATCH', 'claims/late', { subject: 'third' });
    await undo('parties/kept', id);
    // This version named the survivor.
    await send('POST', 'claims/late/revert', { to_version: 2 });
    expect((await read('claims/early/input')).subject).toBe('named');
    expect((await read('claims/late/input')).subject).toBe('named');
    expect(await differences()).toEqual([]);
  });
});
