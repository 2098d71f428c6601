import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AssessmentInput } from '../../../../src/assessments/assessments.schemas.js';
import {
  AttributionInput,
  ClaimAttributionInput,
  InlineAttribution,
} from '../../../../src/attributions/attributions.schemas.js';
import { KeyInput } from '../../../../src/auth/auth.schemas.js';
import { BatchInput } from '../../../../src/batch/batch.schemas.js';
import { claimType } from '../../../../src/claims/claim.js';
import { ClaimInput, claimFilters } from '../../../../src/claims/claims.schemas.js';
import { check } from '../../../../src/http/validation/check.js';
import { bare } from '../../../../src/http/validation/schema-place.js';
import { PartyInput, partyFilters } from '../../../../src/parties/parties.schemas.js';
import { PredicateInput } from '../../../../src/predicates/predicates.schemas.js';
import { QueryBatch } from '../../../../src/reconcile/queries.schemas.js';
import { RelationInput } from '../../../../src/relations/relations.schemas.js';
import { pageQueries } from '../../../../src/resources/list.schemas.js';
import { SourceInput } from '../../../../src/sources/sources.schemas.js';

/** What people are told of bodies and queries that are wrong: each fault names the fix, in words of ours. */

/** How zod words its own messages. */
const ZOD =
  /expected|received|^invalid|too (small|big)|unrecognized|[<>]=|undefined|must (match|start|end|include)/i;

const bodies: Record<string, z.ZodType> = {
  ClaimInput,
  InlineAttribution,
  ClaimAttributionInput,
  AttributionInput,
  PartyInput,
  SourceInput,
  PredicateInput,
  RelationInput,
  AssessmentInput,
  KeyInput,
  BatchInput,
};

/** Every place of a schema, with a body that leads there. */
function* places(
  schema: z.ZodType,
  body: (inner: unknown) => unknown,
  path: string,
): Generator<{ path: string; schema: z.ZodType; body: (inner: unknown) => unknown }> {
  yield { path, schema, body };
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    for (const [name, member] of Object.entries(inner.shape)) {
      yield* places(member as z.ZodType, (value) => body({ [name]: value }), `${path}/${name}`);
    }
  } else if (inner instanceof z.ZodArray) {
    yield* places(inner.element as z.ZodType, (value) => body([value]), `${path}/0`);
  } else if (inner instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = inner.def;
    for (const option of inner.options as z.ZodObject[]) {
      const [type] = (option.shape[discriminator] as z.ZodLiteral).values;
      for (const [name, member] of Object.entries(option.shape)) {
        if (name === discriminator) continue;
        const within = (value: unknown) => body({ [discriminator]: type, [name]: value });
        yield* places(member as z.ZodType, within, `${path}(${type})/${name}`);
      }
    }
  }
}

const WRONG: unknown[] = [
  ...[undefined, null, true, 7, 7.5, -1, 1e300, '', ' ', '7', 'yes', 'Sri Lanka', 'x'.repeat(60_000)],
  ...[[], ['y'], ['y', 'z'], [7], [null], {}, { nope: 1 }, { id: 'party_1', key: 'ttp', name: 'TTP' }],
  Array.from({ length: 1_100 }, () => ({})),
];

