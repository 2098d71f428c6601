import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClaimGraph } from '../../../../src/provenance/graph/graph.js';
import {
  compareLosses,
  type Loss,
  losesSupport,
  lossOf,
  lossSentence,
} from '../../../../src/provenance/impact/dependents.js';
import { spreadLoss } from '../../../../src/provenance/impact/loss.js';
import { analyse } from '../../../../src/provenance/standing/origins.js';
import { effort } from '../../../support/effort.js';
import { build } from '../build.js';
import { short } from '../format.js';
import { falls } from '../losses.js';
import { claims } from '../random.js';

const named = (name: string): Loss => {
  const found = falls.find((each) => each.name === name)!;
  return lossOf(build(found), found.falling);
};

describe('fall', () => {
  test.each(falls)(
    'attributions lose support by the rules: $name',
    ({ falling, fallen, before, after, ...written }) => {
      const result = lossOf(build(written), falling);
      const list = [
        ...result.fallen.map(({ attribution, because }) => `${attribution}:${because}`),
        ...result.fallen_about_sources,
      ];
      expect(list.join(' ')).toBe(fallen);
      expect(short(result.before)).toBe(before);
      expect(short(result.after)).toBe(after);
    },
  );

  test('a loss is measured by level, by sure and by possible origins', () => {
    expect(losesSupport(named('with the report falls whom it alone cites, and who retells it'))).toBe(true);
    expect(losesSupport(named('a relay of two stands while one does'))).toBe(true);
    expect(losesSupport(named('with one of several unnamed sources max falls, and min stays'))).toBe(true);
    expect(losesSupport(named('a government does not fall with its military'))).toBe(false);
    expect(losesSupport(named('a denial falls with its party and contests no longer'))).toBe(false);
    expect(losesSupport(named('words come back when the retraction falls'))).toBe(false);
  });

  test('the claims that lose most come first', () => {
    const names = [
      'a government does not fall with its military',
      'words known through one article fall with it',
      'with one of several unnamed sources max falls, and min stays',
      'with the report falls whom it alone cites, and who retells it',
      'an article that only derives from the report falls as a relay of it',
      'a relay of two stands while one does',
      'words come back when the retraction falls',
    ];
    const sorted = names.toSorted((a, b) => compareLosses(named(a), named(b)));
    expect(sorted).toEqual([
      // Two levels and one origin are lost; three attributions fall, then two.
      'with the report falls whom it alone cites, and who retells it',
      'words known through one article fall with it',
      'an article that only derives from the report falls as a relay of it',
      // One level.
      'a relay of two stands while one does',
      // No level, no sure origin, one possible.
      'with one of several unnamed sources max falls, and min stays',
      'a government does not fall with its military',
      // Support is won.
      'words come back when the retraction falls',
    ]);
  });

  test('the loss of an unlimited maximum comes before that of any limited one', () => {
    const unlimited = lossOf(
      build({
        parties: 'states?1-',
        said: `a us asserts originates @a
               b states asserts originates @b`,
      }),
      { source: 'b' },
    );
    const limited = named('with one of several unnamed sources max falls, and min stays');
    expect([limited, unlimited].toSorted(compareLosses)).toEqual([unlimited, limited]);
    expect(lossSentence(unlimited, 2)).toBe('1 of 2 attributions falls; max goes from no limit to 1.');
  });

  test('a sentence describes each loss', () => {
    const stipend = named('with the report falls whom it alone cites, and who retells it');
    expect(lossSentence(stipend, 3)).toBe(
      '3 of 3 attributions fall; support goes from single_origin to none, min goes from 1 to 0, max goes from 1 to 0.',
    );
    expect(lossSentence(named('a government does not fall with its military'), 2)).toBe(
      '1 of 2 attributions falls; support stays as it is.',
    );
  });
});

/** The rules of falling, applied again and again until nothing changes; right only where nothing is circular. */
function slowFall(graph: ClaimGraph, direct: readonly boolean[]): boolean[] {
  const { attributions } = graph;
  const { links, ends } = analyse(graph);
  const fallen = [...direct];
  const at = (id: string) => attributions.findIndex((a) => a.id === id);
  for (let changed = true; changed; ) {
    changed = false;
    attributions.forEach((a, i) => {
      if (fallen[i]) return;
      const relayers = attributions.flatMap((b, j) => (b.relays.includes(a.id) ? [j] : []));
      const relayed =
        a.relays.length > 0 ? a.relays.map(at) : links.targets[i]!.flatMap((node) => links.targets[node]!);
      const stands = a.lineage === 'originates' || ends.some((end) => end.at === i);
      const unheard = a.source === null && relayers.length > 0 && relayers.every((j) => fallen[j]);
      const unfounded = !stands && relayed.length > 0 && relayed.every((j) => fallen[j]);
      if (!unheard && !unfounded) return;
      fallen[i] = true;
      changed = true;
    });
  }
  return fallen;
}

function isAcyclic(graph: ClaimGraph): boolean {
  const { targets } = analyse(graph).links;
  const visits = (node: number, way: number[]): boolean =>
    !way.includes(node) && targets[node]!.every((target) => visits(target, [...way, node]));
  return targets.every((_, node) => visits(node, []));
}

test('spreadLoss: a random claim without circles loses what the rules say when applied one by one', () => {
  const marks = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(claims(false), marks, (graph, all) => {
      fc.pre(isAcyclic(graph));
      const direct = graph.attributions.map((_, i) => all[i]!);
      const reasons = spreadLoss(
        analyse(graph),
        direct.map((marked) => (marked ? 'attribution' : null)),
      );
      expect(reasons.map((reason) => reason !== null)).toEqual(slowFall(graph, direct));
    }),
    { numRuns: effort(600, 3_000) },
  );
});

test('spreadLoss: spreading a result again changes nothing, with circles too', () => {
  fc.assert(
    fc.property(claims(true), fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (graph, all) => {
      const once = spreadLoss(
        analyse(graph),
        graph.attributions.map((_, i) => (all[i] ? 'attribution' : null)),
      );
      expect(spreadLoss(analyse(graph), once)).toEqual(once);
    }),
    { numRuns: effort(300, 1_500) },
  );
});
