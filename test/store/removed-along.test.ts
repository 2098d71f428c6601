import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import type { Change } from '../../src/lib/change.js';
import { newId } from '../../src/lib/ids.js';
import { OneByOne } from '../../src/resources/attempted.js';
import { removedAlong } from '../../src/resources/removed-along.store.js';
import { type Recorded, recordVersions, type Version } from '../../src/resources/resources.store.js';
import { engines, openRegister } from '../support/engines.js';

/** What went along with objects, as it is read from the history: pages of it, which several removals share. */

const removal = (noun: 'claim' | 'attribution' | 'judgement' | 'party', id: string): Recorded => ({
  ...{ noun, operation: 'remove', id, version: 2 },
  doc: JSON.stringify({ claim: '@claim:x@', noun: 'claim', one: '@claim:x@', other: '@claim:y@' }),
});

describe.each(engines)('removedAlong on %s', async (engine) => {
  const register = await openRegister(engine);
  const { store } = register;
  afterAll(() => register.close());
  let made = 0;

  /** Removes claims in one request, each with as many attributions as told; gives the removals of the claims. */
  async function remove(counts: readonly number[]): Promise<Version[]> {
    const change: Change = {
      ...{ actor: 'cli', onBehalfOf: null, reason: null, requestId: newId('request') },
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, made)).toISOString(),
    };
    const versions = counts.flatMap((count) => {
      const claim = `claim_${made++}`;
      const along = Array.from({ length: count }, (_, i) => removal('attribution', `${claim}-${i}`));
      return [removal('claim', claim), ...along];
    });
    return store.write(async (tx) => {
      await recordVersions(tx, change, [...versions, removal('party', `party_${made}`)]);
      const { history: t } = tx.tables;
      const all = await tx.db.select().from(t).where(eq(t.request_id, change.requestId)).orderBy(t.seq);
      return all.filter(({ noun }) => noun === 'claim');
    });
  }
  const countsOf = (claims: readonly Version[]) =>
    store.read(async (tx) => {
      const found = await removedAlong(tx, claims);
      return claims.map((claim) => {
        const along = found.get(claim)!;
        expect(along.map(({ object_id }) => object_id)).toEqual(
          along.map((_, i) => `${claim.object_id}-${i}`),
        );
        return along.length;
      });
    });

  it.each([[[3]], [[0, 0, 0]], [[48, 1, 49, 50, 51, 0, 2]], [[49]], [[50]], [[100, 99, 101, 1]]])(
    'gives %j of them',
    async (counts) => {
      expect(await countsOf(await remove(counts))).toEqual(counts);
      const backwards = (await remove(counts)).reverse();
      expect(await countsOf(backwards)).toEqual([...counts].reverse());
    },
  );

  it('of removals in different requests', async () => {
    const [one, other] = [await remove([60, 2]), await remove([1, 70])];
    expect(await countsOf([other[1]!, one[0]!, other[0]!])).toEqual([70, 60, 1]);
  });

  it('leaves several that took much along to be restored one by one', async () => {
    const claims = await remove([1_500, 600]);
    await expect(countsOf(claims)).rejects.toThrow(OneByOne);
    for (const claim of claims) expect((await countsOf([claim]))[0]).toBeGreaterThan(500);
  });
});
