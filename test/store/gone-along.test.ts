import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Tx } from '../../src/db/store/store.js';
import { linksToBringBack } from '../../src/resources/gone-along.store.js';
import { testApp } from '../support/app.js';
import { engines, openRegister } from '../support/engines.js';

/** How links that went along with an object are found. */

describe.each(engines)('links that went along on %s', async (engine) => {
  const register = await openRegister(engine);
  const t = await testApp({ on: register });
  const auth = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
  const batch = async (operations: object[]) => {
    const { status, text } = await t.send('POST', '/v1/batch', { operations }, auth);
    expect(status, text).toBe(200);
  };
  const MANY = 300;
  const keys = Array.from({ length: MANY }, (_, i) => `claim-${i}`);
  const post = (type: string, body: object) => ({ method: 'POST', type, body });
  const remove = (type: string, id: string) => ({ method: 'DELETE', type, id, if_match: '*' });
  const said = (key: string) => ({ key: `said-${key}`, party: 'who', stance: 'asserts' });
  const next = (i: number) => keys[(i + 1) % MANY]!;
  await batch([post('party', { key: 'who', kind: 'other', name: 'Who' })]);
  await batch(keys.map((key) => post('claim', { key, text: key, attributions: [said(key)] })));
  await batch(keys.map((from, i) => post('relation', { from, type: 'supports', to: next(i) })));
  await batch(
    keys.map((key, i) =>
      post('judgement', {
        ...{ noun: 'attribution', judgement: 'unsure' },
        ...{ one: `said-${key}`, other: `said-${next(i)}` },
      }),
    ),
  );
  await batch(keys.slice(0, MANY / 2).map((key) => remove('claim', key)));
  await register.sql('ANALYZE');

  it.each(['relation', 'judgement'] as const)('of the noun %s are looked up by indexes', async (noun) => {
    // Statistics are read when a connection is opened.
    const store = await register.another();
    const plans: string[] = [];
    const explain = sql.raw(engine === 'sqlite' ? 'explain query plan' : 'explain');
    await store.write(async (tx) => {
      // A small register is read faster as a whole.
      if (engine !== 'sqlite') {
        for (const way of ['seqscan', 'hashjoin', 'mergejoin']) {
          await tx.rows(sql.raw(`set local enable_${way} = off`));
        }
      }
      const rows: Tx['rows'] = async (query) => {
        plans.push(JSON.stringify(await tx.rows(sql`${explain} ${query}`)));
        return [];
      };
      await linksToBringBack({ ...tx, rows }, noun, [{ ids: ['claim_x', 'attribution_y'] }]);
    });
    await store.close();
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatch(/_past/);
    expect(plans[0]).not.toMatch(
      /SCAN (t|relations|judgements|\w+_past)\b|Seq Scan on (relations|judgements|\w+_past)/,
    );
  });
});
