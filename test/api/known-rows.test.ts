import { beforeAll, describe, expect, it } from 'vitest';
import { explanationText } from '../../src/provenance/explanation-task.js';
import { type ClaimRows, knownRows } from '../../src/provenance/known-rows.service.js';
import { graphRows } from '../../src/provenance/provenance.store.js';
import { sentenceText } from '../../src/provenance/sentence-task.js';
import { type TestApp, testApp } from '../support/app.js';
import { chosenEngine } from '../support/engines.js';
import { scriptedIds } from '../support/ids.js';
import { makeLargeClaim } from '../support/large-claim.js';

/** A claim with many attributions is read once, and then only what has changed; that must never show. */

const strangers = Array.from({ length: 510 }, () => ({
  method: 'POST',
  type: 'party',
  body: { kind: 'other', name: 'Stranger' },
}));
const many = (count: number) =>
  Array.from({ length: count }, () => ({
    method: 'POST',
    type: 'attribution',
    body: { claim: 'large', party: 'outlet-2', stance: 'reports' },
  }));

/** Everything that may happen to a claim, and what leaves it alone, in an order that later ones build upon. */
const changes: [what: string, method: string, path: string, body?: object][] = [
  ['an attribution is changed', 'PATCH', 'attributions/late', { stance: 'denies', lineage: null }],
  [
    'another claim comes',
    'PUT',
    'claims/other',
    {
      text: 'The road is closed.',
      attributions: [{ key: 'elsewhere', party: 'outlet-0', stance: 'asserts' }],
    },
  ],
  [
    'the same is changed once more',
    'PATCH',
    'attributions/late',
    { stance: 'asserts', lineage: 'originates' },
  ],
  [
    'a party that it knows says so',
    'PUT',
    'attributions/again',
    { claim: 'large', party: 'outlet-3', stance: 'asserts', lineage: 'originates' },
  ],
  [
    'that takes its words back',
    'PUT',
    'attributions/sorry',
    { claim: 'large', party: 'outlet-3', stance: 'retracts', in_reply_to: 'again' },
  ],
  ['that is removed', 'DELETE', 'attributions/sorry'],
  ['a new party comes', 'PUT', 'parties/newcomer', { kind: 'media', name: 'Newcomer' }],
  [
    'that says so, too',
    'PUT',
    'attributions/new',
    { claim: 'large', party: 'newcomer', stance: 'asserts', lineage: 'originates' },
  ],
  ['that is a part of another', 'PATCH', 'parties/newcomer', { part_of: 'outlet-0' }],
  ['that other has another name', 'PATCH', 'parties/outlet-0', { name: 'Outlet Zero' }],
  ['a source comes', 'PUT', 'sources/paper', { type: 'article', title: 'Paper' }],
  ['it stands in that', 'PATCH', 'attributions/new', { source: 'paper' }],
  [
    'that is denied as a whole',
    'PUT',
    'attributions/all',
    { about_source: 'paper', party: 'outlet-1', stance: 'denies' },
  ],
  ['one that it is derived from comes', 'PUT', 'sources/wire', { type: 'article', title: 'Wire' }],
  ['that is derived from it', 'PATCH', 'sources/paper', { derived_from: ['wire'] }],
  ['it stands in the other, too', 'PATCH', 'attributions/again', { source: 'wire' }],
  ['a body comes', 'PUT', 'parties/body', { kind: 'organization', name: 'Body' }],
  ['one that says so is a part of that', 'PATCH', 'parties/outlet-0', { part_of: 'body' }],
  ['that body, which says nothing, has another name', 'PATCH', 'parties/body', { name: 'Corpus' }],
  ['it is a part of one that says so', 'PATCH', 'parties/body', { part_of: 'outlet-10' }],
  ['an agency comes', 'PUT', 'sources/agency', { type: 'article', title: 'Agency' }],
  [
    'a broadcast comes',
    'PUT',
    'sources/radio',
    { type: 'broadcast', title: 'Radio', derived_from: ['agency'] },
  ],
  [
    'it stands in that',
    'PUT',
    'attributions/heard',
    { claim: 'large', party: 'outlet-4', stance: 'reports', source: 'radio' },
  ],
  [
    'what is only behind that is derived from another',
    'PATCH',
    'sources/agency',
    { derived_from: ['paper'] },
  ],
  ['one of another claim is removed', 'DELETE', 'attributions/elsewhere'],
  ['the denial of a whole source is removed', 'DELETE', 'attributions/all'],
  ['somebody denies it', 'PUT', 'attributions/no', { claim: 'large', party: 'outlet-1', stance: 'denies' }],
  ['the claim is reworded', 'PATCH', 'claims/large', { text: 'The bridge is shut.' }],
  ['it is about somebody', 'PATCH', 'claims/large', { subject: 'outlet-1' }],
  ['many say so', 'POST', 'batch', { operations: many(110) }],
  ['it is changed after very much else', 'POST', 'batch', { operations: [...strangers, ...many(1)] }],
];

