import { z } from 'zod';
import { nearest } from '../../lib/nearest.js';
import { rightForm } from './right-form.js';
import { bare, type SchemaPlace } from './schema-place.js';

/** What is said of a fault that the schema library found: what is wrong, and what to write instead. */

const MAX_SHOWN = 200;

const shown = (form: unknown): string | null => {
  const text = JSON.stringify(form);
  return text.length <= MAX_SHOWN ? text : null;
};

/** An array in its place within an object: its content is not repeated. */
function shownForm(form: unknown, input: unknown): string | null {
  const name = Object.entries(Object(form)).find(([, member]) => member === input)?.[0];
  return Array.isArray(input) && name !== undefined ? `{"${name}": […]}` : shown(form);
}

const kinds: Record<string, string> = {
  string: 'text',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  null: 'null',
};

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (input === null) return 'null';
  const name = typeof input;
  if (name === 'number' && !Number.isInteger(input)) return String(input);
  return name === 'object' ? 'an object' : name === 'string' ? 'text' : `a ${name}`;
}

const quoted = (values: readonly unknown[]): string => values.map(String).join(', ');

/** The sentence for an issue at a place; `name` is the member or parameter. */
export function issueText(issue: z.core.$ZodIssue, place: SchemaPlace, name: string): string {
  const { declared, input } = place;
  const options = issue.code === 'invalid_union' ? optionsOf(issue, place.schema) : undefined;
  if (input === undefined) return `${titleOf(name, 'the body')} is missing${howTo(place, options)}`;
  if (input === null) return `${titleOf(name, 'this')} cannot be null${howTo(place, options)}`;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue, place, name);
    case 'invalid_value':
      return otherValue(issue.values, input);
    case 'too_small':
      return tooSmall(issue, declared);
    case 'too_big':
      return `write at most ${issue.maximum}${unit(issue.origin, Number(issue.maximum))}`;
    case 'not_multiple_of':
      return `write a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return options ? otherValue(options, input) : 'this fits none of the forms that are possible here';
    case 'invalid_key':
      return 'a name in this object cannot be used';
    case 'invalid_element':
      return 'an element of this list cannot be used';
    default:
      return withExample('this is not in the form that is needed here', place.schema);
  }
}

/** The values by which the forms that are possible at a place are told apart. */
function optionsOf(issue: z.core.$ZodIssueInvalidUnion, schema: z.ZodType): readonly unknown[] | undefined {
  if ('options' in issue) return issue.options as unknown[];
  const forms = schema instanceof z.ZodUnion ? (schema.options as readonly z.ZodType[]) : [];
  const values = forms.flatMap((form) => choices(bare(form)));
  return values.length > 0 ? values : undefined;
}

const choices = (schema: z.ZodType): readonly unknown[] =>
  schema instanceof z.ZodEnum ? schema.options : schema instanceof z.ZodLiteral ? [...schema.values] : [];

/** A member by its name; the items of a list have none. */
const titleOf = (name: string, otherwise: string): string =>
  name === '' || /^\d+$/.test(name) ? otherwise : name;

/** What to write where nothing, or null, was sent. */
function howTo({ schema, declared }: SchemaPlace, options?: readonly unknown[]): string {
  if (options === undefined && declared.safeParse(undefined).success) return '; leave it out';
  const values = options ?? choices(bare(declared));
  if (values.length > 0) return `; write ${values.length > 1 ? 'one of ' : ''}${quoted(values)}`;
  return withExample('', schema);
}

function withExample(text: string, schema: z.ZodType): string {
  const example = (schema.meta()?.examples as unknown[] | undefined)?.[0];
  return example === undefined ? text : `${text}; write it as in ${JSON.stringify(example)}`;
}

function wrongType(
  issue: z.core.$ZodIssueInvalidType,
  { declared, schema, input }: SchemaPlace,
  name: string,
): string {
  // What a whole body was meant to be cannot be told from a text or a number.
  const form = name === '' && !Array.isArray(input) ? null : rightForm(declared, input);
  const right = form === null ? null : shownForm(form, input);
  if (right !== null && Array.isArray(input)) {
    const wrapped = Object.values(Object(form)).includes(input);
    return wrapped ? `wrap it: ${right}` : `no list here: write ${right}`;
  }
  if (right !== null && typeof input === 'number' && typeof form === 'string') {
    return `write it in quotes, so that it is kept exactly: ${right}`;
  }
  if (right !== null) return `write ${right}`;
  const expected = kinds[issue.expected] ?? 'another form';
  const what = name === '' ? 'the body' : 'this';
  return withExample(`${what} must be ${expected}, not ${kindOf(input)}`, schema);
}

function otherValue(values: readonly unknown[], input: unknown): string {
  const near = typeof input === 'string' && values.length > 1 ? nearest(input, values.map(String)) : null;
  const meant = near === null ? '' : `did you mean ${near}? `;
  return `${meant}write ${values.length > 1 ? 'one of ' : ''}${quoted(values)}`;
}

const unit = (origin: string, count: number): string => {
  if (origin === 'string') return count === 1 ? ' character' : ' characters';
  return origin === 'array' ? (count === 1 ? ' element' : ' elements') : '';
};

function tooSmall(issue: z.core.$ZodIssueTooSmall, declared: z.ZodType): string {
  const { origin, minimum } = issue;
  if (origin === 'string' && Number(minimum) === 1) {
    const optional = declared.safeParse(null).success;
    return optional ? 'this is empty; leave it out, or write null' : 'this is empty; write something';
  }
  return `write at least ${minimum}${unit(origin, Number(minimum))}`;
}

/** Names that people give to members which we call otherwise; the first that there is, is meant. */
const SYNONYMS = new Map<string, readonly string[]>(
  Object.entries({
    aliases: ['names'],
    alias: ['names'],
    aka: ['names'],
    other_names: ['names'],
    name: ['title', 'label', 'name'],
    title: ['name', 'label', 'text'],
    link: ['url'],
    uri: ['url'],
    href: ['url'],
    website: ['url'],
    address: ['url'],
    archive: ['archived_url'],
    type: ['kind'],
    kind: ['type', 'stance'],
    date: ['occurred', 'said', 'published', 'assessed_at'],
    when: ['occurred', 'said', 'published'],
    published_at: ['published'],
    accessed: ['retrieved_at'],
    access_date: ['retrieved_at'],
    author: ['authors'],
    by: ['party', 'authors', 'assessor'],
    who: ['party'],
    actor: ['party'],
    statement: ['text'],
    claim_text: ['text'],
    description: ['text', 'note', 'rationale'],
    comment: ['note', 'rationale'],
    tags: ['topics'],
    tag: ['topic'],
    location: ['places', 'place'],
    parent: ['part_of'],
    member_of: ['part_of'],
    citation: ['source'],
    document: ['source'],
    quotation: ['quote'],
    reply_to: ['in_reply_to'],
    object: ['value'],
    nationality: ['country'],
    search: ['q'],
    query: ['q'],
    since: ['updated_from', 'recorded_from', 'since'],
    order: ['sort'],
    order_by: ['sort'],
    page_size: ['limit'],
    per_page: ['limit'],
  }),
);

/** What is said of a member or parameter that there is not. */
export function unknownText(name: string, known: readonly string[], what: 'member' | 'parameter'): string {
  const meant = likelyName(name, known);
  const all =
    known.length === 0 || known.length > 12
      ? '; leave it out'
      : `; there ${known.length > 1 ? 'are' : 'is'} ${known.join(', ')}`;
  return `no such ${what}${meant === null ? all : `; did you mean \`${meant}\`?`}`;
}

/** The known name that an unknown one most likely stands for. */
export function likelyName(name: string, known: readonly string[]): string | null {
  const synonym = (SYNONYMS.get(name.toLowerCase()) ?? []).find((other) => known.includes(other));
  return synonym ?? nearest(name, known);
}
