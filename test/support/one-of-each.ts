import { expect } from 'vitest';
import type { TestApp } from './app.js';
import { readOperation } from './openapi.js';

/** An object of each noun, with a body that PUT would take, and every address of the document led to one. */

interface One {
  plural: string;
  name: string;
  key: string;
  body: object;
}

export const nouns: One[] = [
  { plural: 'parties', name: 'party', key: 'ttp', body: { kind: 'armed_group', name: 'TTP' } },
  { plural: 'sources', name: 'source', key: 'report-35', body: { type: 'report', title: '35th report' } },
  {
    ...{ plural: 'predicates', name: 'predicate', key: 'strength' },
    body: { label: 'strength', value_type: 'quantity' },
  },
  {
    ...{ plural: 'claims', name: 'claim', key: 'ttp-strength' },
    body: { text: 'The TTP has 10,000 fighters.', subject: 'ttp' },
  },
  {
    ...{ plural: 'attributions', name: 'attribution', key: 'denial' },
    body: { about_source: 'report-35', party: 'ttp', stance: 'denies' },
  },
  {
    ...{ plural: 'relations', name: 'relation', key: 'update' },
    body: { from: 'ttp-strength', type: 'updates', to: 'ttp-strength-before' },
  },
  {
    ...{ plural: 'assessments', name: 'assessment', key: 'grade' },
    body: { claim: 'ttp-strength', credibility: 3 },
  },
  {
    ...{ plural: 'judgements', name: 'judgement', key: 'two-claims' },
    body: { noun: 'claim', one: 'ttp-strength', other: 'ttp-strength-before', judgement: 'not_the_same' },
  },
];

const mergeable = ['parties', 'sources', 'claims'];

export interface DocumentedOperation {
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    schema: { $ref?: string; examples?: string[] };
  }[];
  requestBody?: { content: Record<string, { example?: object }> };
}

export interface DocumentedRoute {
  path: string;
  /** An address of something that exists, without and with the parameters that a read needs. */
  bare: string;
  url: string;
  operations: Record<string, DocumentedOperation>;
}

/** What a read needs, unless a cursor has it. */
const unlessBehindCursor: Record<string, string> = { '/v1/search': 'q', '/v1/duplicates': 'noun' };

/** Fills an empty register with one of each; gives the headers of a key that may do all, and the routes. */
export async function oneOfEach(
  t: TestApp,
): Promise<{ admin: Record<string, string>; routes: DocumentedRoute[] }> {
  const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };
  const put = async (path: string, body: object) => {
    const made = await t.send('PUT', path, body, admin);
    expect(made.status, made.text).toBe(201);
  };
  await put('/v1/claims/ttp-strength-before', { text: 'The TTP has 6,500 fighters.' });
  // The predicate that the document names as an example.
  await put('/v1/predicates/fighter-strength', { label: 'fighter strength', value_type: 'quantity' });
  for (const { plural, key, body } of nouns) await put(`/v1/${plural}/${key}`, body);
  const merges: Record<string, string> = {};
  for (const { plural, key, body } of nouns.filter(({ plural }) => mergeable.includes(plural))) {
    await put(`/v1/${plural}/merged`, body);
    const headers = { ...admin, 'if-match': '*' };
    const { status, json, text } = await t.send(
      'POST',
      `/v1/${plural}/merged/merges`,
      { into: key },
      headers,
    );
    expect(status, text).toBe(201);
    merges[plural] = json.id;
  }
  const [last] = (await t.send('GET', '/v1/assessments/grade/history', undefined, admin)).json.items;
  const made = last.request_id as string;

  const document = (await t.send('GET', '/openapi.json')).json;
  const [key] = (await t.send('GET', '/v1/keys', undefined, admin)).json.items;
  // A set of words has the example itself.
  const exampleOf = ({ $ref, examples }: { $ref?: string; examples?: string[] }): string =>
    (examples ?? document.components.schemas[$ref!.split('/').at(-1)!].examples)[0];
  const keyOf = Object.fromEntries(nouns.map((noun) => [noun.plural, noun.key]));
  const routes = Object.entries<Record<string, DocumentedOperation>>(document.paths).map(
    ([path, methods]) => {
      const operations = Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [method, readOperation(document, operation)]),
      );
      const needed = (operations.get?.parameters ?? []).filter(
        (each) => each.in === 'query' && (each.required || unlessBehindCursor[path] === each.name),
      );
      const query = needed.map(({ name, schema }) => `${name}=${encodeURIComponent(exampleOf(schema))}`);
      const id = path.startsWith('/reconcile/') ? 'fighter-strength' : (keyOf[path.split('/')[2]!] ?? key.id);
      const bare = path
        .replace('{code}', 'gone')
        .replace('{version}', '1')
        .replace('{id}', id)
        .replace('{merge_id}', merges[path.split('/')[2]!] ?? '')
        .replace('{request_id}', made);
      return { path, bare, url: query.length > 0 ? `${bare}?${query.join('&')}` : bare, operations };
    },
  );
  return { admin, routes };
}

/** A `POST` of these reads: it asks more than an address holds. */
export const postedReads = ['/v1/parties/match', '/reconcile'];

/** The routes that write, each with a body as the document shows it and the headers that it takes. */
export const writesOf = (routes: DocumentedRoute[]) =>
  routes.flatMap(({ path, bare, operations }) =>
    Object.entries(operations)
      .filter(([method]) => method !== 'get' && !postedReads.includes(path))
      .map(([method, { requestBody, parameters = [] }]) => {
        const [[type, media] = []] = Object.entries(requestBody?.content ?? {});
        const takes = parameters.filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase());
        return {
          method: method.toUpperCase(),
          path,
          bare,
          type,
          sent: media && (media.example ?? {}),
          takes,
        };
      }),
  );
