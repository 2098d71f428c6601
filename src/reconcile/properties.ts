import type { Naming } from '../db/query/references.js';
import { identifierTexts } from '../http/formats/csv.js';
import { countryMeant } from '../lib/countries.js';
import { haveDayInCommon } from '../lib/edtf.js';
import { identifierForm } from '../lib/identifiers.js';
import { fold } from '../lib/text.js';
import { urlForm } from '../lib/url-form.js';
import type { EntityNoun, EntityView } from './types.js';

/** What clients may give along with a name, and ask for of what was found. */

/** A value as answers hold it (data extension, Reconciliation API 0.2). */
export type Cell = { str: string } | { id: string; name: string };

type Value = (view: EntityView, naming: Naming) => Cell[];

/** A value in the form in which two of them are compared; null where it cannot be read. */
type Form = (text: string) => string | null;

export interface Property {
  id: string;
  name: string;
  description: string;
  of: Partial<Record<EntityNoun, Value>>;
  /** Tells whether a value that was given is that of the object; null where the given one cannot be read. */
  isSame: (given: string, own: string) => boolean | null;
  /** Whether two objects of one noun with the same value are one. */
  identifies?: true;
  /** The noun of the objects that are its values; left out where they may be of several, or are texts. */
  refersTo?: EntityNoun;
}

const texts = (...values: unknown[]): Cell[] =>
  values
    .flat()
    .filter((value) => value !== null && value !== undefined)
    .map((value) => ({ str: String(value) }));
const member =
  (name: keyof EntityView): Value =>
  (view) =>
    texts(view[name]);
const entities =
  (name: 'authors' | 'part_of' | 'publisher'): Value =>
  (view, naming) =>
    [view[name]].flat().flatMap((marker) => {
      const reference = naming(marker);
      return reference ? [{ id: reference.id, name: reference.name }] : [];
    });
const identifiers: Value = (view) => texts(identifierTexts(view.identifiers ?? []));

const by =
  (form: Form): Property['isSame'] =>
  (given, own) => {
    const read = form(given);
    return read === null ? null : read === form(own);
  };

function meet(given: string, own: string): boolean | null {
  try {
    return haveDayInCommon(given, own);
  } catch {
    return null;
  }
}

const byIdentifier = by((text) => {
  const colon = text.indexOf(':');
  return colon < 1
    ? null
    : text.slice(0, colon + 1) + identifierForm(text.slice(0, colon), text.slice(colon + 1));
});

const byCountry = by((text) => countryMeant(text) ?? null);
const byAddress = by((text) => (URL.canParse(text) ? urlForm(text) : null));

const property = (
  id: string,
  description: string,
  of: Property['of'],
  more: Partial<Pick<Property, 'isSame' | 'identifies' | 'refersTo'>> = {},
): Property => ({
  id,
  name: id.slice(0, 1).toUpperCase() + id.slice(1).replaceAll('_', ' '),
  description,
  of,
  isSame: by(fold),
  ...more,
});

const everywhere = (value: Value) => ({ party: value, source: value, predicate: value });

export const properties: readonly Property[] = [
  property('key', 'The slug by which people name the object', everywhere(member('key')), {
    identifies: true,
  }),
  property('name', 'The name that is shown; of a source its title', {
    party: member('name'),
    source: member('title'),
    predicate: member('label'),
  }),
  property('names', 'Other names of a party', {
    party: (party) => texts((party.names ?? []).map(({ name }) => name)),
  }),
  property(
    'identifiers',
    'Identifiers elsewhere, as scheme:value',
    { party: identifiers, source: identifiers },
    { isSame: byIdentifier, identifies: true },
  ),
  property('country', 'Country of a party, ISO 3166-1', { party: member('country') }, { isSame: byCountry }),
  property('born', 'When a person was born, EDTF', { party: member('born') }, { isSame: meet }),
  property('kind', 'Kind of a party', { party: member('kind') }),
  property('family_name', 'Family name of a person', { party: member('family_name') }),
  property('given_name', 'Given name of a person', { party: member('given_name') }),
  property('description', 'What the object is', {
    party: member('description'),
    predicate: member('description'),
  }),
  property('part_of', 'The body or the source of which it is a part', {
    party: entities('part_of'),
    source: entities('part_of'),
  }),
  property('type', 'Type of a source', { source: member('type') }),
  property('url', 'Address of a source', { source: member('url') }, { isSame: byAddress, identifies: true }),
  property(
    'archived_url',
    'Address of an archived copy',
    { source: member('archived_url') },
    { isSame: byAddress, identifies: true },
  ),
  property('publisher', 'Publisher of a source', { source: entities('publisher') }, { refersTo: 'party' }),
  property('authors', 'Authors of a source', { source: entities('authors') }, { refersTo: 'party' }),
  property(
    'published',
    'When a source was published, EDTF',
    { source: member('published') },
    { isSame: meet },
  ),
  property('language', 'Language of a source, BCP 47', { source: member('language') }),
  property('reliability', 'Admiralty grade of a source', { source: member('reliability') }),
  property('value_type', 'Type of the values of a predicate', { predicate: member('value_type') }),
  property('unit', 'Unit of the values of a predicate', { predicate: member('unit') }),
  property('measure', 'How values of a predicate are counted', { predicate: member('measure') }),
];

export const propertiesById = new Map(properties.map((one) => [one.id, one]));

/** A property that a client gives along with a name, or in place of one. */
export interface Given {
  property: Property;
  /** As text; an entity by its id and its name. Any of them will do. */
  values: string[];
}

/**
 * What a property that was given says of an object: it has one of the values, others, none, or what was given cannot be read.
 */
export function compareProperty(
  { property, values }: Given,
  noun: EntityNoun,
  view: EntityView,
  naming: Naming,
): 'same' | 'other' | 'none' | 'unreadable' {
  const own = property.of[noun]?.(view, naming).flatMap((cell) => Object.values(cell)) ?? [];
  if (own.length === 0) return 'none';
  const each = values.flatMap((given) => own.map((one) => property.isSame(given, one)));
  if (each.includes(true)) return 'same';
  return each.includes(false) ? 'other' : 'unreadable';
}
