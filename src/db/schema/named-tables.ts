import { flagged, type Kit, longText, sparse } from './columns.js';
import { document, objectColumns, objectIndexes, objectShape, owned } from './object-tables.js';

/** What claims refer to: keys, parties, sources and predicates. */
export function namedTables(kit: Kit) {
  const { table, text, int, long, bool } = kit;
  const { object, valid } = objectColumns(kit);
  return {
    /** Which object a key names; rows are never deleted, so a key is never reused. */
    reserved_keys: table(
      'reserved_keys',
      { noun: text().notNull(), key: text().notNull(), id: text().notNull(), ...valid },
      { past: true, primaryKey: ['noun', 'key'] },
    ),

    /**
     * Which object went into which other of its noun. `seq` is the number of the version that tells it, the last of the
     * one that went; a merge that was undone has that of the version with which it came back.
     */
    merges: table(
      'merges',
      {
        id: text().primaryKey(),
        noun: text().notNull(),
        object_id: text().notNull(),
        into_id: text().notNull(),
        seq: long().notNull(),
        undone_seq: long(),
        ...valid,
      },
      {
        past: true,
        checks: ["noun IN ('party', 'source', 'claim')"],
        references: document,
        indexes: { object: ['object_id', 'id'], into: ['into_id', 'id'], noun: ['noun', 'id'] },
      },
    ),

    parties: table(
      'parties',
      {
        ...object,
        kind: text().notNull(),
        name: text().notNull(),
        part_of_id: text(),
        independent_voice: bool().notNull(),
        country: text(),
        unnamed: bool().notNull(),
        /** How many an unnamed party stands for. */
        count_min: int(),
        count_max: int(),
      },
      {
        ...objectShape,
        references: { ...document, part_of_id: 'parties' },
        indexes: {
          kind: ['kind', 'id'],
          name: ['name', 'id'],
          part_of: sparse('part_of_id', 'id'),
          country: sparse('country', 'id'),
          unnamed: flagged('unnamed'),
          ...objectIndexes,
        },
      },
    ),
    party_names: table(
      'party_names',
      { party_id: text().notNull(), folded: text().notNull(), ...valid },
      {
        past: true,
        references: { party_id: owned('parties') },
        indexes: { party: ['party_id'], folded: longText('equality', 'folded', 'party_id') },
      },
    ),
    /** What the names of a party have in common with other spellings of them (`parties/names/keys.ts`). */
    party_name_keys: table(
      'party_name_keys',
      { key: text().notNull(), party_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['key', 'party_id'],
        references: { party_id: owned('parties') },
        indexes: { party: ['party_id'] },
      },
    ),
    identifiers: table(
      'identifiers',
      {
        noun: text().notNull(),
        object_id: text().notNull(),
        scheme: text().notNull(),
        value: text().notNull(),
        ...valid,
      },
      {
        past: true,
        indexes: { object: ['object_id'], value: ['noun', 'scheme', 'value', 'object_id'] },
      },
    ),

    sources: table(
      'sources',
      {
        ...object,
        type: text().notNull(),
        title: text().notNull(),
        folded_title: text().notNull(),
        publisher_id: text(),
        part_of_id: text(),
        published_from: int(),
        published_to: int(),
        reporting_from: int(),
        reporting_to: int(),
        language: text(),
        reliability: text(),
        /** What has become of it, since when (EDTF), and the id of the attribution or source behind that. */
        status: text().notNull(),
        status_date: text(),
        status_by: text(),
        /** JSON text: markers of the sources that supersede it. */
        superseded_by: text().notNull(),
      },
      {
        ...objectShape,
        references: { ...document, publisher_id: 'parties', part_of_id: 'sources' },
        indexes: {
          type: ['type', 'id'],
          title: longText('order', 'title', 'id'),
          publisher: sparse('publisher_id', 'id'),
          part_of: sparse('part_of_id', 'id'),
          published: ['published_from', 'id'],
          published_to: sparse('published_to', 'id'),
          language: sparse('language', 'id'),
          reliability: sparse('reliability', 'id'),
          status: ['status', 'id'],
          ...objectIndexes,
        },
      },
    ),
    source_urls: table(
      'source_urls',
      { source_id: text().notNull(), url: text().notNull(), ...valid },
      {
        past: true,
        references: { source_id: owned('sources') },
        indexes: { source: ['source_id'], url: longText('equality', 'url', 'source_id') },
      },
    ),
    source_authors: table(
      'source_authors',
      { source_id: text().notNull(), party_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['source_id', 'party_id'],
        references: { source_id: owned('sources'), party_id: 'parties' },
        indexes: { party: ['party_id', 'source_id'] },
      },
    ),
    source_derivations: table(
      'source_derivations',
      { source_id: text().notNull(), derived_from_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['source_id', 'derived_from_id'],
        references: { source_id: owned('sources'), derived_from_id: 'sources' },
        indexes: { from: ['derived_from_id', 'source_id'] },
      },
    ),

    source_supersessions: table(
      'source_supersessions',
      { source_id: text().notNull(), superseded_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['source_id', 'superseded_id'],
        references: { source_id: owned('sources'), superseded_id: 'sources' },
        indexes: { superseded: ['superseded_id', 'source_id'] },
      },
    ),

    predicates: table(
      'predicates',
      {
        ...object,
        label: text().notNull(),
        value_type: text().notNull(),
        /** In its normal form. */
        unit: text(),
        functional: bool().notNull(),
        measure: text(),
      },
      { ...objectShape, indexes: objectIndexes },
    ),
  };
}
