import { supportLevels } from '../load/stored-standing.js';
import type { Standing } from '../standing/standing.js';
import type { ConflictKind } from './conflicts.js';

const kinds: readonly ConflictKind[] = [
  'contradiction',
  'unknown_time',
  'overlapping',
  'different_scope',
  'different_time',
];

/** What the order by severity goes by, first the kind. */
export interface Severe {
  kind: ConflictKind;
  sides: readonly Pick<Standing, 'support' | 'origins'>[];
}

/**
 * Orders conflicts by how much they ask for somebody to look: contradictions first, then what may be one; among
 * these, those of which the weaker side is supported best, and those with the most origins in all.
 */
export function bySeverity(a: Severe, b: Severe): number {
  const rank = ({ kind }: Severe) => kinds.indexOf(kind);
  const weaker = ({ sides }: Severe) =>
    Math.min(...sides.map(({ support }) => supportLevels.indexOf(support)));
  const origins = ({ sides }: Severe) => sides.reduce((sum, side) => sum + side.origins.min, 0);
  return rank(a) - rank(b) || weaker(b) - weaker(a) || origins(b) - origins(a);
}
