import fc from 'fast-check';
import { FORM_TYPE } from '../../src/http/response/media.js';
import {
  arbitraryOf,
  type Hints,
  junk,
  type Mutation,
  mostly,
  mutate,
  mutation,
  oddText,
  type Schema,
  word,
} from './arbitrary.js';

/** Requests made from an OpenAPI document: what it allows, what it forbids, and what it cannot tell apart. */

interface Media {
  schema: Schema;
}

export interface Operation {
  operationId: string;
  /** Codes of problems by status. */
  problems: Record<string, string[]>;
  parameters?: { in: 'path' | 'query' | 'header'; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

export interface Target {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

export interface Request {
  url: string;
  headers: Record<string, string>;
  /** What is sent as JSON, unless `raw` is sent as it is. */
  body: unknown;
  raw: string | Buffer | undefined;
  /** Whether a parameter is sent that the document does not have. */
  strange: boolean;
  /** For a PUT: to send, in place of the body, what the register holds there, changed in these ways. */
  echo: Mutation[] | undefined;
}

/** What stands in the register, by the path word of its noun. Grows while requests are sent. */
export interface Pool {
  /** Ids and keys of what was there before, and of what was made since. */
  stored: Record<string, string[]>;
  made: Record<string, string[]>;
  cursors: string[];
}

/** Members and filters that name objects. */
const nouns: Record<string, string> = {
  ...all('parties', 'subject', 'about', 'party', 'party_all', 'speaker', 'publisher', 'author', 'authors'),
  ...all('sources', 'source', 'about_source', 'derived_from'),
  ...all('predicates', 'predicate'),
  ...all('claims', 'claim', 'from', 'to'),
  ...all('attributions', 'relays', 'in_reply_to'),
};

function all(noun: string, ...members: string[]): Record<string, string> {
  return Object.fromEntries(members.map((member) => [member, noun]));
}

const lists = ['authors', 'derived_from', 'relays'];
const dates = ['published', 'occurred', 'said', 'date'];
const edtf = fc.constantFrom(
  '2024',
  '2024-02',
  '2024-02-06',
  '2024-07-01/2024-12-13',
  '2022~',
  '2022/..',
  '202X',
  '[2021..2023]',
);
/** fc.webUrl() takes a second of work the first time. */
const address = fc.stringMatching(
  /^https?:\/\/[a-z0-9]{1,12}\.example(:[1-9][0-9]{1,3})?(\/[\w.~-]{0,12}){0,3}(\?[\w=&-]{0,12})?(#\w{0,6})?$/,
);
const newKey = fc.stringMatching(/^[a-z0-9][a-z0-9-]{10,20}$/);
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');
const sometimes = <T>(present: fc.Arbitrary<T>, absent: T, times: number, of: number) =>
  mostly(present, fc.constant(absent), times, of);

/** Before the register began, in its time, and never. */
const INSTANTS = ['2020-01-01', '2026-01-31T10:00:00Z', '2026-01-31', '2999-01-01', '2026-02-30', 'now'];

export function requestsOf(schemas: Record<string, Schema>, pool: Pool) {
  const from = (list: () => string[] | undefined) =>
    fc.nat().map((n) => {
      const names = list() ?? [];
      return names.length === 0 ? 'nothing-yet' : names[n % names.length]!;
    });
  const made = (noun: string) => from(() => pool.made[noun]);
  const existing = (noun: string) =>
    fc.oneof(
      from(() => pool.stored[noun]),
      made(noun),
    );
  const reference = (noun: string) => mostly(existing(noun), newKey);
  const nounOf = (member: string, place: string) =>
    member === 'part_of' ? (/source/i.test(place) ? 'sources' : 'parties') : nouns[member];

  const hintsFor = ({ method, path }: Target): Hints => ({
    always: (component, member) =>
      (component === 'AttributionInput' && member === 'claim') ||
      (component === 'PredicateInput' && member === 'key' && method === 'POST'),
    values(component, member) {
      if (member === 'key') return method === 'POST' ? newKey : sometimes<string | null>(newKey, null, 1, 4);
      if (component === 'InlineAttribution') {
        if (member === 'id') return mostly<string | null>(fc.constant(null), existing('attributions'));
        if (member === 'local_id') return fc.stringMatching(/^[a-z]{3}$/);
        if (member === 'relays') return mostly<string[]>(fc.constant([]), fc.constant(['@none']));
        if (member === 'in_reply_to') return fc.constant(null);
      }
      if (member === 'into') return existing(path.split('/')[2]!);
      if (component === 'ReconcileForm') {
        if (member !== 'queries') return fc.constant(undefined);
        return mostly(
          word.map((query) => JSON.stringify({ q0: { query } })),
          oddText,
        );
      }
      if (component.startsWith('Judgement')) {
        if (member === 'noun') return mostly(fc.constant('party'), fc.constant('source'));
        if (member === 'one' || member === 'other') return reference('parties');
      }
      if (member === 'to_version') return fc.constantFrom(1, 1, 1, 2, 3);
      if (component === 'JsonPatchOperation' && member !== 'op' && member !== 'value') {
        return fc.constantFrom('/name', '/names/-', '/topics/0', '/note', '/__proto__/x', '');
      }
      if (dates.includes(member)) return edtf;
      if (member === 'reporting_period') return fc.constantFrom('2024-07-01/2024-12-13', '2024/..');
      if (member === 'url' || member === 'archived_url') return address;
      const noun = nounOf(member, component);
      if (!noun) return undefined;
      if (lists.includes(member)) {
        return mostly<string[]>(fc.constant([]), fc.array(reference(noun), { maxLength: 2 }), 2, 3);
      }
      // Where a claim and a source exclude each other, claims win most of the time.
      if (member === 'about_source') return sometimes<string | null>(reference(noun), null, 1, 10);
      return reference(noun);
    },
  });

  function pathOf({ path, method }: Target): fc.Arbitrary<string> {
    const isFound = path.startsWith('/reconcile/');
    const noun = isFound ? 'parties' : path.split('/')[2]!;
    const garbage = fc
      .oneof(oddText, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }))
      // A client resolves dots itself, and nothing at all is another path.
      .filter((text) => !/^\.*$/.test(text) && !/\p{Cs}/u.test(text))
      .map(encodeURIComponent);
    const good =
      isFound || path.startsWith('/v1/')
        ? fc.oneof(
            { arbitrary: existing(noun), weight: 7 },
            { arbitrary: made(noun), weight: method === 'GET' ? 1 : 7 },
            { arbitrary: newKey, weight: method === 'PUT' ? 5 : 1 },
            { arbitrary: existing('claims'), weight: 1 },
          )
        : fc.constantFrom('not_found', 'gone', 'internal', 'no_such_code');
    const id = fc.oneof(
      { arbitrary: good, weight: 12 },
      { arbitrary: garbage, weight: 1 },
      { arbitrary: fc.constantFrom('%', '%ff', '%zz', 'match', 'A', 'x'.repeat(600)), weight: 1 },
    );
    // A merge stands below one of the two objects alone.
    if (path.endsWith('/{merge_id}')) {
      const below = from(() => pool.made.merges?.filter((merge) => merge.startsWith(`/v1/${noun}/`)));
      return mostly(
        below,
        id.map((text) => `/v1/${noun}/${text}/merges/${text}`),
        7,
        8,
      );
    }
    const version = fc.constantFrom('1', '1', '1', '2', '0', '01', '99999999999999999999', 'x');
    return fc
      .tuple(id, version)
      .map(([text, number]) => path.replace('{version}', number).replace(/\{\w+\}/, () => text));
  }

  function queryOf(target: Target): fc.Arbitrary<string[]> {
    const parameters = (target.operation.parameters ?? []).filter((one) => one.in === 'query');
    const values = parameters.map(({ name, schema, required }) => {
      const noun = nounOf(name, target.path);
      const good = noun
        ? existing(noun)
        : name === 'cursor'
          ? from(() => pool.cursors)
          : name === 'include'
            ? fc.constantFrom(...(schema.examples as string[]), 'party', 'subject,source')
            : name === 'as_of'
              ? fc.constantFrom(...INSTANTS)
              : arbitraryOf(schemas, schema, hintsFor(target));
      const text = mostly(good.map(String), oddText, 7, 8);
      const sent = text.map((value) => [`${name}=${encodeURIComponent(wellFormed(value))}`]);
      if (required) return mostly(sent, fc.constant<string[]>([]), 15, 16);
      return sometimes(sent, [], 1, parameters.length > 10 ? 16 : 4);
    });
    const more = fc.constantFrom<string[]>(['nix=1'], ['limit=1&limit=2'], ['%zz=1'], ['limit'], ['Q=1']);
    return fc.tuple(...values, sometimes(more, [], 1, 16)).map((each) => each.flat());
  }

  function headersOf({ operation, method }: Target): fc.Arbitrary<Record<string, string>> {
    const values: Record<string, fc.Arbitrary<string>> = {
      'if-match': mostly(
        fc.constant('*'),
        fc.constantFrom('"1-x"', 'W/"2-abc"', '"99-x"', 'garbage', '"'),
        3,
        4,
      ),
      'if-none-match':
        method === 'GET' ? fc.constantFrom('*', '"1-x"', 'W/"x"') : fc.constantFrom('*', '"1"'),
      'idempotency-key': fc.oneof(
        fc.uuid(),
        fc.constantFrom('again', '"again"', 'a b', '"', 'x'.repeat(300)),
      ),
      'accept-datetime': fc.constantFrom(
        'Thu, 01 Aug 2024 10:00:00 GMT',
        'Fri, 01 Jan 2100 10:00:00 GMT',
        'Sat, 30 Feb 2024 10:00:00 GMT',
        'yesterday',
      ),
      'change-reason': fc.constantFrom('corrected', 'r%C3%A9sum%C3%A9', '%', '%00', 'é', 'x'.repeat(2_000)),
    };
    const named = (operation.parameters ?? []).filter((one) => one.in === 'header');
    const sent = named.map(({ name: declared }) => {
      const name = declared.toLowerCase();
      const times = name !== 'if-match' ? 1 : method === 'PUT' ? 3 : 5;
      const pair = values[name]!.map((value) => [[name, value]]);
      return sometimes(pair, [], times, 6);
    });
    const accept = fc.constantFrom('text/csv', 'application/x-ndjson', 'image/png', 'nonsense');
    return fc
      .tuple(fc.tuple(...sent), mostly(fc.constant('*/*'), accept))
      .map(([pairs, accepted]) => ({ accept: accepted, ...Object.fromEntries(pairs.flat()) }));
  }

  type Body = Pick<Request, 'body' | 'raw'> & { type: string | undefined };

  function bodyOf(target: Target): fc.Arbitrary<Body> {
    const content = target.operation.requestBody?.content;
    if (!content) return fc.constant({ body: undefined, raw: undefined, type: undefined });
    const wrongTypes = fc.constantFrom('text/plain', 'application/json; charset=latin1', 'nonsense');
    const type = mostly(fc.constantFrom(...Object.keys(content)), wrongTypes, 24, 25);
    const good = arbitraryOf(schemas, Object.values(content)[0]!.schema, hintsFor(target));
    const spoilt = fc
      .tuple(good, fc.array(mutation, { minLength: 1, maxLength: 2 }))
      .map(([body, mutations]) => mutations.reduce(mutate, body));
    const body = fc.oneof(
      { arbitrary: good, weight: 15 },
      { arbitrary: spoilt, weight: 6 },
      { arbitrary: junk, weight: 1 },
    );
    if (FORM_TYPE in content) {
      return fc.record({ body: fc.constant(undefined), raw: body.map(formOf), type });
    }
    const parsed = fc.record({ body, raw: fc.constant(undefined), type });
    const unread = fc.tuple(
      good.chain((value) => unreadable(JSON.stringify(value))),
      type,
    );
    return mostly<Body>(
      parsed,
      unread.map(([raw, sent]) => ({ body: undefined, raw, type: sent })),
      14,
      15,
    );
  }

  const echoOf = ({ method }: Target): fc.Arbitrary<Mutation[] | undefined> =>
    method === 'PUT'
      ? sometimes(fc.array(mutation, { maxLength: 1 }), undefined, 1, 3)
      : fc.constant(undefined);

  return (target: Target): fc.Arbitrary<Request> =>
    fc
      .tuple(pathOf(target), queryOf(target), headersOf(target), bodyOf(target), echoOf(target))
      .map(([path, query, headers, { type, body, raw }, echo]) => ({
        url: query.length > 0 ? `${path}?${query.join('&')}` : path,
        headers: { ...(type && { 'content-type': type }), ...headers },
        body,
        raw,
        strange: query.some((part) => /^(nix|Q)=|^%zz/.test(part)),
        echo,
      }));
}

/** A body as an HTML form sends it; what has no members is sent as it is. */
const formOf = (body: unknown): string =>
  body !== null && typeof body === 'object' && !Array.isArray(body)
    ? new URLSearchParams(JSON.parse(JSON.stringify(body))).toString()
    : String(body);

/** Bytes that are not one JSON text in UTF-8, or more than one can hold. */
const unreadable = (text: string) =>
  fc.constantFrom<string | Buffer>(
    '',
    text.slice(0, -1),
    `${text} x`,
    `\ufeff${text}`,
    text.replace('{', '{"key":"a","key":"b",'),
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    '{"a":9007199254740993}',
    '['.repeat(5_000),
  );
