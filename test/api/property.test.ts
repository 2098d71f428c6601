import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, testApp } from '../support/app.js';
import { type Mutation, mutate, type Schema } from '../support/arbitrary.js';
import { effort } from '../support/effort.js';
import { chosenEngine } from '../support/engines.js';
import { readOperation } from '../support/openapi.js';
import { type Operation, type Pool, type Request, requestsOf, type Target } from '../support/requests.js';

/**
 * Sends every operation of the OpenAPI document what the document allows, and what it does not, and holds
 * every answer to the document: by it alone, apart from the checks of the test harness.
 */

const SEED = 20_260_131;
const PASSES = effort(1, 2);
/** Fewer where each takes longest; the differential test asks PostgreSQL thousands more. */
const REQUESTS = effort(500, chosenEngine === 'sqlite' ? 3_000 : 900);
/** How often as many again are sent while an operation has not answered one with success. */
const ROUNDS = 20;
/** For operations that take neither body nor parameters. */
const FEW = 5;

const t = await testApp({ register: 'sample' });
const authorization = `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}`;
const { json: document } = await t.send('GET', '/openapi.json');
const schemas: Record<string, Schema> = document.components.schemas;
const allTargets: Target[] = Object.entries(
  document.paths as Record<string, Record<string, Operation>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    operation: readOperation(document, operation),
  })),
);
// A stream has no end to wait for; test/process/stream.test.ts reads it.
const finite = allTargets.filter(
  ({ operation }) => !('text/event-stream' in (operation.responses[200]?.content ?? {})),
);
// What is removed is gone for the operations that follow; parties go last, since most others refer to them.
const isRemoval = ({ method }: Target) => method === 'DELETE';
const targets = [...finite.filter((target) => !isRemoval(target)), ...finite.filter(isRemoval).reverse()];
const isPlain = ({ operation }: Target) => !operation.requestBody && !operation.parameters?.length;
const runs = Math.ceil(REQUESTS / PASSES / targets.filter((target) => !isPlain(target)).length);

const pool: Pool = { stored: {}, made: {}, cursors: [] };
for (const { path, method } of targets) {
  const noun = /^\/v1\/(\w+)$/.exec(path)?.[1];
  // Of the keys only those made here may be revoked, or the test would lose its own.
  if (method !== 'POST' || !noun || noun === 'keys' || noun === 'batch') continue;
  const { items } = (await t.send('GET', `${path}?limit=200`)).json;
  pool.stored[noun] = items.flatMap(({ id, key }: { id: string; key: string | null }) => [
    id,
    ...(key ? [key] : []),
  ]);
}
// Parties to which nothing refers, so that one can be removed.
pool.made.parties = ['loose-1', 'loose-2', 'loose-3', 'loose-4', 'loose-5', 'loose-6'];
for (const key of pool.made.parties) {
  await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key }, { authorization });
}
// Requests that can be undone.
pool.made.batches = [];
const requestOf = requestsOf(schemas, pool);

const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'api');
const compiled = new Map<Schema, ValidateFunction>();

function faultsOf(schema: Schema, value: unknown): string | null {
  const validate = compiled.get(schema) ?? ajv.compile(schema.$ref ? { $ref: `api${schema.$ref}` } : schema);
  compiled.set(schema, validate);
  return validate(value) ? null : ajv.errorsText(validate.errors).slice(0, 500);
}

function holdToDocument({ operation }: Target, { status, headers, text }: Answer): void {
  const declared = operation.responses[status];
  expect(declared, `status ${status} is not declared: ${text.slice(0, 300)}`).toBeDefined();
  if (!declared!.content) {
    expect(text).toBe('');
    return;
  }
  const type = String(headers['content-type']).split(';', 1)[0]!;
  const media = declared!.content[type];
  expect(media, `${status} as ${type} is not declared`).toBeDefined();
  if (!type.endsWith('json') || type.endsWith('ndjson')) return;
  const json = JSON.parse(text);
  expect(faultsOf(media!.schema, json), text.slice(0, 500)).toBeNull();
  if (status < 400) return;
  expect(type).toBe('application/problem+json');
  expect(json).toMatchObject({ status, type: `/problems/${json.code}` });
  expect(operation.problems[status], 'the code is not in the description').toContain(json.code);
  expect(json.errors.length).toBeLessThanOrEqual(20);
  expect(Buffer.byteLength(text)).toBeLessThan(65_536);
}

