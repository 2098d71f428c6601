import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/db/postgres/postgres.js';
import { type TestApp, testApp } from '../support/app.js';
import { PglitePool } from '../support/pglite.js';
import { templatesOf } from '../support/shared.js';

/** What a batch asks PostgreSQL: of all its objects together, since each statement costs the service and the server half a millisecond. */

const OBJECTS = 40;
/** Operations that go with each other are one group; a few more groups come from what refers to others. */
const MOST_TIMES = 12;

const each = (make: (i: number) => object) => Array.from({ length: OBJECTS }, (_, i) => make(i));
const post = (type: string, make: (i: number) => object) =>
  each((i) => ({ method: 'POST', type, body: make(i) }));
const patch = (type: string, key: string, make: (i: number) => object) =>
  each((i) => ({ method: 'PATCH', type, id: `${key}-${i}`, if_match: '*', body: make(i) }));
const put = (type: string, key: string, make: (i: number) => object, if_match: string) =>
  each((i) => ({ method: 'PUT', type, id: `${key}-${i}`, if_match, body: make(i) }));
const organization = (i: number) => ({
  ...{ key: `org-${i}`, kind: 'organization', name: `Committee number ${i} of the north` },
  names: [{ name: `CN${i}`, kind: 'acronym' }],
  ...{ identifiers: [{ scheme: 'wikidata', value: `Q${1000 + i}` }], country: 'AF', part_of: 'hub' },
});
const person = (i: number) => ({
  ...{ key: `person-${i}`, kind: 'person', name: `Person${i} Khan${i}`, family_name: `Khan${i}` },
  ...{ given_name: `Person${i}`, born: '1970' },
});
const source = (i: number) => ({
  ...{ key: `source-${i}`, type: 'article', title: `What was found in valley ${i}`, publisher: 'hub' },
  ...{ url: `https://example.org/a/${i}`, published: '2024-05-06', authors: ['hub'], derived_from: ['root'] },
  identifiers: [{ scheme: 'doi', value: `10.1000/x${i}` }],
});
const said = (i: number) => ({
  party: `org-${i}`,
  stance: 'asserts',
  source: `source-${i}`,
  said: '2024-05-01',
});
const claim = (i: number) => ({
  ...{ key: `claim-${i}`, text: `Valley ${i} had so many fighters.`, subject: 'hub', predicate: 'strength' },
  ...{
    value: { type: 'quantity', value: String(i), unit: 'fighters' },
    occurred: '2024-05',
    topics: ['armed'],
  },
  ...{ participants: [{ party: 'hub', role: 'giver' }], places: [{ name: `Valley ${i}`, iso_3166: 'AF' }] },
  attributions: [
    { ...said(i), local_id: 'a', key: `first-${i}` },
    { party: 'hub', stance: 'reports', relays: ['@a'], key: `relay-${i}` },
  ],
});