type Rows = Awaited<ReturnType<ClaimRows>>;
const explained = (rows: Rows) =>
  explanationText({ kind: 'explanation', rows, claim: { id: 'claim', key: null, name: '' } });
const force = { 'if-match': '*' };

describe('what was read of a claim of 1,001 attributions', async () => {
  const t = await testApp();
  const claimRows = knownRows();
  const known = () => t.store.read((tx) => claimRows(tx, id));
  const anew = () => t.store.read((tx) => graphRows(tx, [id]));
  const say = (stance: string) => t.send('PATCH', '/v1/attributions/late', { stance }, force);
  const read = async (path: string) => (await t.send('GET', path)).json;
  let id = '';

  beforeAll(async () => {
    id = await makeLargeClaim(t);
    await t.send('PUT', '/v1/parties/apart', { kind: 'other', name: 'Apart' });
    await known();
  });

  it.each(changes)('is exact when %s', async (_what, method, path, body) => {
    const headers = ['PATCH', 'DELETE'].includes(method) ? force : undefined;
    expect((await t.send(method, `/v1/${path}`, body, headers)).status).toBeLessThan(300);
    const [now, then] = [await anew(), await known()];
    expect(explained(then)).toBe(explained(now));
    expect(then.anew.flatMap(({ rows }) => JSON.parse(rows)).length).toBeLessThanOrEqual(100);

    const { claim: _claim, ...answer } = JSON.parse(explained(now));
    expect(await read('/v1/claims/large/standing')).toMatchObject(answer);
    const { text } = await read('/v1/claims/large');
    const { sentence } = await read('/v1/claims/large/attribution-sentence');
    const wording: [string, string][] = [[(await read('/v1/attributions/late')).id, 'a senior official']];
    expect(sentence).toBe(sentenceText({ kind: 'sentence', rows: now, text, wording }));
  });

  it('is read again in part when its attributions change, and not at all when something else does', async () => {
    await say('asserts');
    await known();
    await t.send('PATCH', '/v1/attributions/late', { note: 'Read once.' }, force);
    const before = await known();
    expect(await known()).toBe(before);
    await t.send('PATCH', '/v1/parties/apart', { description: 'Changed.' }, force);
    await t.send('PUT', '/v1/claims/short', {
      text: 'Short.',
      attributions: [{ party: 'apart', stance: 'asserts' }],
    });
    await t.send('DELETE', '/v1/claims/short', undefined, force);
    expect(await known()).toBe(before);
    await say('denies');
    const after = await known();
    expect(after.attributions).toBe(before.attributions);
    expect(after.anew.map(({ rows }) => JSON.parse(rows).length)).toEqual([1]);
  });

  it('of an instant is read as it was then', async () => {
    await say('denies');
    const at = new Date().toISOString();
    const then = explained(await known());
    await say('asserts');
    expect(explained(await known())).not.toBe(then);
    const past = await t.store.read((tx) => claimRows(tx, id), { asOf: at });
    expect(explained(past)).toBe(then);
  });

  // In process, PostgreSQL has one connection.
  it.skipIf(chosenEngine === 'pglite')('serves no reader whose snapshot is older', async () => {
    await say('asserts');
    await known();
    await t.store.read(async (older) => {
      const then = explained(await graphRows(older, [id]));
      await say('denies');
      const newer = await known();
      expect(explained(newer)).not.toBe(then);
      expect(explained(await claimRows(older, id))).toBe(then);
      expect(await known()).toBe(newer);
    });
  });
});

describe('when a server was lost with its newest write, and others got the same number', () => {
  /** Twice the same register, up to there. */
  const twin = () => testApp({ ids: scriptedIds() });

  it('all is read again', async () => {
    const [lost, kept] = [await twin(), await twin()] as [TestApp, TestApp];
    const [id, same] = [await makeLargeClaim(lost), await makeLargeClaim(kept)];
    expect(same).toBe(id);
    const claimRows = knownRows();
    await lost.send('PATCH', '/v1/attributions/late', { stance: 'denies' }, force);
    const then = explained(await lost.store.read((tx) => claimRows(tx, id)));
    await kept.send('PATCH', '/v1/parties/somebody', { name: 'Some person' }, force);
    for (const stance of ['asserts', 'confirms', 'disputes']) {
      const now = explained(await kept.store.read((tx) => graphRows(tx, [id])));
      expect(now).not.toBe(then);
      expect(explained(await kept.store.read((tx) => claimRows(tx, id)))).toBe(now);
      await kept.send('PATCH', '/v1/attributions/late', { stance }, force);
    }
  });
});
