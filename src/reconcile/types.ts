import type { z } from 'zod';
import type { StoredForm } from '../db/query/references.js';
import { lookUp, type NonEmpty } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { type Party, partyKinds } from '../parties/parties.schemas.js';
import type { Predicate } from '../predicates/predicates.schemas.js';
import type { Source } from '../sources/sources.schemas.js';

/** What clients of the Reconciliation API can look for: all nouns that have a name, and parties by their kind. */

export type PartyKind = (typeof partyKinds)[number];
export type EntityNoun = Extract<ResourceName, 'party' | 'source' | 'predicate'>;
export const entityNouns = ['party', 'source', 'predicate'] as const satisfies EntityNoun[];

/** A stored document; which of these members it has depends on the noun. */
export type EntityView = Partial<
  StoredForm<z.infer<typeof Party>> &
    StoredForm<z.infer<typeof Source>> &
    StoredForm<z.infer<typeof Predicate>>
>;

export interface EntityType {
  id: string;
  name: string;
  description: string;
  broader?: { id: string; name: string }[];
}

const nounTypes: (EntityType & { id: EntityNoun })[] = [
  { id: 'party', name: 'Party', description: 'Anyone who says, denies, or is spoken about' },
  { id: 'source', name: 'Source', description: 'A document or an utterance' },
  { id: 'predicate', name: 'Predicate', description: 'A word of the vocabulary of claims' },
];

const words = (kind: PartyKind) => kind.replace('_', ' ');
const nameOf = (kind: PartyKind) =>
  kind === 'other' ? 'Other party' : words(kind).slice(0, 1).toUpperCase() + words(kind).slice(1);

const kindTypes = partyKinds.map((kind): EntityType & { id: PartyKind } => ({
  id: kind,
  name: nameOf(kind),
  description: `A party of the kind ${words(kind)}`,
  broader: [{ id: 'party', name: 'Party' }],
}));

/** All types, with the general ones first. */
export const entityTypes: readonly EntityType[] = [...nounTypes, ...kindTypes];

/** A query's types as the nouns and the kinds of party that it takes in; an empty list of types is all of them. */
export interface Among {
  nouns: readonly EntityNoun[];
  /** Null for all kinds. */
  kinds: readonly PartyKind[] | null;
}

export function among(types: readonly string[]): Among {
  if (types.length === 0) return { nouns: entityNouns, kinds: null };
  const kinds = partyKinds.filter((kind) => types.includes(kind));
  const nouns = entityNouns.filter((noun) => types.includes(noun) || (noun === 'party' && kinds.length > 0));
  return { nouns, kinds: types.includes('party') || kinds.length === 0 ? null : kinds };
}

const short = ({ id, name }: EntityType) => ({ id, name });
const byId = new Map(entityTypes.map((type) => [type.id, short(type)]));

/** The types of an object, the narrowest first: clients show the first one. */
export function typesOf(noun: EntityNoun, view: { kind?: string }): NonEmpty<{ id: string; name: string }> {
  const general = lookUp(byId, noun);
  const kind = noun === 'party' && view.kind !== undefined ? byId.get(view.kind) : undefined;
  return kind ? [kind, general] : [general];
}
