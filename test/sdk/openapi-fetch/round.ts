import createClient from 'openapi-fetch';
import type { components, paths } from './attested/schema.js';

type Claim = components['schemas']['Claim'];
type Problem = components['schemas']['Problem'];

const [mode = '', baseUrl = '', key = '', prefix = ''] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } });

/** The data of an answer; a problem is thrown. */
function must<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(`${error?.code} ${error?.detail}`);
  return data;
}

async function round() {
  const batch = must(
    await api.POST('/v1/batch', {
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
    await api.POST('/v1/claims', {
      params: { header: { 'Idempotency-Key': `${prefix}-claim` } },
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
  const read = must(await api.GET('/v1/claims/{id}', { params: { path } }));

  let listed = 0;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = must(
      await api.GET('/v1/claims', { params: { query: cursor ? { cursor } : { limit: 50 } } }),
    );
    listed += page.items.length;
    cursor = page.next_cursor;
  }

  const patch = (version: number) =>
    api.PATCH('/v1/claims/{id}', {
      params: { path, header: { 'If-Match': `"${version}"` } },
      body: { value: { type: 'text', text: 'several thousand' } },
    });
  const patched = must(await patch(read.version));
  const stale = (await patch(read.version)).error;
  const missing = (await api.GET('/v1/claims/{id}', { params: { path: { id: `${prefix}-nothing` } } })).error;
  const invalid = (await api.POST('/v1/claims', { body: { text: 'x', subject: `${prefix}-nobody` } })).error;

  const { standing } = must(await api.GET('/v1/claims/{id}/standing', { params: { path } }));
  const conflicts = must(
    await api.GET('/v1/conflicts', { params: { query: { kind: 'contradiction', limit: 1 } } }),
  );
  const history = must(await api.GET('/v1/claims/{id}/history', { params: { path } }));
  const csv: string = must(await api.GET('/v1/claims.csv', { parseAs: 'text' }));

  await api.DELETE('/v1/claims/{id}', {
    params: { path, header: { 'If-Match': `"${patched.version}"` } },
  });
  const gone = (await api.GET('/v1/claims/{id}', { params: { path } })).error;

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
  const page = must(await api.GET('/v1/claims', { params: { query: { limit: 50 } } }));
  const claim: Claim = must(await api.GET('/v1/claims/{id}', { params: { path } }));
  const { standing } = must(await api.GET('/v1/claims/{id}/standing', { params: { path } }));
  const conflicts = must(await api.GET('/v1/conflicts', { params: { query: { limit: 1 } } }));
  const history = must(await api.GET('/v1/claims/{id}/history', { params: { path } }));
  const versions = { params: { path: { ...path, version: 1 } } };
  const version = must(await api.GET('/v1/claims/{id}/history/{version}', versions));
  const input = must(await api.GET('/v1/claims/{id}/input', { params: { path } }));
  const changes = must(await api.GET('/v1/changes', { params: { query: { limit: 200 } } }));
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
