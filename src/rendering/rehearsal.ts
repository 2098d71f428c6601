import type { AttributionRow, GraphRows } from '../provenance/graph-rows.js';
import type { ProvenanceTask } from './worker.js';

const SIZE = 2_000;
const LINKS = 30;
const ROUNDS = 60;

const attribution = (i: number): AttributionRow => {
  const [stance, lineage] =
    i % LINKS === 0 ? (['asserts', 'originates'] as const) : (['reports', 'relays'] as const);
  return [`said-${i}`, null, 'outlet', stance, lineage, null, null, null, null, i % LINKS];
};

/** A claim with long chains. */
function longChains(): GraphRows {
  const said = Array.from({ length: SIZE }, (_, i) => i);
  return {
    claims: [JSON.stringify([['claim', null, '', 0]])],
    attributions: [{ about: 'claim', rows: JSON.stringify(said.map(attribution)) }],
    about_sources: [],
    relays: [
      said
        .filter((i) => i % LINKS > 0)
        .flatMap((i) => [i - 1, ...(i > LINKS ? [i - LINKS - 1] : [])].map((to) => `said-${i} said-${to}`))
        .join(),
    ],
    parties: [JSON.stringify([[null, JSON.stringify({ id: 'outlet', key: null, name: 'Outlet' })]])],
    sources: [],
    derivations: [],
  };
}

/** What a worker works out before the first request, so that its code is loaded and compiled by then. */
export function rehearsal(): ProvenanceTask[] {
  const claim = { id: 'claim', key: null, name: 'Something was said.' };
  const task: ProvenanceTask = { kind: 'explanation', claim, rows: longChains() };
  return Array.from({ length: ROUNDS }, () => task);
}
