import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';
import { nouns, oneOfEach } from '../support/one-of-each.js';

/** Errors name what was likely meant: references, paths, members of patches. */

const t = await testApp();
const { admin } = await oneOfEach(t);
const put = (path: string, body: object) => t.send('PUT', path, body, admin);
await put('/v1/parties/lancet', { kind: 'media', name: 'The Lancet' });
await put('/v1/parties/gertler-dan', { kind: 'person', name: 'Dan Gertler' });
const id = (await t.send('GET', '/v1/sources/report-35')).json.id;

describe('a reference that leads nowhere', () => {
  it.each([
    ['party=Lancet', 'did you mean `lancet`?'],
    ['party=The Lancet', 'did you mean `lancet`?'],
    ['party=lancte', 'did you mean `lancet`?'],
    ['party=alncet', 'give the id or key of one that exists'],
    ['subject=dan gertler', 'did you mean `gertler-dan`?'],
    ['party=report-35', 'this is the key of a source'],
    [`party=${id}`, 'this is the id of a source'],
    ['source=Report 35', 'did you mean `report-35`?'],
    ['party=LANCET (the)', 'did you mean `lancet`?'],
    ['predicate=the strength', 'keys are lower case letters, digits and hyphens: `the-strength`'],
    ['predicate=Strenght', 'did you mean `strength`?'],
    ['party=No Such One', 'keys are lower case letters, digits and hyphens: `no-such-one`'],
    ['party=nobody', 'give the id or key of one that exists'],
  ])('%s', async (query, hint) => {
    const { json } = await expectRejected(
      t,
      400,
      'invalid_query',
      'GET',
      `/v1/claims?${query.replaceAll(' ', '%20')}`,
    );
    expect(json.errors[0].detail).toContain(hint);
  });

  it('in a body, each at its place', async () => {
    const attributions = [{ party: 'Lancet', stance: 'asserts', relays: ['@who'] }];
    const body = { text: 'x', subject: 'lancte', attributions };
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/claims', body, admin);
    expect(json.errors.map(({ pointer, detail }: Record<string, string>) => [pointer, detail])).toEqual([
      ['/subject', 'no party "lancte" in the register; did you mean `lancet`?'],
      ['/attributions/0/party', 'no party "Lancet" in the register; did you mean `lancet`?'],
      ['/attributions/0/relays/0', IN_CLAIM],
    ]);
  });

  it('in a batch, each time it is named', async () => {
    const operations = Array.from({ length: 60 }, (_, i) => ({
      method: 'POST',
      type: 'claim',
      body: { text: 'x', subject: i < 10 ? 'lancte' : `lost-${i}` },
    }));
    const { json } = await expectRejected(t, 422, 'batch_failed', 'POST', '/v1/batch', { operations }, admin);
    expect(json.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      ...Array(10).fill('no party "lancte" in the register; did you mean `lancet`?'),
      ...Array.from(
        { length: 10 },
        (_, i) => `no party "lost-${i + 10}" in the register; give the id or key of one that exists`,
      ),
    ]);
    expect(json.failed_operations).toEqual(operations.map((_, i) => i));
  });

  it('in a batch, as the register is by then', async () => {
    const claim = { method: 'POST', type: 'claim', body: { text: 'x', subject: 'guardain' } };
    const party = { method: 'PUT', type: 'party', id: 'guardian', body: { kind: 'media', name: 'Guardian' } };
    const body = { operations: [claim, party, claim], dry_run: true };
    const { json } = await t.send('POST', '/v1/batch', body, admin);
    expect(json.items.map(({ problem }: { problem: { detail: string } | null }) => problem?.detail)).toEqual([
      '/subject: no party "guardain" in the register; give the id or key of one that exists',
      undefined,
      '/subject: no party "guardain" in the register; did you mean `guardian`?',
    ]);
  });

  it('in a batch that tells of each operation, of the first 100', async () => {
    const operations = Array.from({ length: 150 }, (_, i) => ({
      method: 'PATCH',
      type: 'party',
      id: 'lancet',
      if_match: '*',
      body: { part_of: i < 20 ? 'alncet' : `lost-${i}` },
    }));
    const { json } = await t.send('POST', '/v1/batch', { operations, dry_run: true }, admin);
    const details = json.items.map(({ problem }: { problem: { detail: string } }) => problem.detail);
    const hinted = details.filter((detail: string) =>
      detail.endsWith('; give the id or key of one that exists'),
    );
    expect(hinted).toEqual(details.slice(0, 119));
    expect(details.at(-1)).toBe('/part_of: no party "lost-149" in the register');
  });

  const says = { party: 'lancet', stance: 'asserts' };
  const inClaim = (more: object, text = 'x') => ({ text, attributions: [{ ...says, ...more }] });
  const IN_CLAIM = 'no `local_id` "who" in this claim; give it to the attribution that is meant';
  const OUTSIDE = (noun: string) =>
    `"@who" can only name what the same batch writes; write the id or key of ${noun}`;
  it.each<[what: string, path: string, body: object, place: string, detail: string]>([
    ['of another attribution', 'claims', inClaim({ relays: ['@who'] }), 'attributions/0/relays/0', IN_CLAIM],
    [
      'beside mistakes of form',
      'claims',
      inClaim({ in_reply_to: '@who' }, ''),
      'attributions/0/in_reply_to',
      IN_CLAIM,
    ],
    [
      'written otherwise',
      'claims',
      inClaim({ local_id: 'whom', relays: ['@who'] }),
      'attributions/0/relays/0',
      'no `local_id` "who" in this claim; did you mean "@whom"?',
    ],
    [
      'of an attribution, where a party is needed',
      'claims',
      inClaim({ local_id: 'who', speaker: '@who' }),
      'attributions/0/speaker',
      '"@who" can only name an attribution sent with this claim; write the id or key of a party',
    ],
    ['of the claim', 'claims', { text: 'x', subject: '@who' }, 'subject', OUTSIDE('a party')],
    [
      'of an attribution by itself',
      'attributions',
      { ...says, claim: 'ttp-strength', relays: ['@who'] },
      'relays/0',
      OUTSIDE('an attribution'),
    ],
  ])('a name %s', async (_, path, body, place, detail) => {
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', `/v1/${path}`, body, admin);
    expect(json.errors).toContainEqual({ pointer: `/${place}`, code: 'unknown_reference', detail });
  });

  it.each<[what: string, body: object, place: string, detail: string]>([
    [
      'of an attribution',
      inClaim({ relays: ['@who'] }),
      'attributions/0/relays/0',
      'no `local_id` "who" in this claim, nor in this batch; give it to the operation that writes what is meant',
    ],
    [
      'of an attribution, beside mistakes of form',
      inClaim({ local_id: 'whom', relays: ['@who'] }, ''),
      'attributions/0/relays/0',
      'no `local_id` "who" in this claim, nor in this batch; did you mean "@whom"?',
    ],
    [
      'of a party, that an attribution has',
      inClaim({ local_id: 'who', speaker: '@who' }),
      'attributions/0/speaker',
      'no `local_id` "who" in this batch; give it to the operation that writes what is meant',
    ],
    [
      'of a party',
      { text: 'x', subject: '@desc' },
      'subject',
      'no `local_id` "desc" in this batch; did you mean "@desk"?',
    ],
    [
      'of another noun',
      { text: 'x', predicate: '@desk' },
      'predicate',
      'operation 0 writes a party; a predicate is needed here',
    ],
  ])('in a batch, a name %s', async (_, body, place, detail) => {
    const desk = { method: 'POST', type: 'party', local_id: 'desk', body: { kind: 'other', name: 'Desk' } };
    const operations = [desk, { method: 'POST', type: 'claim', body }];
    const { json } = await expectRejected(t, 422, 'batch_failed', 'POST', '/v1/batch', { operations }, admin);
    expect(json.errors).toContainEqual({
      pointer: `/operations/1/body/${place}`,
      code: 'unknown_reference',
      detail,
    });
  });

  it('of an address: the key that it would be, or the one that is near', async () => {
    const missing = async (method: string, path: string, body?: object) =>
      (await expectRejected(t, 404, 'not_found', method, path, body, admin)).json.detail;
    expect(await missing('PUT', '/v1/parties/Gertler', { kind: 'person', name: 'G' })).toMatch(
      /: `gertler`\.$/,
    );
    expect(await missing('GET', '/v1/parties/lancte')).toMatch(/did you mean `lancet`\?$/);
    expect(await missing('GET', '/v1/parties/lancte/history')).toMatch(/did you mean `lancet`/);
  });
});

