import type { TestApp } from './app.js';
import type { Place, Span } from './fixtures.pools.js';
import * as pool from './fixtures.pools.js';
import { makeValue, type Range } from './fixtures.values.js';
import { generate } from './generate.js';
import { type Random, seeded } from './random.js';

/** A register of claims together with what a test knows of them without asking the register. */

export interface Thing {
  id: string;
  key: string | null;
}
export interface Party extends Thing {
  part_of: Party | null;
}
export interface Source extends Thing {
  publisher: Party | null;
  published: Span | null;
  /** What it is `part_of` or `derived_from`. */
  origins: Source[];
}
export interface Words {
  party: Party;
  speaker: Party | null;
  stance: string;
  source: Source | null;
  said: Span | null;
}
export interface Claim extends Thing {
  kind: string;
  language: string | null;
  subject: Party | null;
  predicate: string | null;
  object: Party | null;
  participants: Party[];
  places: Place[];
  topics: string[];
  occurred: Span | null;
  /** Null for a value that is no number. */
  range: Range | null;
  unit: string | null;
  currency: string | null;
  created: string;
  updated: string;
  words: Words[];
}
export interface World {
  parties: Party[];
  sources: Source[];
  predicates: string[];
  claims: Claim[];
}

/** How a thing is referred to: by its key, if it has one, or by its id. */
export const nameOf = (random: Random, { id, key }: Thing): string => (key && random.chance(0.5) ? key : id);

export async function makeWorld(t: TestApp, seed: number, size: number): Promise<World> {
  const random = seeded(seed);
  const world: World = { parties: [], sources: [], predicates: Object.values(pool.predicates), claims: [] };
  const { parties, sources, claims } = world;
  const maybe = <T>(probability: number, items: readonly T[]) =>
    items.length > 0 && random.chance(probability) ? random.pick(items) : null;
  const ref = <T extends Thing | null>(thing: T) => thing && nameOf(random, thing);

  await generate(t.store, async (make) => {
    for (const [value_type, key] of Object.entries(pool.predicates)) {
      const unit = value_type === 'quantity' ? pool.predicateUnit : null;
      await make('predicate', { key, label: key, value_type, unit });
    }
    for (let i = 0; i < 24; i++) {
      const key = random.chance(0.7) ? `party-${i}` : null;
      const part_of = maybe(0.6, parties);
      const input = { key, kind: 'organization', name: `Party ${i}`, part_of: ref(part_of) };
      parties.push({ id: await make('party', input), key, part_of });
    }
    for (let i = 0; i < 20; i++) {
      const key = random.chance(0.7) ? `source-${i}` : null;
      const [publisher, published, part_of] = [
        maybe(0.7, parties),
        maybe(0.8, pool.dates),
        maybe(0.3, sources),
      ];
      const derived = random.some(sources, 0, 2);
      const input = {
        ...{ key, type: 'article', title: `Source ${i}`, publisher: ref(publisher), part_of: ref(part_of) },
        ...{ published: published?.text, derived_from: derived.map(ref) },
      };
      const origins = [...derived, ...(part_of ? [part_of] : [])];
      sources.push({ id: await make('source', input), key, publisher, published, origins });
    }
    for (let i = 0; i < size; i++) {
      const { claim, input } = makeClaim(i);
      claim.id = await make('claim', input, claim.created);
      claims.push(claim);
    }
  });
  await touchSome();
  return world;

  function makeClaim(i: number): { claim: Claim; input: object } {
    const { value, type, ...valued } = makeValue(random, parties);
    const places = random.some(pool.places, 0, 2);
    const words = Array.from(
      { length: random.below(4) },
      (): Words => ({
        party: random.pick(parties),
        speaker: maybe(0.3, parties),
        stance: random.pick(pool.stances),
        source: maybe(0.8, sources),
        said: maybe(0.7, pool.dates),
      }),
    );
    const claim: Claim = {
      id: '',
      key: random.chance(0.4) ? `claim-${i}` : null,
      kind: random.pick(pool.kinds),
      language: maybe(0.8, pool.languages),
      subject: maybe(0.8, parties),
      predicate: random.chance(0.6) ? (pool.predicates[type as keyof typeof pool.predicates] ?? null) : null,
      participants: random.some(parties, 0, 2),
      topics: random.some(pool.topics, 0, 2),
      occurred: maybe(0.7, pool.dates),
      created: random.pick(pool.instants),
      updated: '',
      words,
      ...valued,
      places: [...places, ...valued.places],
    };
    if (type === 'quantity' && claim.predicate !== null) claim.unit ??= pool.predicateUnit;
    claim.updated = claim.created;
    const { key, kind, language, predicate, topics } = claim;
    const input = {
      ...{ key, kind, language, predicate, topics, value },
      text: `Claim ${i}`,
      subject: ref(claim.subject),
      occurred: claim.occurred?.text,
      participants: claim.participants.map((party) => ({ party: ref(party), role: 'other' })),
      places: places.map(({ name, iso_3166 }) => ({ name, iso_3166 })),
      attributions: words.map(({ party, speaker, stance, source, said }) => ({
        ...{ party: ref(party), speaker: ref(speaker), stance, source: ref(source), said: said?.text },
        lineage: random.pick(['originates', null]),
      })),
    };
    return { claim, input };
  }

  /** Changes some claims later on, one after the other. */
  async function touchSome(): Promise<void> {
    const touched = random.some(claims, 40, 40);
    for (const claim of touched) {
      claim.updated = random.pick(pool.instants.filter((at) => at >= claim.created));
    }
    touched.sort((a, b) => (a.updated < b.updated ? -1 : 1));
    for (const claim of touched) {
      t.setClock(claim.updated);
      const headers = { 'if-match': '*' };
      const answer = await t.send('PATCH', `/v1/claims/${claim.id}`, { scope: 'in all' }, headers);
      if (answer.json.updated_at !== claim.updated) throw new Error(answer.text);
    }
  }
}
