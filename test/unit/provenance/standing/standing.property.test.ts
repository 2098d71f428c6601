import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../../src/provenance/explanation/explain.js';
import type { ClaimGraph } from '../../../../src/provenance/graph/graph.js';
import { analyse, supports } from '../../../../src/provenance/standing/origins.js';
import { computeStanding } from '../../../../src/provenance/standing/standing.js';
import { effort } from '../../../support/effort.js';
import { claims } from '../random.js';
import { slowStanding } from '../reference-model.js';

const RUNS = { numRuns: effort(300, 1_500) };

function quick(graph: ClaimGraph) {
  const { analysis, tally, standing } = computeStanding(graph);
  const ids = graph.attributions.map(({ id }) => id);
  return {
    ends: analysis.ends.map(({ at }) => ids[at]),
    supporting: ids.filter((_, i) => supports(analysis, i)),
    min: standing.origins.min,
    max: standing.origins.max,
    circular: standing.circular_reporting,
    support: standing.support,
    unnamedOnly: tally.unnamedOnly,
  };
}

describe.each([
  ['may', true],
  ['do not', false],
])('weigh, explain: random claims that %s relay in circles', (_, cyclic) => {
  test('the standing is the one that a walk along every path finds', () => {
    fc.assert(
      fc.property(claims(cyclic), (graph) => {
        expect(quick(graph)).toEqual(slowStanding(graph));
      }),
      RUNS,
    );
  });

  test('the order of entry changes nothing', () => {
    fc.assert(
      fc.property(claims(cyclic), (graph) => {
        const turned = { ...graph, attributions: graph.attributions.toReversed() };
        expect(computeStanding(turned).standing).toEqual(computeStanding(graph).standing);
      }),
      RUNS,
    );
  });

  test('ends and paths of the explanation agree with the standing', () => {
    fc.assert(
      fc.property(claims(cyclic), (graph) => {
        const { standing, ends, paths } = explain(graph);
        const { origins } = standing;
        expect(origins.max === null || origins.min <= origins.max).toBe(true);
        const inMin = ends.filter(({ in_min }) => in_min);
        const unnamed = inMin.some(({ group }) => graph.parties.get(group)!.unnamed);
        expect(inMin.length).toBe(unnamed ? 1 : origins.min);
        expect(new Set(inMin.map(({ group }) => group)).size).toBe(inMin.length);
        // Every end ends a path or stands in one, and every step is a link.
        const { links } = analyse(graph);
        const index = new Map(graph.attributions.map(({ id }, i) => [id, i]));
        for (const { attribution } of ends) expect(paths.flat()).toContain(attribution);
        for (const path of paths) {
          expect(new Set(path).size).toBe(path.length);
          path.slice(1).forEach((to, i) => {
            const targets = links.targets[index.get(path[i]!)!]!;
            const direct = targets.flatMap((t) => (t < index.size ? [t] : links.targets[t]!));
            expect(direct).toContain(index.get(to));
          });
        }
      }),
      RUNS,
    );
  });

  test('one more party that speaks from own knowledge adds one origin', () => {
    fc.assert(
      fc.property(claims(cyclic), (graph) => {
        const party = {
          id: 'new',
          kind: 'organization',
          name: 'new',
          part_of: null,
          independent_voice: false,
          unnamed: false,
          count: null,
        };
        const said = {
          ...graph.attributions[0]!,
          id: 'new',
          party: 'new',
          stance: 'asserts',
          relays: [],
        } as const;
        const more = {
          ...graph,
          attributions: [...graph.attributions, { ...said, source: null, lineage: 'originates' as const }],
          parties: new Map([...graph.parties, ['new', party]]),
        };
        const [before, after] = [computeStanding(graph), computeStanding(more)];
        expect(after.tally.named).toBe(before.tally.named + 1);
        expect(after.standing.origins.max).toBe(before.tally.max === null ? null : before.tally.max + 1);
        expect(after.standing.circular_reporting).toBe(before.standing.circular_reporting);
      }),
      RUNS,
    );
  });
});
