import type { Answer } from './app.js';
import type { Random } from './random.js';
import { Bodies, type Known, numbers, type Plural, plurals, words } from './traffic.bodies.js';

/** Requests that clients might send, one after the other, each made from what the answers so far have shown. */

export interface Sent {
  method: string;
  url: string;
  body?: unknown;
  headers: Record<string, string>;
}

const sorts: Record<Plural, string[]> = {
  parties: ['id', 'name', 'created', 'updated'],
  sources: ['id', 'title', 'published', 'created', 'updated'],
  predicates: ['id', 'created', 'updated'],
  claims: ['id', 'occurred', 'said', 'value', 'created', 'updated'],
  attributions: ['id', 'said', 'created', 'updated'],
  relations: ['id', 'created', 'updated'],
  assessments: ['id', 'assessed', 'created', 'updated'],
};
const includes: Record<Plural, string[]> = {
  parties: ['part_of'],
  sources: ['publisher', 'authors', 'part_of', 'derived_from'],
  predicates: [],
  claims: ['subject', 'predicate', 'party', 'source'],
  attributions: ['party', 'claim', 'source'],
  relations: ['from', 'to'],
  assessments: ['claim'],
};

export class Traffic {
  private readonly known: Known;
  private readonly bodies: Bodies;
  /** Where more of a list can be had. */
  private readonly cursors: string[] = [];
  private readonly etags = new Map<string, string>();

  constructor(private readonly random: Random) {
    this.known = Object.fromEntries(plurals.map((noun) => [noun, []])) as unknown as Known;
    this.bodies = new Bodies(random, this.known);
  }

  next(): Sent {
    const { random } = this;
    const noun = random.pick(plurals);
    const kinds = [
      ...[this.create, this.create, this.create, this.put, this.patch, this.patch, this.remove],
      ...[this.item, this.list, this.list, this.list, this.list, this.more, this.more, this.nested],
    ];
    return random.pick(kinds).call(this, noun);
  }

  /** Takes note of what an answer tells. */
  learn({ method, url }: Sent, { status, headers, json }: Answer): void {
    const noun = url.split(/[/?]/)[2] as Plural;
    if (status === 201)
      this.known[nounIn(String(headers.location))].push(json.id, ...(json.key ? [json.key] : []));
    if (status === 204) this.known[noun] = this.known[noun].filter((name) => !url.endsWith(`/${name}`));
    if (status < 300 && headers.etag && json?.id) this.etags.set(json.id, String(headers.etag));
    if (method !== 'GET' || status !== 200 || !json) return;
    const path = url.split('?')[0]!;
    for (const cursor of [json.next_cursor, json.prev_cursor]) {
      if (typeof cursor === 'string') this.cursors.push(`${path}?cursor=${cursor}`);
    }
    if (this.cursors.length > 50) this.cursors.splice(0, 25);
  }

  private create(noun: Plural): Sent {
    const { random, bodies } = this;
    const body = bodies.of(noun);
    if (noun === 'predicates' || random.chance(0.4)) {
      const taken = this.known[noun].filter((name) => !name.includes('_'));
      body.key = taken.length > 0 && random.chance(0.1) ? random.pick(taken) : bodies.newKey();
    }
    const headers: Record<string, string> = {};
    if (random.chance(0.1)) headers['idempotency-key'] = `key-${random.below(40)}`;
    if (random.chance(0.1)) headers['change-reason'] = encodeURIComponent('because: née 😀');
    return { method: 'POST', url: `/v1/${noun}`, body, headers };
  }

  private put(noun: Plural): Sent {
    const { random, bodies } = this;
    const name = random.chance(0.5) ? bodies.newKey() : bodies.ref(noun);
    return { method: 'PUT', url: this.at(noun, name), body: bodies.of(noun), headers: this.match(name, 0.5) };
  }

  private patch(noun: Plural): Sent {
    const { random, bodies } = this;
    const name = bodies.ref(noun);
    const members = Object.entries(bodies.of(noun)).filter(([, value]) => value !== undefined);
    const body = Object.fromEntries(random.some(members, 0, 3));
    if (random.chance(0.1)) body.version = 1;
    return { method: 'PATCH', url: this.at(noun, name), body, headers: this.match(name, 0.8) };
  }

  private remove(noun: Plural): Sent {
    const name = this.bodies.ref(noun);
    return { method: 'DELETE', url: this.at(noun, name), headers: this.match(name, 0.8) };
  }

  private item(noun: Plural): Sent {
    const { random } = this;
    const name = this.bodies.ref(noun);
    const query = random.pick(['', '', '/input', `?include=${this.included(noun)}`, '?nix=1']);
    const etag = this.etags.get(name);
    const headers: Record<string, string> = etag && random.chance(0.2) ? { 'if-none-match': etag } : {};
    return { method: 'GET', url: this.at(noun, name) + query, headers };
  }

