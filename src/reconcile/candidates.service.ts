import type { Reader, Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { compared, partiesAlike } from '../parties/match.service.js';
import { sortOf } from '../parties/names/judge.js';
import { candidatesAlike } from '../resources/alike-texts.js';
import { othersIdentified } from '../resources/identifiers.store.js';
import { wordsOf } from '../search/words/split.js';
import { othersAt } from '../sources/sources.store.js';
import { type Candidate, compareTitle, type Found, ranked, withProperties } from './candidates.js';
import { type Entity, entitiesFrom, entitiesNamed, entitiesOf, nounOfId } from './entities.service.js';
import { partyFacts } from './party-facts.js';
import type { Given } from './properties.js';
import type { Among, EntityNoun } from './types.js';

export interface Query {
  /** Null where properties alone tell what is meant. */
  text: string | null;
  among: Among;
  given: readonly Given[];
  /** Candidates that are wanted. */
  limit: number;
}

/** The longest name of each noun; a longer text names none. */
const LONGEST: Record<EntityNoun, number> = { party: 500, source: 2_000, predicate: 200 };
/** Values of one property by which objects are looked up. */
const MOST_LOOKED_UP = 5;
/** Parties that are compared in full and then ranked. */
const MOST_PARTIES = 50;

/** The objects that a query may mean, the likeliest first. */
export async function candidatesFor(reader: Reader, query: Query): Promise<Candidate[]> {
  const { text, among, given, limit } = query;
  const named = text === null ? [] : await reader.read((tx) => entitiesNamed(tx, among.nouns, text));
  const found = named.map((entity) => withProperties(isIt(entity), given));
  // A query for an id asks for nothing else.
  if (found.length === 0 || (text !== null && nounOfId(text) === 'predicate')) {
    found.push(...(await titledOrIdentified(reader, query)), ...(await partiesNamed(reader, query)));
  }
  return ranked(
    found.filter(({ entity }) => isAmong(entity, among)),
    limit,
  );
}

const isIt = (entity: Entity): Found => ({ entity, likeness: 1, match: true, features: ['id'] });

/** Bodies are entered under several kinds: an armed group may be an organization, too. */
const isAmong = ({ view: { kind } }: Entity, { kinds }: Among): boolean =>
  kind === undefined || kinds === null || kinds.some((one) => sortOf(one) === sortOf(kind));

/** Objects that have the words of the text for their title, or an address or identifier that was given. */
async function titledOrIdentified(reader: Reader, { text, among, given }: Query): Promise<Found[]> {
  const entities = await reader.read(async (tx) => {
    const all: Entity[] = [];
    for (const noun of among.nouns) {
      const ids = await identified(tx, noun, given);
      if (isTitle(noun, text)) ids.push(...(await candidatesAlike(tx, noun, wordsOf(text))));
      all.push(...(await entitiesOf(tx, noun, ids)));
    }
    return all;
  });
  return entities.map((entity) => {
    const found = isTitle(entity.noun, text) ? compareTitle(text, entity) : byNothing(entity);
    return withProperties(found, given);
  });
}

const isTitle = (noun: EntityNoun, text: string | null): text is string =>
  noun !== 'party' && text !== null && text.length <= LONGEST[noun];

const byNothing = (entity: Entity): Found => ({ entity, likeness: 0, match: false, features: [] });

/** The ids of objects with an identifier or an address that was given. */
async function identified(tx: Tx, noun: EntityNoun, given: readonly Given[]): Promise<string[]> {
  const ids: string[] = [];
  if (noun === 'predicate') return ids;
  const valuesOf = (id: string) =>
    given.flatMap(({ property, values }) => (property.id === id ? values : [])).slice(0, MOST_LOOKED_UP);
  for (const value of valuesOf('identifiers')) {
    const [, scheme, rest] = /^([^:]+):(.+)$/s.exec(value) ?? [];
    if (scheme && rest) ids.push(...(await othersIdentified(tx, noun, { scheme, value: rest }, '')));
  }
  if (noun !== 'source') return ids;
  for (const address of [...valuesOf('url'), ...valuesOf('archived_url')]) {
    if (URL.canParse(address)) ids.push(...(await othersAt(tx, address, '')));
  }
  return ids;
}

/** Parties of the name, in any spelling. Of those without a name each stands for one mention, so none is meant. */
async function partiesNamed(reader: Reader, { text, among, given }: Query): Promise<Found[]> {
  if (text === null || text.length > LONGEST.party || !among.nouns.includes('party')) return [];
  const { facts, rest } = partyFacts(given);
  const kind = among.kinds?.length === 1 ? among.kinds[0] : undefined;
  const wanted = { name: text, kind, ...facts };
  const { entities, matches } = await reader.read(async (tx) => {
    const named = (await partiesAlike(tx, wanted)).filter(({ party }) => !party.unnamed);
    const entities = await entitiesFrom(tx, 'party', named);
    return { entities, matches: await compared(tx, wanted, named, MOST_PARTIES) };
  });
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  return matches.map(({ party, score, match, reasons }) =>
    withProperties(
      {
        entity: lookUp(byId, party.id),
        likeness: score,
        match,
        features: reasons.map(({ code }) => code),
      },
      rest,
    ),
  );
}
