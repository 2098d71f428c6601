import type { Answer, TestApp } from './app.js';

/** What tests of batches have in common. */

export interface Operation {
  method: string;
  type: string;
  [member: string]: unknown;
}

export const party = (more: object = {}): Operation => ({
  method: 'POST',
  type: 'party',
  body: { kind: 'other', name: 'Someone', ...more },
});
export const claim = (more: object = {}): Operation => ({
  method: 'POST',
  type: 'claim',
  body: { text: 'X.', ...more },
});
export const patch = (id: string, body: object, more: object = { if_match: '*' }): Operation => ({
  ...{ method: 'PATCH', type: 'party', id, body },
  ...more,
});
export const remove = (id: string, type = 'party', more: object = { if_match: '*' }): Operation => ({
  ...{ method: 'DELETE', type, id },
  ...more,
});

export const dry = { dry_run: true };
export const each = { atomic: false };

/** Sends operations to a register with the party `ttp` and the claim `ttp-strength-10000`. */
export async function batchSender(t: TestApp) {
  await t.send('PUT', '/v1/parties/ttp', { kind: 'armed_group', name: 'TTP' });
  await t.send('PUT', '/v1/claims/ttp-strength-10000', {
    text: 'The TTP has 10,000 fighters.',
    attributions: [{ party: 'ttp', stance: 'denies' }],
  });
  return (operations: unknown, more: object = {}, headers: Record<string, string> = {}) =>
    t.send('POST', '/v1/batch', { operations, ...more }, headers);
}

export const statuses = ({ json }: Answer): number[] =>
  json.items.map((item: { status: number }) => item.status);
