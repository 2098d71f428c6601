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

/** What conflicts are sorted by, first the kind. */
export interface Severe {
  kind: ConflictKind;
  sides: readonly Pick<Standing, 'support' | 'origins'>[];
}

/**
 * Sorts conflicts by how much they deserve attention: contradictions first, then possible ones. Within a kind, those
 * whose weaker side is supported best come first, then those with the most origins in all.
 */
export function bySeverity(a: Severe, b: Severe): number {
  const rank = ({ kind }: Severe) => kinds.indexOf(kind);
  const weaker = ({ sides }: Severe) =>
    Math.min(...sides.map(({ support }) => supportLevels.indexOf(support)));
  const origins = ({ sides }: Severe) => sides.reduce((sum, side) => sum + side.origins.min, 0);
  return rank(a) - rank(b) || weaker(b) - weaker(a) || origins(b) - origins(a);
}
