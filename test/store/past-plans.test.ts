import Database from 'better-sqlite3';
import { afterAll, expect, it, vi } from 'vitest';
import { judgedNouns } from '../../src/judgements/judgements.schemas.js';
import { testApp } from '../support/app.js';
import { openSample } from '../support/engines.js';
import { type ReadOperation, readOperation } from '../support/openapi.js';
import { tellStatistics } from '../support/statistics.js';

/**
 * Every read of the past looks rows up by the indexes that the present has. A view of the past is two tables, and
 * SQLite pushes no condition into one over which it aggregates or which it joins from the left: it reads all of both.
 */

/**
 * The sample is small; statistics tell of so many times as many rows, but for the history: where they are old and tell of
 * fewer versions than rows, SQLite reads all of it for a filter before it looks a page of them up.
 */
const TIMES = 10_000;
/** A day after the sample was recorded. */
const AS_OF = '2026-03-01';
/** The objects that have most around them. */
const OBJECTS: Record<string, string> = {
  parties: 'ttp',
  sources: 'monitoring-team-report-35',
  predicates: 'fighter-strength',
  claims: 'ttp-strength-up-to-6500',
};
const MADE = {
  attributions: { claim: 'ttp-strength-up-to-6500', party: 'ttp', stance: 'denies' },
  relations: { from: 'ttp-strength-up-to-6500', type: 'supports', to: 'ttp-leader-family-stipend' },
  assessments: { claim: 'ttp-strength-up-to-6500', credibility: 2, rationale: 'So it seems.' },
  judgements: { noun: 'party', one: 'ttp', other: 'taliban', judgement: 'not_the_same' },
};
/** What is merged into those objects. */
const MERGED = {
  parties: { kind: 'other', name: 'Another' },
  sources: { type: 'report', title: 'Another' },
  claims: { text: 'Another.' },
};
const merges: Record<string, string> = {};
const QUERIES: Record<string, string> = {
  '/v1/estimates': 'subject=ttp&predicate=fighter-strength',
  '/v1/parties/match': 'name=Haqqani',
  '/v1/search': 'q=fighters',
  '/v1/suggest': 'q=haqq',
};
const DUPLICATES = ['noun=party&of=ttp', ...judgedNouns.map((noun) => `noun=${noun}`)];
/** Tables of few rows: a register has some hundred predicates, and a queue is soon empty. */
const SMALL = /main\.(standing_queue|predicates)/;
/** Rows are counted up to a limit, all of a list or, for facets, what those that are known by a day have. */
const COUNTS =
  /^select (count\(\*\) as n from \(select 1 from "\w+" where true|"\w+"."\w+" as id from "attributions_as_of" join "claims_as_of") .*limit \?/s;

/** Forms of what another form looks up. */
const DRAWN = /\.(svg|dot|mermaid|ris|csl\.json|ndjson)$/;

const prepare = Database.prototype.prepare;
const statements = new Map<string, Database.Database>();
const watched = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
  this: Database.Database,
  text,
) {
  if (text.includes('_as_of') && !COUNTS.test(text)) statements.set(text, this);
  return prepare.call(this, text);
});
afterAll(() => watched.mockRestore());
const register = await openSample('sqlite');
const t = await testApp({ on: register });

interface Step {
  id: number;
  parent: number;
  detail: string;
}

/**
 * The past side of a list of the past, whose present side comes first. SQLite tells of it as of a part of what stands
 * before it, which may be a subquery.
 */
function rightSide(steps: readonly Step[]): number | undefined {
  let open = 0;
  return steps.find(({ detail }) => {
    if (detail.startsWith('MERGE')) open++;
    return detail === 'RIGHT' && --open === 0;
  })?.id;
}

/** The steps that read all of a table, but for those that go along it in order until a page is full. */
function faultsOf(text: string, client: Database.Database): string[] {
  const steps = prepare
    .call(client, `EXPLAIN QUERY PLAN ${text}`)
    .all(Array(text.split('?').length - 1).fill(null)) as Step[];
  const within = (step: Step): string[] => {
    const above = steps.find(({ id }) => id === step.parent);
    return above ? [above.detail, ...within(above)] : [];
  };
  const alongOrder = rightSide(steps);
  return steps
    .filter(
      ({ detail, parent }) => !SMALL.test(detail) && !(parent === alongOrder && detail.includes('INDEX')),
    )
    .filter((step) => {
      if (/^(BLOOM FILTER ON main|MATERIALIZE)/.test(step.detail)) return true;
      const isScan = /^SCAN main/.test(step.detail);
      return (
        isScan &&
        (!step.detail.includes('INDEX') || within(step).some((one) => /CORRELATED|CO-ROUTINE/.test(one)))
      );
    })
    .map(({ detail }) => detail);
}

/** The read, plain and with all that changes what it looks up. */
function urlsOf(path: string, { parameters }: ReadOperation): string[] {
  const noun = path.split('/')[2]!;
  const url = path
    .replace('{id}', OBJECTS[noun] ?? 'made')
    .replace('{version}', '1')
    .replace('{merge_id}', merges[noun] ?? '');
  const named = (name: string) => parameters.find((one) => one.in === 'query' && one.name === name);
  const more = [
    ...(path === '/v1/duplicates' ? DUPLICATES : ['']),
    ...(named('known_by') ? ['known_by=2024-12-31'] : []),
    ...(named('q') && !QUERIES[path] ? ['q=fighters'] : []),
    ...(named('count') ? ['count=exact'] : []),
    ...(path === '/v1/claims' ? ['include=attributions,source,party'] : []),
  ];
  return more.map(
    (query) => `${url}?${[QUERIES[path.split('.')[0]!], query, `as_of=${AS_OF}`].filter(Boolean).join('&')}`,
  );
}

const headers = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
t.setClock(`${AS_OF}T00:00:00.000Z`);
for (const [noun, body] of Object.entries(MADE)) await t.send('PUT', `/v1/${noun}/made`, body, headers);
for (const [noun, body] of Object.entries(MERGED)) {
  await t.send('PUT', `/v1/${noun}/merged`, body, headers);
  const into = { into: OBJECTS[noun] };
  const merge = await t.send('POST', `/v1/${noun}/merged/merges`, into, { ...headers, 'if-match': '*' });
  expect(merge.status, merge.text).toBe(201);
  merges[noun] = merge.json.id;
}
t.setClock('2026-04-01T00:00:00.000Z');

it('no read of the past reads all of a table', async () => {
  await tellStatistics(register, (table) => (table === 'history' ? 1 : TIMES));
  const { json: document } = await t.send('GET', '/openapi.json');
  await t.send('PUT', '/v1/parties/later', { kind: 'other', name: 'Later' });
  // biome-ignore lint/suspicious/noExplicitAny: the document as it was sent
  for (const [path, { get }] of Object.entries<any>(document.paths)) {
    if (!get || DRAWN.test(path)) continue;
    const operation = readOperation(document, get);
    if (!operation.parameters.some(({ name }: { name: string }) => name === 'as_of')) continue;
    for (const url of urlsOf(path, operation)) {
      const { statusCode, body } = await t.app.inject(url);
      expect([url, statusCode, statusCode === 200 ? '' : body]).toEqual([url, 200, '']);
    }
  }
  const faults = [...statements].flatMap(([text, client]) => {
    const steps = faultsOf(text, client);
    return steps.length > 0 ? [{ text, steps }] : [];
  });
  expect(statements.size).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});