async function readBack({ path }: Target, created: Answer): Promise<void> {
  if (path === '/v1/keys') {
    const { items } = (await t.send('GET', path, undefined, { authorization })).json;
    const { key: _secret, ...rest } = created.json;
    expect(items).toContainEqual(rest);
    return;
  }
  const read = await t.send('GET', String(created.headers.location));
  const { warnings: _warnings, possible_duplicates: _duplicates, ...object } = created.json;
  expect([read.status, read.text]).toEqual([200, JSON.stringify(object)]);
  // A merge has no versions.
  if (!path.endsWith('/merges')) expect(read.headers.etag).toBe(created.headers.etag);
}

/** Remembers what came to exist, so that later requests can use it. */
function remember({ status, headers, json }: Answer): void {
  if (json?.next_cursor) pool.cursors.push(json.next_cursor);
  if (status !== 201) return;
  const location = String(headers.location);
  const noun = location.split('/').at(-2)!;
  pool.made[noun] ??= [];
  if (noun === 'merges') pool.made.merges!.push(location);
  else pool.made[noun].push(json.id, ...(json.key && noun !== 'keys' ? [json.key] : []));
}

/** What the register holds at an address, in the form that a PUT takes, with something changed. */
async function echoed(
  url: string,
  changes: Mutation[],
  request: Request,
): Promise<Pick<Request, 'body' | 'raw'>> {
  const { status, json } = await t.send('GET', `${url.split('?', 1)[0]}/input`);
  return status === 200 ? { body: changes.reduce(mutate, json), raw: undefined } : request;
}

const counts = new Map<string, Map<number, number>>();
const succeeded = ({ id }: Target) => [...(counts.get(id)?.keys() ?? [])].some((status) => status < 300);
let writes = 0;
let refusalsChecked = 0;

async function run(target: Target, request: Request): Promise<void> {
  const { id, method, operation } = target;
  const { url, headers, strange, echo } = request;
  const { body, raw } = echo ? await echoed(url, echo, request) : request;
  const watched = method !== 'GET' && ++writes % 10 === 0;
  const before = watched ? await t.fingerprint() : '';
  const answer = await t.send(method, url, raw ?? body, { authorization, ...headers });
  const { status, text } = answer;
  const statuses = counts.get(id) ?? new Map<number, number>();
  counts.set(id, statuses.set(status, (statuses.get(status) ?? 0) + 1));

  expect(status, text).toBeLessThan(500);
  holdToDocument(target, answer);
  if (strange)
    expect(status, 'a parameter that is not in the document was taken').toBeGreaterThanOrEqual(400);
  if (status >= 400) {
    if (!watched) return;
    refusalsChecked++;
    expect((await t.fingerprint()) === before, `refused with ${status}, yet something changed`).toBe(true);
    return;
  }
  const schema = operation.requestBody?.content['application/json']?.schema;
  // A merge patch may hold parts of objects, which no schema of the whole describes.
  if (schema && method !== 'PATCH') {
    expect(faultsOf(schema, body), 'taken, though the document refuses such a body').toBeNull();
  }
  if (status === 201 && !answer.headers['idempotent-replayed']) await readBack(target, answer);
  remember(answer);
  if (method !== 'GET') pool.made.batches!.push(String(answer.headers['x-request-id']));
}

describe.each(Array.from({ length: PASSES }, (_, i) => i + 1))(
  'every operation of the document, pass %i',
  (pass) => {
    it.each(targets)('$id: answers random requests as the document declares', async (target) => {
      const property = fc.asyncProperty(requestOf(target), (request) => run(target, request));
      const numRuns = isPlain(target) ? FEW : runs;
      for (let round = 0; round === 0 || (round < ROUNDS && !succeeded(target)); round++) {
        await fc.assert(property, { seed: SEED + pass + 100 * round, numRuns });
      }
    });
  },
);

it('every operation of the document was reached by random requests, and answered one with success', () => {
  const rows = targets.map(({ id }) => {
    const statuses = [...(counts.get(id) ?? [])].sort(([a], [b]) => a - b);
    return { id, all: statuses.reduce((sum, [, n]) => sum + n, 0), statuses };
  });
  const total = rows.reduce((sum, { all }) => sum + all, 0);
  const lines = rows.map(({ id, all, statuses }) => {
    const each = statuses.map(([status, n]) => `${status}: ${n}`).join(', ');
    return `${id.padEnd(26)} ${String(all).padStart(4)}   ${each}`;
  });
  console.log([...lines, `${total} requests; state compared after ${refusalsChecked} refusals`].join('\n'));
  expect(targets.filter((target) => !succeeded(target)).map(({ id }) => id)).toEqual([]);
  expect(total).toBeGreaterThan(REQUESTS * 0.9);
  expect(refusalsChecked).toBeGreaterThan(REQUESTS / 40);
});