describe('a batch on PostgreSQL', () => {
  let t: TestApp;
  let reviewer: Record<string, string>;
  const times = new Map<string, number>();
  beforeAll(async () => {
    const pool = await PglitePool.create((await templatesOf('pglite')).empty);
    const counted = {
      async connect() {
        const connection = await pool.connect();
        return {
          ...connection,
          query(query: Parameters<typeof connection.query>[0], params?: unknown[]) {
            const text = typeof query === 'string' ? query : query.text;
            times.set(text, (times.get(text) ?? 0) + 1);
            return connection.query(query, params);
          },
        };
      },
      end: () => pool.end(),
    };
    const store = await openPostgres(counted);
    t = await testApp({ on: { store, close: () => store.close() } });
    reviewer = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
    await t.send('PUT', '/v1/parties/hub', { kind: 'organization', name: 'Hub' });
    await t.send('PUT', '/v1/parties/other', { kind: 'organization', name: 'Other body' });
    await t.send('PUT', '/v1/sources/root', { type: 'report', title: 'Root' });
    await t.send('PUT', '/v1/predicates/strength', {
      ...{ label: 'strength', value_type: 'quantity', functional: true },
    });
  });
  afterAll(() => t.close());
  beforeEach(() => times.clear());

  /** Statements that were run too often. */
  const often = () => [...times].flatMap(([text, n]) => (n > MOST_TIMES ? `${n} × ${text}` : []));
  /** The names of a hundred parties of a write are compared in any spelling, which is done party by party. */
  const isOfMatching = (statement: string) =>
    /party_name_keys" where|from "party_names" .* limit 25$|from "parties" inner join "history"/s.test(
      statement,
    );

  it.each<[string, object[]]>([
    ['organizations', post('party', organization)],
    ['persons', post('party', person)],
    ['sources', post('source', source)],
    ['claims with attributions', post('claim', claim)],
    [
      'attributions',
      post('attribution', (i) => ({
        ...said((i + 1) % OBJECTS),
        ...{ key: `own-${i}`, claim: 'claim-0', party: `org-${i}` },
      })),
    ],
    [
      'attributions of sources',
      post('attribution', (i) => ({
        ...{ about_source: `source-${i}`, party: 'other' },
        ...{ stance: 'denies', key: `of-${i}` },
      })),
    ],
    [
      'relations',
      post('relation', (i) => ({
        key: `relation-${i}`,
        from: `claim-${i}`,
        type: 'supports',
        to: `claim-${(i + 1) % OBJECTS}`,
      })),
    ],
    [
      'assessments',
      post('assessment', (i) => ({
        key: `assessment-${i}`,
        claim: `claim-${i}`,
        credibility: 3,
        verdict: 'unproven',
      })),
    ],
    [
      'judgements',
      post('judgement', (i) => ({
        key: `judgement-${i}`,
        noun: 'claim',
        one: `claim-${i}`,
        other: `claim-${(i + 1) % OBJECTS}`,
        judgement: 'not_the_same',
      })),
    ],
    ['changes of parties', patch('party', 'org', () => ({ country: 'PK' }))],
    ['other names of parties', patch('party', 'org', (i) => ({ name: `Council ${i} of the south` }))],
    ['changes of persons', patch('party', 'person', () => ({ born: '1971' }))],
    ['changes of sources', patch('source', 'source', () => ({ language: 'en' }))],
    ['changes of claims', patch('claim', 'claim', () => ({ scope: 'All.' }))],
    [
      'other values of claims',
      patch('claim', 'claim', (i) => ({
        value: { type: 'quantity', value: String(i + 500), unit: 'fighters' },
      })),
    ],
    ['changes of attributions', patch('attribution', 'first', () => ({ note: 'Heard.' }))],
    ['changes of relations', patch('relation', 'relation', () => ({ note: 'Seen.' }))],
    ['changes of assessments', patch('assessment', 'assessment', () => ({ rationale: 'Seen.' }))],
    ['changes of judgements', patch('judgement', 'judgement', () => ({ reason: 'Seen.' }))],
    ['claims sent again as they are', put('claim', 'claim', (i) => ({ ...claim(i), scope: 'All.' }), '*')],
    [
      'claims sent again with other attributions',
      put(
        'claim',
        'claim',
        (i) => ({ ...claim(i), attributions: [{ party: 'other', stance: 'denies' }] }),
        '*',
      ),
    ],
    [
      'removals of claims',
      each((i) => ({ method: 'DELETE', type: 'claim', id: `claim-${i}`, if_match: '*' })),
    ],
  ])('%s', async (_, operations) => {
    const { status, text } = await t.send('POST', '/v1/batch', { operations }, reviewer);
    expect(status, text).toBe(200);
    const isOfParties = operations.some((operation) => 'type' in operation && operation.type === 'party');
    expect(often().filter((statement) => !(isOfParties && isOfMatching(statement)))).toEqual([]);
  });
});
