import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { atMost } from '../db/query/conditions.js';
import { narrowedBy } from '../db/query/narrowing.js';
import { preparedForEach } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { identifierForm } from '../lib/identifiers.js';
import type { ResourceName } from '../lib/ids.js';

/** Most objects that are compared with one as possible duplicates. */
export const MOST_ALIKE = 20;

/** The condition that an object has one of these identifiers, given as `scheme:value`. */
export async function hasIdentifier(
  tx: Tx,
  noun: ResourceName,
  id: SQLiteColumn,
  given: string[] | undefined,
): Promise<SQL | undefined> {
  if (given === undefined) return undefined;
  const { identifiers: t } = tx.tables;
  const each = given.map((identifier) => {
    const colon = identifier.indexOf(':');
    const scheme = identifier.slice(0, colon);
    return and(eq(t.scheme, scheme), eq(t.value, identifierForm(scheme, identifier.slice(colon + 1))));
  });
  return narrowedBy(tx, id, t, t.object_id, and(eq(t.noun, noun), or(...each)));
}

const sharers = preparedForEach(({ db, tables: { identifiers: t } }) =>
  db
    .selectDistinct({ id: t.object_id })
    .from(t)
    .where(
      and(
        eq(t.noun, sql.placeholder('noun')),
        eq(t.scheme, sql.placeholder('scheme')),
        eq(t.value, sql.placeholder('value')),
        ne(t.object_id, sql.placeholder('except')),
      ),
    )
    .orderBy(t.object_id)
    .limit(atMost(MOST_ALIKE)),
);

/** Some other objects of the noun with this identifier. */
export async function othersIdentified(
  tx: Tx,
  noun: ResourceName,
  identifier: Identifier,
  except: string,
): Promise<string[]> {
  const rows = await sharers.run(tx, null, askedOf(noun, identifier, except));
  return rows.map(({ id }) => id);
}

/** Looks up at once what {@link othersIdentified} needs for several objects. */
export const foreseeIdentified = (
  tx: Tx,
  noun: ResourceName,
  all: readonly { id: string; identifiers: readonly Identifier[] }[],
): Promise<void> =>
  sharers.foresee(
    tx,
    null,
    all.flatMap(({ id, identifiers }) => identifiers.map((identifier) => askedOf(noun, identifier, id))),
  );

interface Identifier {
  scheme: string;
  value: string;
}

const askedOf = (noun: ResourceName, { scheme, value }: Identifier, except: string) => ({
  ...{ noun, scheme, value: identifierForm(scheme, value), except },
});
