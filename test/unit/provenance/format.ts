import type { Standing } from '../../../src/provenance/standing/standing.js';

/** A standing in short: support, origins from min to max (`*` without limit), who says what, and the rest. */
export function short(standing: Standing, unnamedOnly = false): string {
  const { support, origins, asserting, reporting, denying } = standing;
  const flags = [
    standing.circular_reporting && 'circular',
    standing.contested && 'contested',
    standing.self_denied && 'self_denied',
    standing.retracted && 'retracted',
    unnamedOnly && 'unnamed_only',
    standing.blanket_denials > 0 && `blanket:${standing.blanket_denials}`,
  ].filter(Boolean);
  const numbers = `${origins.min}-${origins.max ?? '*'} ${asserting}/${reporting}/${denying}`;
  return [support, numbers, ...flags].join(' ');
}
