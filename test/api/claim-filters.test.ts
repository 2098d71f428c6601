import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import {
  days,
  matches,
  moments,
  onClaim,
  onWords,
  type Query,
  whereabouts,
} from '../support/claim-reference.js';
import { effort } from '../support/effort.js';
import { engines } from '../support/engines.js';
import { type Claim, makeWorld, nameOf, type Party, type Thing, type Words } from '../support/fixtures.js';
import * as pool from '../support/fixtures.pools.js';
import { pages } from '../support/pages.js';
import { type Random, seeded } from '../support/random.js';

/** The answers of the filters are held against a plain search in memory, for many random combinations. */

describe.each(engines)('filters of claims on %s', async (engine) => {
  const t = await testApp({ engine });
  const world = await makeWorld(t, 7, effort(200, 400));

  /** A value for each filter, in part such that this claim can match. */
  function valueFor(random: Random, name: string, claim: Claim, words: Words | undefined): string {
    const { parties, sources, predicates, claims } = world;
    const some = (of: readonly string[], own?: string | null) => {
      const chosen = random.some(of, 1, 3);
      if (own && random.chance(0.7)) chosen.push(own);
      return [...new Set(chosen)].join(',');
    };
    const things = (of: readonly Thing[], own: Thing | null | undefined) =>
      some(
        of.map((thing) => nameOf(random, thing)),
        own && nameOf(random, own),
      );
    const above = (party: Party | null | undefined) => (random.chance(0.5) && party?.part_of) || party;
    const day = () => random.pick(Object.keys(days));
    const moment = () => random.pick(Object.keys(moments));
    const number = () => random.pick([...pool.numbers, '-7.25', '10.00', '9007199254740992.5']);
    const values: Record<string, () => string> = {
      not_party: () => things(parties, words?.party),
      no_source: () => random.pick(['true', 'false']),
      key: () => some(['no-such-key', ...claims.flatMap(({ key }) => key ?? [])], claim.key),
      kind: () => some(pool.kinds, claim.kind),
      language: () => some([...pool.languages, 'de'], claim.language),
      unit: () => (random.chance(0.7) && claim.unit) || random.pick([...pool.units, 'percent', 'Fighters']),
      currency: () => some([...pool.currencies, 'USD'], claim.currency),
      topic: () => some([...pool.topics, 'none'], claim.topics[0]),
      predicate: () => some(predicates, claim.predicate),
      subject: () => things(parties, claim.subject),
      about: () => things(parties, random.pick([claim.object, claim.subject, ...claim.participants])),
      place: () => random.pick(['AF,PK-KP', 'AE,AF,XK', ...Object.keys(whereabouts)]),
      stance: () => some(pool.stances, words?.stance),
      party: () => things(parties, above(random.pick([words?.party, words?.speaker]))),
      party_all: () =>
        [words?.party, ...claim.words.map(({ party }) => party)]
          .slice(0, 3)
          .map((party) => nameOf(random, above(party) ?? parties[0]!))
          .join(','),
      speaker: () => things(parties, words?.speaker),
      source: () => things(sources, words?.source?.origins[0] ?? words?.source),
      publisher: () => things(parties, words?.source?.publisher),
      value_min: number,
      value_max: number,
      recorded_from: moment,
      recorded_to: moment,
      updated_from: moment,
      updated_to: moment,
    };
    return (values[name] ?? day)();
  }

  function makeQuery(random: Random, names: string[]): Query {
    const claim = random.pick(world.claims);
    const same = claim.words.length > 0 ? random.pick(claim.words) : undefined;
    const query: Query = {};
    for (const name of names) {
      const words = random.chance(0.7) ? same : claim.words[0];
      query[name] = valueFor(random, name, claim, words);
    }
    if ((query.party ?? query.party_all) && random.chance(0.5))
      query.party_exact = random.pick(['true', 'false']);
    if (query.source && random.chance(0.5)) query.source_depth = 'all';
    const ranged = query.value_min ?? query.value_max;
    if (ranged && !query.unit && !query.currency && !query.predicate) {
      const like = random.pick(['unit', 'currency', 'predicate']);
      query[like] = valueFor(random, like, claim, same);
    }
    return query;
  }

  /** The ids of all matches; an export of one column is the quickest way to them. */
  async function found(query: Query): Promise<string[]> {
    const answer = await t.send('GET', `/v1/claims.csv?${new URLSearchParams({ ...query, fields: 'id' })}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.text.trim().split(/\r?\n/).slice(1);
  }

  const expected = (query: Query, together = true) =>
    world.claims
      .filter((claim) => matches(claim, query, together))
      .map(({ id }) => id)
      .sort();

  describe('GET /v1/claims: a filter alone finds what a search over all claims finds (seed: length of its name)', () => {
    it.each([...Object.keys(onClaim), ...Object.keys(onWords)])('%s', async (name) => {
      const random = seeded(name.length);
      let telling = 0;
      for (let i = 0; i < effort(4, 10); i++) {
        const query = makeQuery(random, [name]);
        const right = expected(query);
        expect(await found(query), JSON.stringify(query)).toEqual(right);
        if (right.length > 0 && right.length < world.claims.length) telling += 1;
      }
      expect(telling).toBeGreaterThan(effort(0, 2));
    });
  });

  describe('GET /v1/claims: several filters', () => {
    it('find what a search over all claims finds, in random combinations (seed 42)', async () => {
      const count = effort(50, 300);
      const random = seeded(42);
      const names = [...Object.keys(onClaim), ...Object.keys(onWords)];
      let telling = 0;
      let apart = 0;
      for (let i = 0; i < count; i++) {
        const pool = random.chance(0.5) ? Object.keys(onWords) : names;
        const query = makeQuery(random, random.some(pool, 2, 4));
        const right = expected(query);
        expect(await found(query), JSON.stringify(query)).toEqual(right);
        if (right.length > 0) telling += 1;
        if (right.length < expected(query, false).length) apart += 1;
      }
      // Of use only if many combinations match, and if many tell one attribution from several.
      expect(telling / count).toBeGreaterThan(0.4);
      expect(apart / count).toBeGreaterThan(1 / 6);
    });

    it('count=exact counts the matches (seed 3)', async () => {
      const random = seeded(3);
      for (let i = 0; i < effort(8, 25); i++) {
        const query = makeQuery(random, random.some([...Object.keys(onWords), 'about', 'topic'], 1, 2));
        const answer = await t.send(
          'GET',
          `/v1/claims?${new URLSearchParams({ ...query, limit: '1', count: 'exact' })}`,
        );
        expect(answer.json.total, JSON.stringify(query)).toBe(expected(query).length);
      }
    });
  });

  describe('GET /v1/claims: a filter on standing', () => {
    it('finds the claims whose standing says so', async () => {
      // biome-ignore lint/suspicious/noExplicitAny: claims as the register gives them
      const items: any[] = [];
      for await (const { json } of pages(t, '/v1/claims?limit=200')) items.push(...json.items);
      const holds: [query: Query, holds: (standing: (typeof items)[number]) => boolean][] = [
        [{ support: 'none' }, ({ support }) => support === 'none'],
        [{ support: 'untraced' }, ({ support }) => support === 'untraced'],
        [{ support: 'single_origin' }, ({ support }) => support === 'single_origin'],
        [{ support: 'corroborated' }, ({ support }) => support === 'corroborated'],
        [{ support: 'none,untraced' }, ({ support }) => ['none', 'untraced'].includes(support)],
        [{ contested: 'true' }, ({ contested }) => contested],
        [{ contested: 'false' }, ({ contested }) => !contested],
        [{ self_denied: 'true' }, ({ self_denied }) => self_denied],
        [
          { self_denied: 'false', contested: 'true' },
          ({ self_denied, contested }) => !self_denied && contested,
        ],
        [{ retracted: 'true' }, ({ retracted }) => retracted],
        [{ min_origins: '0' }, () => true],
        [{ min_origins: '1' }, ({ origins }) => origins.min >= 1],
        [{ min_origins: '2', contested: 'true' }, ({ origins, contested }) => origins.min >= 2 && contested],
      ];
      const sizes = new Set<number>();
      for (const [query, fits] of holds) {
        const right = items.filter(({ standing }) => fits(standing)).map(({ id }) => id);
        expect(await found(query), JSON.stringify(query)).toEqual(right);
        sizes.add(right.length);
      }
      expect(sizes.size).toBeGreaterThan(4);
    });
  });
});