describe('a path that leads nowhere', () => {
  it.each([
    ['/v1/claim/x', '/v1/claims/x?'],
    ['/v1/claim', '/v1/claims?'],
    ['/v1/partys', '/v1/parties?'],
    ['/v1/claims/x/atributions', '/v1/claims/x/attributions?'],
    ['/v1/claims/x/standings/', '/v1/claims/x/standing?'],
    ['/v1/sources/x/dependants', '/v1/sources/x/dependents?'],
    ['/v1/zzzzzzzz', '/openapi.json lists all paths'],
    ['/nothing', '/openapi.json lists all paths'],
  ])('%s', async (path, hint) => {
    const { json } = await expectRejected(t, 404, 'not_found', 'GET', path);
    expect(json.detail).toContain(hint);
  });
});

describe.each(nouns)(
  'PATCH /v1/$plural: null for what cannot be cleared is refused as any value is',
  (noun) => {
    it('each member that is computed, and one that there is not', async () => {
      const path = `/v1/${noun.plural}/${noun.key}`;
      const [output, input] = await Promise.all([
        t.send('GET', path).then(({ json }) => Object.keys(json)),
        t.send('GET', '/openapi.json').then(({ json }) => {
          const { patch } = json.paths[`/v1/${noun.plural}/{id}`];
          const { $ref } = patch.requestBody.content['application/json'].schema;
          return Object.keys(json.components.schemas[$ref.split('/').at(-1)].properties);
        }),
      ]);
      const computed = output.filter((name) => !input.includes(name));
      expect(computed).toEqual(expect.arrayContaining(['version', 'created_at', 'updated_at']));
      for (const name of [...computed, 'nmae']) {
        for (const value of [null, 1]) {
          const headers = { ...admin, 'if-match': '*' };
          const { json } = await expectRejected(
            t,
            422,
            'invalid_body',
            'PATCH',
            path,
            { [name]: value },
            headers,
          );
          expect(json.errors).toMatchObject([{ pointer: `/${name}`, code: 'unknown_member' }]);
        }
      }
    });
  },
);

it('PATCH: null for a member within a member that there is not', async () => {
  const headers = { ...admin, 'if-match': '*' };
  const path = '/v1/parties/lancet';
  for (const patch of [{ names: [{ name: 'L', kind: 'alias', nope: null }] }, { count: { mni: null } }]) {
    const { json } = await expectRejected(t, 422, 'invalid_body', 'PATCH', path, patch, headers);
    expect(json.errors).toContainEqual(expect.objectContaining({ code: 'unknown_member' }));
  }
});
