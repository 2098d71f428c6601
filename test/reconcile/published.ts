import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** Holds a running service to the published JSON schemas of the Reconciliation API, and to their examples. */

/** Of one request, while workers start or are busy. */
const MOST_TRIES = 20;

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The schemas by file name. One of them names a file of another folder for itself. */
function schemasIn(folder: string): (name: string) => ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const files = readdirSync(join(folder, 'schemas'));
  for (const file of files) {
    const { $schema: _, ...schema } = read(join(folder, 'schemas', file));
    // They refer to each other by file name, whatever they call themselves.
    if (file !== 'openapi.json')
      schema.$id = `https://reconciliation-api.github.io/specs/0.2/schemas/${file}`;
    ajv.addSchema(schema);
  }
  return (name) => ajv.getSchema(`https://reconciliation-api.github.io/specs/0.2/schemas/${name}.json`)!;
}

/** An example with types and properties of ours: those of others are refused here. */
function translated(example: unknown): string {
  return JSON.stringify(example, (name, value) => {
    if (name === 'type' && typeof value === 'string') return 'person';
    if (name === 'pid') return 'country';
    return value;
  });
}

const extension = (example: { ids: string[]; properties: { id: string }[] }) =>
  JSON.stringify({ ...example, properties: example.properties.map((one) => ({ ...one, id: 'names' })) });

export async function checkAgainstPublished(
  base: string,
  folder: string,
): Promise<{ checks: number; faults: string[] }> {
  const schemaOf = schemasIn(folder);
  const faults: string[] = [];
  let checks = 0;
  const hold = (what: string, holds: boolean, detail: unknown = '') => {
    checks += 1;
    if (!holds) faults.push(`${what}: ${JSON.stringify(detail)}`);
  };
  const conforms = (what: string, name: string, value: unknown) => {
    const validate = schemaOf(name);
    hold(`${what} against ${name}`, validate(value) === true, validate.errors);
  };
  /** As a client does it: what is told to come later comes later. */
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    for (let tries = 1; ; tries++) {
      const answer = await fetch(base + path, init);
      if (answer.status !== 503 || tries === MOST_TRIES) return answer;
      await setTimeout(1_000 * Number(answer.headers.get('retry-after')));
    }
  };
  // biome-ignore lint/suspicious/noExplicitAny: the schemas tell what it is
  const get = async (path: string): Promise<any> => (await ask(path)).json();
  const post = (name: string, text: string) =>
    ask('/reconcile', { method: 'POST', body: new URLSearchParams({ [name]: text }) });
  const answered = async (name: string, text: string): Promise<unknown> => {
    const answer = await post(name, text);
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
    return answer.json();
  };

  conforms('GET /reconcile', 'manifest', await get('/reconcile'));
  conforms('entities', 'suggest-entities-response', await get('/reconcile/suggest/entities?prefix=t'));
  conforms('types', 'suggest-types-response', await get('/reconcile/suggest/types?prefix=p'));
  conforms('properties', 'suggest-properties-response', await get('/reconcile/suggest/properties?prefix=n'));
  const proposal: { properties: { id: string }[] } = await get('/reconcile/properties?type=source');
  conforms('proposals', 'data-extension-property-proposal', proposal);

  const queries = JSON.stringify({
    a: { query: 'Taliban', limit: 50 },
    b: {
      query: 'Nur Wali Masood',
      type: 'person',
      properties: [{ pid: 'country', v: ['PK', { id: 'AF' }] }],
    },
    c: { query: 'report', type: ['source', 'predicate'], type_strict: 'any' },
  });
  conforms('our queries', 'reconciliation-query-batch', JSON.parse(queries));
  const results = (await answered('queries', queries)) as Record<string, { result: { id: string }[] }>;
  conforms('POST queries', 'reconciliation-result-batch', results);
  const ids = Object.values(results).flatMap(({ result }) => result.map(({ id }) => id));
  const all = { ids, properties: proposal.properties.map(({ id }) => ({ id })) };
  conforms('POST extend', 'data-extension-response', await answered('extend', JSON.stringify(all)));
  const [first] = ids;
  const page = await ask(`/reconcile/entities/${first}`);
  hold('preview', page.ok && page.headers.get('content-type')!.startsWith('text/html'));

  for (const [field, name, answer, ours] of [
    ['queries', 'reconciliation-query-batch', 'reconciliation-result-batch', translated],
    ['extend', 'data-extension-query', 'data-extension-response', extension],
  ] as const) {
    for (const verdict of ['valid', 'invalid']) {
      const path = join(folder, 'examples', name, verdict);
      for (const file of existing(path)) {
        const sent = await post(field, ours(read(join(path, file))));
        const what = `${name}/${verdict}/${basename(file)}`;
        hold(what, verdict === 'valid' ? sent.ok : sent.status === 422, sent.status);
        if (sent.ok) conforms(what, answer, await sent.json());
      }
    }
  }
  return { checks, faults };
}

/** The examples in a folder; there is none for some verdicts. */
function existing(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
