import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/db/store/store.js';
import { versionsFrom } from '../../src/history/changes.store.js';
import { newId } from '../../src/lib/ids.js';
import { recordVersions } from '../../src/resources/resources.store.js';
import { engines, openRegister } from '../support/engines.js';
import { seeded } from '../support/random.js';

/** What the change feed relies on, on every engine. */

const AT = '2026-01-01T00:00:00.000Z';
const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: 'request_1', at: AT };

describe.each(engines)('recordVersion on %s', async (engine) => {
  const register = await openRegister(engine);
  const second = await register.another();

  it('versions are numbered in the order of commits without gaps while writers of two instances overlap', async () => {
    const random = seeded(5);
    const committed: string[] = [];
    // The first write gets its number first and commits late; what is rolled back must leave no hole.
    const write = async (store: Store, wait: number, fails: boolean) => {
      const id = newId('source');
      await store
        .write(async (tx) => {
          await recordVersions(tx, change, [
            { noun: 'source', operation: 'create', id, version: 1, doc: '{}' },
          ]);
          await sleep(wait);
          if (fails) throw new Error('changed its mind');
        })
        .then(
          () => committed.push(id),
          () => undefined,
        );
    };
    const seen: { seq: number; id: string }[] = [];
    let done = false;
    const reading = (async () => {
      for (let after = 0; ; ) {
        const last = done;
        const { versions: rows } = await second.read((tx) => versionsFrom(tx, { after }, 3, {}));
        seen.push(...rows.map(({ seq, object_id }) => ({ seq, id: object_id })));
        after = rows.at(-1)?.seq ?? after;
        if (last && rows.length === 0) return;
        await sleep(1);
      }
    })();
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        write(i % 2 ? register.store : second, random.below(12), random.chance(0.2)),
      ),
    );
    done = true;
    await reading;
    expect(committed.length).toBeGreaterThan(30);
    expect(seen.map(({ id }) => id).sort()).toEqual([...committed].sort());
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, i) => i + 1));
    await second.close();
    await register.close();
  });
});