  private nested(): Sent {
    const { random, bodies } = this;
    const claim = this.at('claims', bodies.ref('claims'));
    const lists = ['attributions', 'relations', 'assessments', 'conflicts', 'standing', 'provenance'];
    const url = random.pick([
      ...lists.map((list) => `${claim}/${list}`),
      `${claim}/provenance.${random.pick(['dot', 'mermaid'])}`,
      `${this.at('parties', bodies.ref('parties'))}/dependents`,
      `${this.at('sources', bodies.ref('sources'))}/dependents`,
      `/v1/conflicts?limit=${1 + random.below(20)}`,
      `/v1/estimates?subject=${encodeURIComponent(bodies.ref('parties'))}`,
    ]);
    return { method: 'GET', url, headers: {} };
  }

  private list(noun: Plural): Sent {
    const { random } = this;
    const query = [...this.filters(noun)];
    if (random.chance(0.7)) {
      const desc = random.pick(['', '-']);
      query.push(['sort', `${desc}${random.pick(sorts[noun])}${random.pick(['', '', ',id', ',-id'])}`]);
    }
    if (random.chance(0.7)) query.push(['limit', String(1 + random.below(12))]);
    if (random.chance(0.2)) query.push(['count', 'exact']);
    if (random.chance(0.1)) query.push(['include', this.included(noun)]);
    if (random.chance(0.1)) query.push(['fields', random.pick(['id', 'id,version', 'nix'])]);
    if (random.chance(0.02)) query.push(['nix', '1']);
    const text = query
      .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
      .join('&');
    return {
      method: 'GET',
      url: `/v1/${noun}${random.pick(['', '', '', '', '.csv', '.ndjson', '.xml'])}${text && `?${text}`}`,
      headers: {},
    };
  }

  private more(noun: Plural): Sent {
    const url = this.cursors.length > 0 ? this.random.pick(this.cursors) : `/v1/${noun}?limit=2`;
    return { method: 'GET', url, headers: {} };
  }

  private filters(noun: Plural): [string, string][] {
    const { random, bodies } = this;
    const refs = (name: Plural) =>
      Array.from({ length: 1 + random.below(2) }, () => bodies.ref(name)).join(',');
    const party = (): string => refs('parties');
    const word = () => random.pick(words);
    const date = () => random.pick(['2022', '2024-02', '2023-06-14', '1999', 'never']);
    const instant = () => random.pick(['2026-01-01', '2026-01-01T00:10:00Z', '2026-01-01T00:20:00.5+00:00']);
    const flag = () => random.pick(['true', 'false', 'yes']);
    const all: Record<Plural, Record<string, () => string>> = {
      parties: {
        ...{ name: word, kind: () => 'person,media', part_of: party, unnamed: flag, country: () => 'AF,PK' },
        ...{ identifier: () => `wikidata:${word()}`, key: () => 'k1,k2,k3' },
      },
      sources: {
        ...{
          title: word,
          type: () => 'article',
          publisher: party,
          author: party,
          part_of: () => refs('sources'),
        },
        ...{
          url: () => 'https://EXAMPLE.org/a',
          published_from: date,
          published_to: date,
          language: () => 'en',
        },
        derived_from: () => refs('sources'),
      },
      predicates: { value_type: () => 'quantity,text', functional: flag, measure: () => 'level' },
      claims: {
        ...{ subject: party, about: party, party, party_all: party, speaker: party, party_exact: flag },
        ...{ predicate: () => refs('predicates'), stance: () => random.pick(['asserts', 'denies,disputes']) },
        ...{
          source: () => refs('sources'),
          source_depth: () => 'all',
          publisher: party,
          topic: () => 'aid,a_b',
        },
        ...{ place: () => random.pick(['AF', 'AF-KNR', word()]), language: () => 'ur', kind: () => 'fact' },
        ...{ occurred_from: date, occurred_to: date, said_from: date, said_to: date, published_to: date },
        ...{ recorded_from: instant, recorded_to: instant, updated_from: instant, contested: flag },
        ...{ value_min: () => random.pick(numbers), value_max: () => random.pick(numbers) },
        ...{ unit: () => 'fighters,ätt', currency: () => 'AFN', support: () => 'corroborated,none' },
        ...{ min_origins: () => random.pick(['0', '1', '2', 'x']), retracted: flag, unnamed_only: flag },
      },
      attributions: {
        ...{
          claim: () => refs('claims'),
          party,
          speaker: party,
          party_exact: flag,
          stance: () => 'denies,asserts',
        },
        ...{ source: () => refs('sources'), said_from: date, said_to: date, lineage: () => 'originates' },
      },
      relations: { claim: () => refs('claims'), type: () => 'supports,refines' },
      assessments: { claim: () => refs('claims'), credibility: () => '1,2,9', assessor: word },
    };
    return random.some(Object.entries(all[noun]), 0, 2).map(([name, make]) => [name, make()]);
  }

  private included = (noun: Plural): string => {
    const names = includes[noun];
    return names.length > 0 ? this.random.some(names, 1, names.length).join(',') : 'nothing';
  };

  private at = (noun: Plural, name: string) => `/v1/${noun}/${encodeURIComponent(name.toWellFormed())}`;

  /** If-Match: what was last seen of the object, anything, something wrong, or nothing. */
  private match(name: string, probability: number): Record<string, string> {
    const { random } = this;
    if (!random.chance(probability)) return {};
    return { 'if-match': random.pick([this.etags.get(name) ?? '*', '*', '*', '"99-x"']) };
  }
}

const nounIn = (location: string) => location.split('/')[2] as Plural;
