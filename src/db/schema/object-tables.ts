import type { ResourceName } from '../../lib/ids.js';
import type { Kit } from './columns.js';
import type { Tables } from './tables.js';

/** The table of each noun, which is also its word in paths. */
export const tableOf = {
  party: 'parties',
  source: 'sources',
  predicate: 'predicates',
  claim: 'claims',
  attribution: 'attributions',
  relation: 'relations',
  assessment: 'assessments',
  judgement: 'judgements',
} as const satisfies Record<ResourceName, keyof Tables>;

/** What the tables of all objects have in common. */
export function objectColumns({ text, int, long }: Kit) {
  const valid = { valid_from: long().notNull() };
  return {
    /** Since when a row holds as it is. */
    valid,
    object: {
      id: text().primaryKey(),
      key: text(),
      version: int().notNull(),
      created_at: text().notNull(),
      updated_at: text().notNull(),
      seq: long().notNull(),
      /** Number of its entry in the index of words. */
      entry: long().notNull(),
      ...valid,
    },
  };
}

export const document = { seq: { to: 'history', key: 'seq' } };
export const objectIndexes = {
  created: ['created_at', 'id'],
  updated: ['updated_at', 'id'],
  entry: ['entry'],
};
export const objectShape = { past: true, checks: ['version >= 1'], references: document };

/** Rows that belong to an object of this table and are removed with it. */
export const owned = (to: string) => ({ to, cascade: true });
