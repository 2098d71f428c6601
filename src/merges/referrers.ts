import type { Mergeable } from '../lib/ids.js';
import type { Referrer } from '../resources/resource-type.js';

/** The columns in which others refer to an object. What belongs to a claim goes along when that is removed, but is merged. */
export type ReferringColumn = Pick<Referrer, 'noun' | 'table' | 'column' | 'from'>;

const ofClaims: readonly ReferringColumn[] = [
  { noun: 'attribution', table: 'attributions', column: 'claim_id', from: 'id' },
  { noun: 'relation', table: 'relations', column: 'from_id', from: 'id' },
  { noun: 'relation', table: 'relations', column: 'to_id', from: 'id' },
  { noun: 'assessment', table: 'assessments', column: 'claim_id', from: 'id' },
];

/** Judgements of an object and a third one hold for the one that stands for it. */
const ofPairs: readonly ReferringColumn[] = [
  { noun: 'judgement', table: 'judgements', column: 'one_id', from: 'id' },
  { noun: 'judgement', table: 'judgements', column: 'other_id', from: 'id' },
];

export const columnsReferringTo = (
  noun: Mergeable,
  referrers: readonly Referrer[],
): readonly ReferringColumn[] => [...(noun === 'claim' ? ofClaims : referrers), ...ofPairs];
