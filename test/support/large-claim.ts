import { expect } from 'vitest';
import type { TestApp } from './app.js';

const LINKS = 10;
const RELAYED = 500;

const attributions = Array.from({ length: RELAYED }, (_, i) => ({
  local_id: `said-${i}`,
  party: `outlet-${i % 20}`,
  ...(i % LINKS === 0
    ? { stance: 'asserts', lineage: 'originates' }
    : {
        stance: 'reports',
        relays: [`@said-${i - 1}`, ...(i > LINKS + 1 ? [`@said-${i - LINKS - 1}`] : [])],
      }),
}));

/**
 * Makes a claim of 501 attributions, `large`, with chains of ten links by outlets 0 to 19 and an unnamed official who
 * says so as well; gives its id.
 */
export async function makeLargeClaim(t: TestApp): Promise<string> {
  for (let i = 0; i < 20; i++)
    await t.send('PUT', `/v1/parties/outlet-${i}`, { kind: 'media', name: `Outlet ${i}` });
  await t.send('PUT', '/v1/parties/somebody', { kind: 'person', name: 'Somebody', unnamed: true });
  await t.send('PUT', '/v1/claims/large', { text: 'The bridge is closed.', attributions });
  const late = {
    key: 'late',
    claim: 'large',
    party: 'somebody',
    party_as_stated: 'a senior official',
    stance: 'asserts',
    lineage: 'originates',
  };
  expect((await t.send('POST', '/v1/attributions', late)).status).toBe(201);
  return (await t.send('GET', '/v1/claims/large')).json.id;
}
