import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import type { Store } from '../../src/db/store.js';
import { versionsAfter } from '../../src/history/changes.store.js';
import { newId } from '../../src/lib/ids.js';
import { recordVersions } from '../../src/register/register.store.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { chosenEngine, engines, openRegister } from '../support/engines.js';
import { seeded } from '../support/random.js';
import { Traffic } from '../support/traffic.js';

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
          await recordVersions(tx, change, 'source', 'create', [{ id, version: 1, doc: '{}' }]);
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
        const rows = await second.read((tx) => versionsAfter(tx, after, 3, {}));
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

describe('migration 0005', async () => {
  // What the API suites run on; each engine has its own SQL.
  const register = await openRegister(chosenEngine, inject('chosenTemplates').sample);
  const t = await testApp({ on: register });

  it('the parties that earlier changes concern are those that are recorded with each change', async () => {
    const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;
    const traffic = new Traffic(seeded(7));
    for (let i = 0; i < effort(200, 400); i += 1) {
      const sent = traffic.next();
      traffic.learn(sent, await t.send(sent.method, sent.url, sent.body, { ...sent.headers, authorization }));
    }
    const { items } = (await t.send('GET', '/v1/parties?limit=2')).json;
    const text = 'Moves from one to the other.';
    const { json } = await t.send('POST', '/v1/claims', { text, subject: items[0].id, attributions: [] });
    const claim = `/v1/claims/${json.id}`;
    await t.send('PATCH', claim, { subject: items[1].id }, { 'if-match': '*' });
    await t.send('POST', `${claim}/attributions`, { party: items[0].id, stance: 'denies' });
    await t.send('DELETE', claim, undefined, { 'if-match': '*' });

    const query = 'SELECT party_id, seq FROM history_subjects ORDER BY party_id, seq';
    const kept = await register.sql(query);
    const folder = chosenEngine === 'sqlite' ? 'sqlite' : 'postgres';
    const migration = readFileSync(`migrations/${folder}/0005_change_feed.sql`, 'utf8');
    await register.sql(`DROP TABLE history_subjects; DROP INDEX history_noun; ${migration}`);
    const rebuilt = await register.sql(query);
    expect(kept.length).toBeGreaterThan(200);
    expect(rebuilt).toEqual(kept);
  });
});
