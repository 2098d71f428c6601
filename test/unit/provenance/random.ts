import fc from 'fast-check';
import type {
  Attribution,
  ClaimGraph,
  Party,
  Source,
  SourceAttribution,
  Stance,
} from '../../../src/provenance/graph/graph.js';

const party = (id: string, more: Partial<Party> = {}): Party => ({
  id,
  kind: 'organization',
  name: id,
  part_of: null,
  independent_voice: false,
  unnamed: false,
  count: null,
  ...more,
});

/** A small world of parties: bodies, their parts, a voice of its own, and all sorts of unnamed ones. */
const world: readonly Party[] = [
  party('pakistan'),
  party('military', { part_of: 'pakistan' }),
  party('un'),
  party('unama', { part_of: 'un', independent_voice: true }),
  party('desk', { part_of: 'unama' }),
  party('paper'),
  party('official', { unnamed: true }),
  party('state', { unnamed: true, count: { min: 1, max: 1 } }),
  party('states', { unnamed: true, count: { min: 2, max: 4 } }),
  party('officials', { unnamed: true, count: { min: 2, max: null }, part_of: 'pakistan' }),
  party('aide', { unnamed: true, part_of: 'state' }),
];

const SOURCES = ['s0', 's1', 's2', 's3'];

const sources = (cyclic: boolean): fc.Arbitrary<Source[]> =>
  fc.tuple(
    ...SOURCES.map((id, i) =>
      fc.record({
        id: fc.constant(id),
        title: fc.constant(id),
        part_of:
          i === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...SOURCES.slice(0, i)), { freq: 2 }),
        derived_from: fc
          .subarray(SOURCES.filter((other, j) => other !== id && (cyclic || j < i)))
          .map((list) => list.slice(0, 2)),
        publisher: fc.option(fc.constantFrom('pakistan', 'military', 'paper')),
        authors: fc.subarray(['unama', 'desk'], { maxLength: 2 }),
      }),
    ),
  );

const stances: { weight: number; arbitrary: fc.Arbitrary<Stance> }[] = [
  { weight: 6, arbitrary: fc.constantFrom<Stance>('asserts', 'confirms') },
  { weight: 8, arbitrary: fc.constant<Stance>('reports') },
  { weight: 3, arbitrary: fc.constantFrom<Stance>('denies', 'disputes') },
  { weight: 1, arbitrary: fc.constant<Stance>('declines') },
  { weight: 4, arbitrary: fc.constant<Stance>('retracts') },
];

function attribution(i: number, size: number, cyclic: boolean): fc.Arbitrary<Attribution> {
  const ids = Array.from({ length: size }, (_, j) => `a${j}`);
  const below = cyclic ? ids : ids.slice(i + 1);
  return fc
    .record({
      party: fc.constantFrom(...world.map(({ id }) => id)),
      stance: fc.oneof(...stances),
      relays: fc.subarray(below, { maxLength: Math.min(3, below.length) }),
      lineage: fc.constantFrom<Attribution['lineage'] | null>(
        'originates',
        'relays',
        'unknown',
        null,
        null,
        null,
      ),
      reply: fc.constantFrom(...ids),
      source: fc.option(fc.constantFrom(...SOURCES), { freq: 3 }),
    })
    .map(({ lineage, reply, ...rest }) => ({
      id: `a${i}`,
      ...rest,
      lineage: lineage ?? (rest.relays.length > 0 ? 'relays' : 'unknown'),
      in_reply_to: rest.stance === 'retracts' ? reply : null,
      said: null,
      said_from: null,
      said_to: null,
    }));
}

/** Who withdraws which source, whether entitled to it or not. */
const withdrawals: fc.Arbitrary<SourceAttribution[]> = fc
  .array(
    fc.record({
      party: fc.constantFrom('pakistan', 'military', 'paper', 'unama', 'desk', 'un'),
      about_source: fc.constantFrom(...SOURCES),
    }),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map((said, i) => ({
      id: `w${i}`,
      ...said,
      stance: 'retracts',
      lineage: 'unknown',
      relays: [],
      in_reply_to: null,
      source: null,
      said: null,
      said_from: null,
      said_to: null,
    })),
  );

/** Random claims of up to seven attributions; retractions are made to hit where their target allows it. */
export function claims(cyclic: boolean): fc.Arbitrary<ClaimGraph> {
  return fc
    .integer({ min: 1, max: 7 })
    .chain((size) =>
      fc.record({
        attributions: fc.tuple(...Array.from({ length: size }, (_, i) => attribution(i, size, cyclic))),
        sources: sources(cyclic),
        subject: fc.option(fc.constantFrom(...world.map(({ id }) => id))),
        about_sources: fc.oneof(
          { weight: 2, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: withdrawals },
        ),
      }),
    )
    .map(({ attributions, ...rest }) => ({
      subject: rest.subject,
      attributions: attributions.map((a) => {
        const target = attributions.find(({ id }) => id === a.in_reply_to);
        return target ? { ...a, party: target.party } : a;
      }),
      about_sources: rest.about_sources,
      parties: new Map(world.map((each) => [each.id, each])),
      sources: new Map(rest.sources.map((each) => [each.id, each])),
    }));
}
