import type { NonEmpty } from '../../lib/collections.js';
import { parseEdtf } from '../../lib/edtf.js';
import type { Turns } from '../../lib/event-loop.js';
import { type Comparison, compareNames } from './compare.js';
import { readName } from './read-name.js';

/** Whether a party may be the one that somebody looks for, and why. */

export interface Wanted {
  name: string;
  kind?: string | undefined;
  country?: string | undefined;
  /** `scheme:value`. */
  identifier?: string | undefined;
  /** EDTF. */
  born?: string | undefined;
}

export interface KnownParty {
  name: string;
  names: readonly { name: string }[];
  kind: string;
  country: string | null;
  identifiers: readonly { scheme: string; value: string }[];
  born?: string | null;
  unnamed?: boolean;
}

export const reasonCodes = [
  'spelling',
  'sound',
  'alias',
  'acronym',
  'identifier',
  'same_country',
  'same_birth',
  'missing_word',
  'another_word',
  'another_kind',
  'another_country',
  'another_birth',
  'another_identifier',
] as const;

export interface Reason {
  code: (typeof reasonCodes)[number];
  speaks: 'for' | 'against';
  /** In a sentence. */
  detail: string;
}

export interface Judgement {
  /** From 0 to 1. */
  score: number;
  match: boolean;
  reasons: Reason[];
}

/** Years by which sources differ on when somebody was born. */
const BIRTH_TOLERANCE = 1;
/** What a fact that speaks against leaves of a score. */
const CONTRADICTED = 0.6;
const CONFIRMED = 0.02;

const quoted = (text: string) => `“${text}”`;
const listed = (words: readonly string[]) => words.map(quoted).join(', ');

/** Judges parties one after the other. Others go on between two names that are compared: a party may have hundreds. */
export function judgeOf(turns: Turns, wanted: Wanted): (party: KnownParty) => Promise<Judgement> {
  return async (party) => {
    const person = (wanted.kind ?? party.kind) === 'person';
    const homes = [wanted.country ?? null, party.country] as const;
    const read = readName(wanted.name, person);
    const compare = (name: string): Compared => ({
      name,
      comparison: compareNames(read, readName(name, person), person, homes),
    });
    const [first, ...others] = namesOf(party);
    await turns.yield();
    let best = compare(first);
    for (const name of others) {
      await turns.yield();
      const next = compare(name);
      if (rank(next.comparison) > rank(best.comparison)) best = next;
    }
    return judged(wanted, party, best);
  };
}

/** All names of a party, its own first. */
export function namesOf({ name, names }: Pick<KnownParty, 'name' | 'names'>): NonEmpty<string> {
  const others = new Set(names.map((other) => other.name));
  others.delete(name);
  return [name, ...others];
}

/** The name of a party that is most like the wanted one. */
interface Compared {
  name: string;
  comparison: Comparison;
}

function judged(wanted: Wanted, party: KnownParty, { name, comparison }: Compared): Judgement {
  const facts = factsOf(wanted, party);
  const identified = facts.some(({ code }) => code === 'identifier');
  const contradicted = facts.some(({ speaks }) => speaks === 'against');
  const confirmed = facts.filter(({ speaks }) => speaks === 'for').length;
  const base = identified ? 1 : Math.min(1, comparison.score + confirmed * CONFIRMED);
  return {
    score: Math.round(base * (contradicted ? CONTRADICTED : 1) * 1000) / 1000,
    match: (identified || comparison.match) && !contradicted,
    reasons: [...nameReasons(wanted.name, name, name !== party.name, comparison), ...facts],
  };
}

const rank = ({ match, score }: Comparison) => score + (match ? 1 : 0);

/** Below this likeness of names their words are not worth telling. */
const WORTH_TELLING = 0.4;

function nameReasons(wanted: string, name: string, alias: boolean, comparison: Comparison): Reason[] {
  const { by, score, missing } = comparison;
  if (score < WORTH_TELLING) return [];
  const how = {
    spelling: wanted === name ? 'is' : 'has the words of',
    sound: 'sounds like',
    acronym: 'has the initials of, or is the initials of,',
  }[by];
  const reasons: Reason[] = [{ code: by, speaks: 'for', detail: `${quoted(wanted)} ${how} ${quoted(name)}` }];
  if (alias)
    reasons.push({ code: 'alias', speaks: 'for', detail: `${quoted(name)} is another name of the party` });
  const [left, right] = missing;
  if (left.length > 0 && right.length > 0) {
    const detail = `${listed(left)} stands where the party has ${listed(right)}`;
    reasons.push({ code: 'another_word', speaks: 'against', detail });
  } else if (left.length + right.length > 0) {
    const detail =
      left.length > 0 ? `the party’s name lacks ${listed(left)}` : `the name given lacks ${listed(right)}`;
    reasons.push({ code: 'missing_word', speaks: 'against', detail });
  }
  return reasons;
}

const sorts: Record<string, string> = { person: 'person', place: 'place', event: 'event', thing: 'thing' };
/** Bodies are entered under several kinds: an armed group may be an organization, too. */
export const sortOf = (kind: string) => sorts[kind] ?? 'body';

function factsOf(wanted: Wanted, party: KnownParty): Reason[] {
  const facts: Reason[] = [];
  const tell = (speaks: Reason['speaks'], code: Reason['code'], detail: string) =>
    void facts.push({ code, speaks, detail });
  if (wanted.kind !== undefined && sortOf(wanted.kind) !== sortOf(party.kind)) {
    tell('against', 'another_kind', `the party is of the kind ${party.kind}, not ${wanted.kind}`);
  }
  if (wanted.country !== undefined && party.country !== null) {
    if (wanted.country === party.country)
      tell('for', 'same_country', `the party’s country is ${party.country}`);
    else tell('against', 'another_country', `the party’s country is ${party.country}, not ${wanted.country}`);
  }
  if (wanted.born !== undefined && party.born) {
    if (yearsBetween(wanted.born, party.born) === 0)
      tell('for', 'same_birth', `the party was born in ${party.born}`);
    else if (bornApart(wanted.born, party.born)) {
      tell('against', 'another_birth', `the party was born in ${party.born}, not ${wanted.born}`);
    }
  }
  if (wanted.identifier !== undefined) {
    const [scheme, value] = split(wanted.identifier);
    const values = party.identifiers.filter((one) => one.scheme === scheme).map((one) => one.value);
    if (values.includes(value))
      tell('for', 'identifier', `the party has the identifier ${wanted.identifier}`);
    else if (values.length > 0) {
      tell('against', 'another_identifier', `the party’s ${scheme} is ${values[0]}, not ${value}`);
    }
  }
  return facts;
}

const split = (identifier: string): [string, string] => {
  const colon = identifier.indexOf(':');
  return [identifier.slice(0, Math.max(colon, 0)), identifier.slice(colon + 1)];
};

/** Whether two dates of birth, in EDTF, are farther apart than sources differ on that of one person. */
export const bornApart = (a: string, b: string): boolean => yearsBetween(a, b) > BIRTH_TOLERANCE;

/** Whole years between two dates; 0 when they have a day in common. */
function yearsBetween(a: string, b: string): number {
  const [x, y] = [parseEdtf(a), parseEdtf(b)];
  const days = Math.max(x.first - y.last, y.first - x.last, 0);
  return days === 0 ? 0 : days / 365.25;
}
