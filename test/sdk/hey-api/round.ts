import { client } from './attested/client.gen.js';
import * as api from './attested/sdk.gen.js';
import type { Claim, Problem } from './attested/types.gen.js';

const [mode = '', baseUrl = '', key = '', prefix = ''] = process.argv.slice(2);
client.setConfig({ baseUrl, headers: { authorization: `Bearer ${key}` } });

/** The data of an answer; a problem is thrown. */
function must<T>({ data, error }: { data?: T; error?: Problem }): NonNullable<T> {
  if (data === undefined || data === null) throw new Error(`${error?.code} ${error?.detail}`);
  return data;
}

async function round() {
  const batch = must(
    await api.runBatch({
      body: {
        operations: [
          { method: 'POST', type: 'party', body: { key: `${prefix}-outlet`, kind: 'media', name: 'Outlet' } },
          {
            method: 'POST',
            type: 'party',
            body: { key: `${prefix}-state`, kind: 'government', name: 'State' },
          },
        ],
      },
    }),
  );

  const created: Claim = must(
    await api.createClaim({
      headers: { 'Idempotency-Key': `${prefix}-claim` },
      body: {
        key: `${prefix}-claim`,
        text: 'The group has up to 6,500 fighters.',
        subject: `${prefix}-state`,
        value: { type: 'quantity', upper: '6500', unit: 'fighters', as_stated: 'up to 6,500' },
        occurred: '2024-07',
        attributions: [
          { party: `${prefix}-outlet`, stance: 'reports', relays: ['@state'] },
          { local_id: 'state', party: `${prefix}-state`, stance: 'asserts', lineage: 'originates' },
        ],
      },
    }),
  );
  const [relaying, stated] = created.attributions;

  const path = { id: created.id };
  const read = must(await api.getClaim({ path }));

  let listed = 0;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = must(await api.listClaims({ query: cursor ? { cursor } : { limit: 50 } }));
    listed += page.items.length;
    cursor = page.next_cursor;
  }

  const patch = (version: number) =>
    api.patchClaim({
      path,
      headers: { 'If-Match': `"${version}"` },
      body: { value: { type: 'text', text: 'several thousand' } },
    });
  const patched = must(await patch(read.version));
  const stale = (await patch(read.version)).error;
  const missing = (await api.getClaim({ path: { id: `${prefix}-nothing` } })).error;
  const invalid = (await api.createClaim({ body: { text: 'x', subject: `${prefix}-nobody` } })).error;

  const { standing } = must(await api.getClaimStanding({ path }));
  const conflicts = must(await api.listConflicts({ query: { kind: 'contradiction', limit: 1 } }));
  const history = must(await api.listClaimVersions({ path }));
  const csv: string = must(await api.listClaimsCsv({ parseAs: 'text' }));

  await api.removeClaim({
    path,
    headers: { 'If-Match': `"${patched.version}"` },
  });
  const gone = (await api.getClaim({ path })).error;

  return {
    batch: batch.items.map(({ status }) => status),
    created: {
      key: created.key,
      attributions: created.attribution_count,
      party: relaying?.party.name,
      upper: created.value.type === 'quantity' ? created.value.upper : null,
      relays: relaying?.relays[0]?.id === stated?.id,
    },
    read: read.text,
    listed,
    patched: {
      version: patched.version,
      type: patched.value.type,
      text: patched.value.type === 'text' ? patched.value.text : null,
    },
    missing: { status: missing?.status, code: missing?.code },
    stale: { status: stale?.status, code: stale?.code },
    invalid: { status: invalid?.status, code: invalid?.code, pointer: invalid?.errors[0]?.pointer },
    standing: { support: standing.support, min: standing.origins.min, max: standing.origins.max },
    conflict: { kind: conflicts.items[0]?.kind, claim: conflicts.items[0]?.sides[0]?.claim.key },
    history: history.items.map(({ operation }) => operation),
    exported: csv.trim().split('\n').length - 1,
    gone: { status: gone?.status, version: gone?.tombstone?.version },
  };
}

async function read() {
  const path = { id: 'ttp-leader-family-stipend' };
  const page = must(await api.listClaims({ query: { limit: 50 } }));
  const claim: Claim = must(await api.getClaim({ path }));
  const { standing } = must(await api.getClaimStanding({ path }));
  const conflicts = must(await api.listConflicts({ query: { limit: 1 } }));
  const history = must(await api.listClaimVersions({ path }));
  const version = must(await api.getClaimVersion({ path: { ...path, version: 1 } }));
  const input = must(await api.getClaimInput({ path }));
  const changes = must(await api.listChanges({ query: { limit: 200 } }));
  return {
    listed: page.items.length,
    kind: claim.kind,
    stances: claim.attributions.map(({ stance }) => stance),
    support: standing.support,
    conflict: conflicts.items[0]?.kind,
    history: history.items.map(({ operation }) => operation),
    version: version.object?.kind,
    input: input.kind,
    changes: changes.items.map(({ operation }) => operation),
  };
}

console.log(JSON.stringify(mode === 'read' ? await read() : await round()));
