import type { ResourceName } from '../../lib/ids.js';

/** A text of an object that searches look in, and how much a word in it counts. */
export interface Field {
  member: string;
  text: string;
  weight: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a stored document of any noun
type Doc = any;
type Texts = [member: string, text: string | null, weight: number][];

const TITLE = 3;
const NAME = 2;
const PROSE = 1;

const texts: Record<ResourceName, (doc: Doc) => Texts> = {
  party: (doc) => [
    ['name', doc.name, TITLE],
    ...doc.names.map(({ name }: Doc) => ['names', name, TITLE]),
    ['given_name', doc.given_name, NAME],
    ['family_name', doc.family_name, NAME],
    ['description', doc.description, PROSE],
    ['key', doc.key, NAME],
  ],
  source: (doc) => [
    ['title', doc.title, TITLE],
    ['url', doc.url, PROSE],
    ['key', doc.key, NAME],
  ],
  predicate: (doc) => [
    ['label', doc.label, TITLE],
    ['description', doc.description, PROSE],
    ['unit', doc.unit, PROSE],
    ['key', doc.key, NAME],
  ],
  claim: (doc) => [
    ['text', doc.text, TITLE],
    ...doc.places.map(({ name }: Doc) => ['places', name, NAME]),
    ...doc.topics.map((topic: string) => ['topics', topic, NAME]),
    ['value', doc.value.type === 'place' ? doc.value.name : (doc.value.text ?? null), NAME],
    ['value', doc.value.as_stated, NAME],
    ['scope', doc.scope, NAME],
    ['occurred_as_stated', doc.occurred_as_stated, PROSE],
    ['key', doc.key, NAME],
  ],
  attribution: (doc) => [
    ['quote', doc.quote?.exact ?? null, PROSE],
    ['note', doc.note, PROSE],
    ['party_as_stated', doc.party_as_stated, PROSE],
    ['capacity', doc.capacity, PROSE],
  ],
  relation: (doc) => [['note', doc.note, PROSE]],
  assessment: (doc) => [
    ['verdict', doc.verdict, NAME],
    ['rationale', doc.rationale, PROSE],
    ['assessor', doc.assessor, PROSE],
  ],
  judgement: (doc) => [['reason', doc.reason, PROSE]],
};

/** The parts of a stored document that are searched. */
export const fieldsOf = (noun: ResourceName, doc: string): Field[] =>
  texts[noun](JSON.parse(doc)).flatMap(([member, text, weight]) =>
    text === null ? [] : [{ member, text, weight }],
  );