describe.each(Object.entries(bodies))('%s', (_, schema) => {
  const all = [...places(schema, (inner) => inner, '')];

  it('words every fault of every member itself', () => {
    let faults = 0;
    for (const { path, body } of all) {
      for (const wrong of WRONG) {
        const result = check(schema, body(wrong));
        for (const { detail, code } of result.success ? [] : result.faults) {
          faults++;
          expect(detail, `${path} = ${JSON.stringify(wrong)?.slice(0, 60)}: ${code}`).toMatch(/\w{3}/);
          expect(detail.replaceAll(/"[^"]*"/g, ''), path).not.toMatch(ZOD);
        }
      }
    }
    expect(faults).toBeGreaterThan(all.length);
  });

  it('shows a form that the member takes, wherever it shows one', () => {
    for (const { path, schema: member, body } of all) {
      for (const wrong of WRONG) {
        const result = check(schema, body(wrong));
        const pointer = path.replaceAll(/\(\w+\)/g, '');
        const fault = result.success ? null : result.faults.find((one) => one.pointer === pointer);
        const form = /write (?:[^"{[]*: )?([{["].*)$/s.exec(fault?.detail ?? '')?.[1];
        if (!form || form.includes('…')) continue;
        expect(member.safeParse(JSON.parse(form)).error?.issues ?? [], `${path}: ${form}`).toEqual([]);
      }
    }
  });
});

describe('check', () => {
  const claim = (more: object) => ({ text: 'x', ...more });
  const quantity = (value: unknown) => claim({ value: { type: 'quantity', value } });
  const party = (more: object) => ({ kind: 'person', name: 'P', ...more });
  const source = (more: object) => ({ type: 'report', title: 'R', ...more });
  const said = (more: object) => claim({ attributions: [{ party: 'ttp', stance: 'asserts', ...more }] });

  it.each<[what: string, z.ZodType, unknown, pointer: string, detail: string | RegExp]>([
    ['a number for a decimal', ClaimInput, quantity(96000), '/value/value', /exactly: "96000"$/],
    ['a number for a date', ClaimInput, claim({ occurred: 2024 }), '/occurred', /exactly: "2024"$/],
    [
      'a number for a value',
      ClaimInput,
      claim({ value: 9 }),
      '/value',
      'write {"type":"quantity","value":"9"}',
    ],
    [
      'a text for a value',
      ClaimInput,
      claim({ value: 'ten' }),
      '/value',
      'write {"type":"text","text":"ten"}',
    ],
    ['a name', PartyInput, party({ names: ['y'] }), '/names/0', 'write {"name":"y","kind":"alias"}'],
    ['one name', PartyInput, party({ names: 'y' }), '/names', 'write [{"name":"y","kind":"alias"}]'],
    ['a quote', ClaimInput, said({ quote: 'Yes.' }), '/attributions/0/quote', 'write {"exact":"Yes."}'],
    ['a page', ClaimInput, said({ locator: 12 }), '/attributions/0/locator', /an object, not a number$/],
    [
      'a page in words',
      ClaimInput,
      said({ locator: 'p. 12' }),
      '/attributions/0/locator',
      'write {"page":"p. 12"}',
    ],
    ['one relay', ClaimInput, said({ relays: '@a' }), '/attributions/0/relays', 'write ["@a"]'],
    [
      'an output reference',
      SourceInput,
      source({ publisher: { id: 'party_1', key: 'ttp', name: 'T' } }),
      '/publisher',
      'write "ttp"',
    ],
    ['a list of one', SourceInput, source({ publisher: ['ttp'] }), '/publisher', 'no list here: write "ttp"'],
    [
      'a participant',
      ClaimInput,
      claim({ participants: ['a'] }),
      '/participants/0',
      'write {"party":"a","role":"recipient"}',
    ],
    [
      'an identifier',
      PartyInput,
      party({ identifiers: ['wikidata:Q1'] }),
      '/identifiers/0',
      'write {"scheme":"wikidata","value":"Q1"}',
    ],
    ['a place', ClaimInput, claim({ places: ['Kabul'] }), '/places/0', 'write {"name":"Kabul"}'],
    ['a count', PartyInput, party({ unnamed: true, count: 5 }), '/count', 'write {"min":5}'],
    ['true as text', PartyInput, party({ unnamed: 'true' }), '/unnamed', 'write true'],
    ['a number as text', ClaimInput, claim({ places: [{ lat: '3', lon: 4 }] }), '/places/0/lat', 'write 3'],
    ['aliases', PartyInput, party({ aliases: [] }), '/aliases', 'no such member; did you mean `names`?'],
    [
      'a slip',
      ClaimInput,
      claim({ ocurred: '2024' }),
      '/ocurred',
      'no such member; did you mean `occurred`?',
    ],
    [
      'camel case',
      SourceInput,
      source({ archivedUrl: '' }),
      '/archivedUrl',
      'no such member; did you mean `archived_url`?',
    ],
    ['a computed member', ClaimInput, claim({ standing: {} }), '/standing', /computed/],
    ['no text', ClaimInput, {}, '/text', /^text is missing/],
    [
      'no stance',
      ClaimAttributionInput,
      { party: 'a' },
      '/stance',
      /^stance is missing; write one of asserts/,
    ],
    [
      'another method in a batch',
      BatchInput,
      { operations: [{ method: 'post', type: 'party', body: {} }] },
      '/operations/0/method',
      'did you mean POST? write one of POST, PUT, PATCH, DELETE',
    ],
    [
      'no method in a batch',
      BatchInput,
      { operations: [{ method: null }] },
      '/operations/0/method',
      'method cannot be null; write one of POST, PUT, PATCH, DELETE',
    ],
    ['a number for a name', QueryBatch, { q0: { query: 5 } }, '/q0/query', /^write it in quotes.*: "5"$/],
    ['a text for a number', QueryBatch, { q0: { query: 'x', limit: '3' } }, '/q0/limit', 'write 3'],
    [
      'no type',
      QueryBatch,
      { q0: { query: 'x', type: 'nope' } },
      '/q0/type',
      /^write one of party, source, /,
    ],
    ['null for a name', PartyInput, party({ names: [null] }), '/names/0', 'this cannot be null'],
    ['a text for a body', PartyInput, 'Ann', '', 'the body must be an object, not text'],
    ['half a person', PartyInput, party({ count: { min: 1.5 } }), '/count/min', /a whole number, not 1\.5$/],
    ['less than nobody', PartyInput, party({ count: { min: -1 } }), '/count/min', 'write at least 0'],
    ['a blank date', ClaimInput, claim({ occurred: ' ' }), '/occurred', /^The text is empty; write 2024, /],
    ['a blank number', ClaimInput, quantity(' '), '/value/value', /^The text is empty; write a number/],
    [
      'words for a number',
      ClaimInput,
      quantity('some thousand'),
      '/value/value',
      /^"some thousand" is not a number; /,
    ],
    ['null for a text', ClaimInput, { text: null }, '/text', /^text cannot be null; write it as in "/],
    [
      'null for a flag',
      PartyInput,
      party({ unnamed: null }),
      '/unnamed',
      'unnamed cannot be null; leave it out',
    ],
    [
      'an empty reference',
      SourceInput,
      source({ publisher: '' }),
      '/publisher',
      'this is empty; leave it out, or write null',
    ],
    ['an empty text', ClaimInput, { text: '' }, '/text', 'this is empty; write something'],
    ['UK', PartyInput, party({ country: 'UK' }), '/country', /write GB$/],
    ['a topic in words', ClaimInput, claim({ topics: ['Sri Lanka'] }), '/topics/0', /write `sri-lanka`$/],
    ['a key in words', PartyInput, party({ key: 'Sri Lanka' }), '/key', /write `sri-lanka`$/],
    [
      'a slip in a word',
      PartyInput,
      party({ kind: 'organisation' }),
      '/kind',
      /^did you mean organization\? write one of/,
    ],
    [
      'a slip in a type',
      ClaimInput,
      claim({ value: { type: 'quantitiy' } }),
      '/value/type',
      /^did you mean quantity\?/,
    ],
    ['no type', ClaimInput, claim({ value: { value: '1' } }), '/value/type', /^type must be one of/],
    ['a batch as a list', BatchInput, [{ method: 'DELETE' }, {}], '', 'wrap it: {"operations": […]}'],
    ['a batch of one as a list', BatchInput, [{ method: 'DELETE' }], '', 'wrap it: {"operations": […]}'],
  ])('%s: one fault that shows the fix', (_, schema, body, pointer, detail) => {
    const result = check(schema, body);
    expect(result.success ? [] : result.faults).toEqual([
      {
        pointer,
        code: expect.any(String),
        detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
      },
    ]);
  });

  const places = (schema: z.ZodType, body: unknown) => {
    const result = check(schema, body);
    return result.success ? [] : result.faults.map(({ pointer }) => pointer).sort();
  };

  it.each<[what: string, z.ZodType, unknown, places: string[]]>([
    ['a misspelled member is not missed as well', ClaimInput, { txt: 'x' }, ['/txt']],
    ['a misspelled reference', RelationInput, { from: 'a', typ: 'updates', to: 'b' }, ['/typ']],
    [
      'a rule beside a wrong type',
      ClaimInput,
      claim({ occurred_inherited: true, language: 7, nope: 1, topics: ['a', 'a'] }),
      ['/language', '/nope', '/occurred_inherited', '/topics/1'],
    ],
    [
      'attributions each by themselves',
      ClaimInput,
      claim({ attributions: [{ party: 'a' }, { stance: 'retracts', party: 7 }] }),
      ['/attributions/0/stance', '/attributions/1/in_reply_to', '/attributions/1/party'],
    ],
    [
      'a rule about a member that is wrong itself',
      ClaimInput,
      claim({ occurred_inherited: 'x' }),
      ['/occurred_inherited'],
    ],
    [
      'members of a person, an unknown one and a count',
      PartyInput,
      { kind: 'media', name: 'M', born: '1960', count: { min: 2 }, nope: 1 },
      ['/born', '/count', '/nope'],
    ],
  ])('%s', (_, schema, body, expected) => {
    expect(places(schema, body)).toEqual(expected);
  });
});

const query = {
  noun: claimType,
  filters: { ...claimFilters, ...partyFilters },
  sorts: { id: 'id' },
  includes: ['party'],
};
const lists = Object.entries(pageQueries(query).query.shape);
describe.each(lists)('the parameter %s', (name, schema) => {
  it('words every fault itself', () => {
    for (const wrong of ['', ' ', ',', 'no_such', 'x'.repeat(3_000), '-1', '1e9', 'Ünïcode', '0', 'a,,b']) {
      const result = check(z.strictObject({ [name]: schema as z.ZodType }), { [name]: wrong }, 'parameter');
      for (const { detail } of result.success ? [] : result.faults) {
        expect(detail).toMatch(/\w{3}/);
        expect(detail.replaceAll(/"[^"]*"/g, '')).not.toMatch(ZOD);
      }
    }
  });
});

it('check: a parameter that there is not', () => {
  const result = check(pageQueries(query).query, { partie: 'x', sujet: 'y' }, 'parameter');
  expect(
    result.success ? [] : result.faults.map(({ parameter, detail }) => `${parameter}: ${detail}`),
  ).toEqual([
    'partie: no such parameter; did you mean `party`?',
    'sujet: no such parameter; did you mean `subject`?',
  ]);
});
