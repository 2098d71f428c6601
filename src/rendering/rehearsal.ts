import type { ExplanationTask } from '../provenance/explanation-task.js';
import type { AttributionRow, GraphRows } from '../provenance/graph-rows.js';

/** As large as claims get: by the first of them, memory has been made room in as well. */
const LARGEST = 10_000;
const LINKS = 30;

const idOf = (i: number): string => `said-${i}`;

const attribution = (i: number): AttributionRow => {
  const originates = i % LINKS === 0;
  const relayed = originates ? [] : [i - 1, ...(i > LINKS ? [i - LINKS - 1] : [])];
  return [
    ...([idOf(i), null, 'outlet'] as const),
    ...(originates ? (['asserts', 'originates'] as const) : (['reports', 'relays'] as const)),
    ...([null, null, null, null, i % LINKS] as const),
    relayed.length > 0 ? relayed.map(idOf).join() : null,
  ];
};

/** A claim with long chains. */
function longChains(size: number): GraphRows {
  const said = Array.from({ length: size }, (_, i) => attribution(i));
  return {
    claims: [JSON.stringify([['claim', null, '', 0]])],
    attributions: [{ about: 'claim', rows: JSON.stringify(said) }],
    anew: [],
    about_sources: [],
    parties: [JSON.stringify([[null, JSON.stringify({ id: 'outlet', key: null, name: 'Outlet' })]])],
    sources: [],
    derivations: [],
  };
}

/** What a worker works out a few times before the first request, so that its code is compiled by then. */
export const rehearsed = (size = LARGEST): ExplanationTask => ({
  kind: 'explanation',
  rows: longChains(size),
  claim: { id: 'claim', key: null, name: 'Something was said.' },
});
