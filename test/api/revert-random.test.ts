import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { claim, type Operation, party, patch, remove } from '../support/batch.js';
import { currentRegister } from '../support/current-register.js';
import { effort } from '../support/effort.js';
import { makeWorld } from '../support/fixtures.js';
import { type Random, seeded } from '../support/random.js';

const t = await testApp();
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };

describe('reverts in a random order', () => {
  it('leave what was before each batch', async () => {
    const seed = 17;
    const random = seeded(seed);
    const world = await makeWorld(t, seed, 8);
    let reverted = 0;
    const undone: [id: string, before: string[]][] = [];
    for (let round = 0; round < effort(6, 25); round++) {
      const operations = randomOperations(random, world);
      const before = await currentRegister(t);
      const answer = await t.send('POST', '/v1/batch', { operations }, admin);
      if (answer.status !== 200) continue;
      undone.push([answer.headers['x-request-id'] as string, before]);
      // The newest first, as far back as it goes.
      while (undone.length > 0 && random.chance(0.6)) {
        const [id, state] = undone.pop()!;
        const { status, text } = await t.send('POST', `/v1/batches/${id}/revert`, {}, admin);
        reverted += 1;
        expect(status, `seed ${seed}, round ${round}: ${text}`).toBe(200);
        expect(await currentRegister(t), `seed ${seed}, round ${round}`).toEqual(state);
      }
    }
    expect(reverted).toBeGreaterThan(2);
    for (const { id } of world.claims.slice(0, 5)) {
      const found = await t.send('GET', `/v1/claims/${id}`);
      if (found.status !== 200) continue;
      const { standing } = (await t.send('GET', `/v1/claims/${id}/standing`)).json;
      expect(found.json.standing).toEqual(standing);
    }
  });
});

/** Some that fit together, and some that are refused now and then. */
function randomOperations(
  random: Random,
  { parties, claims, sources }: Awaited<ReturnType<typeof makeWorld>>,
): Operation[] {
  const one = (): Operation => {
    const [someone, other, subject] = [
      random.pick(parties).id,
      random.pick(parties).id,
      random.pick(claims).id,
    ];
    const stance = random.pick(['asserts', 'denies', 'reports']);
    return random.pick<() => Operation>([
      () => party({ part_of: someone }),
      () => claim({ subject: someone, attributions: [{ party: other, stance }] }),
      () => ({ method: 'POST', type: 'attribution', body: { claim: subject, party: someone, stance } }),
      () => ({
        method: 'POST',
        type: 'relation',
        body: { from: subject, type: 'supports', to: random.pick(claims).id },
      }),
      () =>
        patch(someone, { part_of: random.chance(0.3) ? other : null, country: random.pick(['PK', 'AF']) }),
      () => ({ ...patch(subject, { subject: someone }), type: 'claim' }),
      () => ({ ...patch(subject, { attributions: [{ party: someone, stance }] }), type: 'claim' }),
      () => ({ ...patch(random.pick(sources).id, { publisher: someone }), type: 'source' }),
      () => remove(subject, 'claim'),
    ])();
  };
  return Array.from({ length: 1 + random.below(4) }, one);
}
