import type { Random } from './random.js';

/** Input forms for traffic: mostly right, and made of what engines treat in ways of their own. */

/** References to what exists, by the path word of the noun. */
export type Known = Record<Plural, string[]>;
export const plurals = [
  'parties',
  'sources',
  'predicates',
  'claims',
  'attributions',
  'relations',
  'assessments',
] as const;
export type Plural = (typeof plurals)[number];

/** Words whose order, case and equality depend on who compares them, and some that are no good names. */
export const words = [
  ...[
    'apple',
    'Apple',
    'APPLE',
    'äpfel',
    'Äpfel',
    'a\u0308pfel',
    'zebra',
    'Zebra',
    'Ångström',
    'straße',
    'STRASSE',
  ],
  ...[
    'ﬀord',
    'İstanbul',
    'ısı',
    'ｗｉｄｅ',
    '한국',
    '日本',
    'Ж',
    'ж',
    'Σίσυφος',
    'ΣΊΣΥΦΟΣ',
    'عربي',
    '\u{1F600}',
    '\uffee',
  ],
  ...[
    '_under',
    '-dash',
    '~tilde',
    '100%',
    'a_b',
    'a%b',
    'a\\b',
    "O'Neil",
    '"quoted"',
    '1',
    '10',
    '2',
    'x\u00a0y',
    '()',
  ],
  ...['a\u0000b', '\ud800', ' led', '\u202eabc', '\u200b', 'line\nbreak', '', 'x'.repeat(600)],
];
const dates = [
  ...[
    '2024',
    '2024-02',
    '2024-02-29',
    '2022~',
    '202X',
    '2024/..',
    '../2023',
    '2023-01-01/2023-06-14',
    '[2022,2024]',
  ],
  ...['0001', '9999', '2024-02-30', 'soon', ''],
];
export const numbers = [
  ...[
    '0',
    '-0',
    '0.10',
    '0.1',
    '10',
    '9',
    '-7.5',
    '-7',
    '9007199254740992',
    '9007199254740993',
    '1.0',
    '1.00',
  ],
  ...['40000000000000000000', '0.000000000000000000001', '1e5', '01', '١', `${'9'.repeat(64)}`],
];
const stances = ['asserts', 'confirms', 'denies', 'disputes', 'declines', 'retracts', 'reports'];

export class Bodies {
  private serial = 0;

  constructor(
    private readonly random: Random,
    private readonly known: Known,
  ) {}

  word = () => this.random.pick(words);
  date = () => this.random.pick(dates);
  /** Mostly something that exists; now and then something else, or nothing of the kind. */
  ref = (...nouns: Plural[]): string => {
    const names = this.known[this.random.pick(nouns)];
    if (names.length === 0 || this.random.chance(0.03))
      return this.random.pick(['nobody', 'a\u0000b', '@x', 'Ä', '']);
    return this.random.pick(names);
  };

  /** An input form of the noun, without a key. */
  of(noun: Plural): Record<string, unknown> {
    const { random } = this;
    const maybe = <T>(make: () => T, probability = 0.3) => (random.chance(probability) ? make() : undefined);
    const some = <T>(make: () => T, most: number) => Array.from({ length: random.below(most + 1) }, make);
    const identifiers = maybe(() =>
      some(() => ({ scheme: random.pick(['wikidata', 'doi']), value: this.word() }), 2),
    );
    switch (noun) {
      case 'parties':
        return {
          kind: random.pick(['person', 'organization', 'government', 'media', 'place', 'army']),
          name: this.word(),
          names: maybe(() => some(() => ({ name: this.word(), kind: 'alias' }), 3)),
          part_of: maybe(() => this.ref('parties')),
          independent_voice: maybe(() => random.chance(0.5)),
          country: maybe(() => random.pick(['AF', 'PK', 'XK', 'xx'])),
          unnamed: maybe(() => random.chance(0.5)),
          count: maybe(() => random.pick([{ min: 2 }, { min: 3, max: 2 }, { max: 1_000_000_000 }]), 0.1),
          identifiers,
        };
      case 'sources':
        return {
          type: random.pick(['article', 'report', 'interview', 'leaflet']),
          title: random.chance(0.05)
            ? '한'.repeat(1_000 + random.below(1_000))
            : `${this.word()} ${this.word()}`,
          url: maybe(() => `https://example.org/${random.pick(['a', 'A', '%C3%A4', 'ä', 'b?x=1&y=2', '#'])}`),
          publisher: maybe(() => this.ref('parties')),
          authors: maybe(() => some(() => this.ref('parties'), 2)),
          published: maybe(this.date, 0.6),
          language: maybe(() => random.pick(['en', 'ur-PK', 'EN'])),
          reliability: maybe(() => random.pick(['A', 'B', 'F', 'Z'])),
          part_of: maybe(() => this.ref('sources'), 0.15),
          derived_from: maybe(() => some(() => this.ref('sources'), 2), 0.15),
          identifiers,
        };
      case 'predicates':
        return {
          label: this.word(),
          value_type: random.pick(['quantity', 'money', 'party', 'text', 'none']),
          functional: maybe(() => random.chance(0.5), 0.7),
          measure: maybe(() => random.pick(['level', 'period_total'])),
        };
      case 'claims':
        return {
          kind: random.pick(['fact', 'fact', 'fact', 'opinion', 'rumour']),
          text: this.word(),
          language: maybe(() => random.pick(['en', 'ur', 'ur-PK'])),
          subject: maybe(() => this.ref('parties'), 0.7),
          predicate: maybe(() => this.ref('predicates'), 0.5),
          value: maybe(() => this.value(), 0.7),
          participants: maybe(() => some(() => ({ party: this.ref('parties'), role: 'giver' }), 2)),
          places: maybe(() =>
            some(() => random.pick([{ iso_3166: 'AF-KNR' }, { name: this.word() }, { lat: 1 }]), 2),
          ),
          occurred: maybe(this.date, 0.6),
          topics: maybe(() => some(() => random.pick(['aid', 'a-b', 'a_b', 'War']), 2)),
          attributions: maybe(() => some(() => this.words(), 3)),
        };
      case 'attributions':
        return {
          claim: maybe(() => this.ref('claims'), 0.9),
          about_source: maybe(() => this.ref('sources'), 0.1),
          ...this.words(),
          relays: maybe(() => some(() => this.ref('attributions'), 2), 0.1),
        };
      case 'relations':
        return {
          from: this.ref('claims'),
          type: random.pick(['supports', 'contradicts', 'refines', 'likes']),
          to: this.ref('claims'),
          note: maybe(this.word),
        };
      case 'assessments':
        return {
          claim: this.ref('claims'),
          credibility: maybe(() => random.below(8), 0.7),
          confidence: maybe(() => random.pick(['low', 'high'])),
          assessor: maybe(this.word),
          assessed_at: maybe(() =>
            random.pick(['2026-01-31T09:00:00Z', '2026-01-31T10:00:00.5+01:00', 'now']),
          ),
        };
    }
  }

  /** A key that is new. */
  newKey = (): string => `${this.random.pick(['k', 'z', '0', 'a-', 'a'])}${++this.serial}`;

  private words() {
    const { random } = this;
    return {
      party: this.ref('parties'),
      speaker: random.chance(0.2) ? this.ref('parties') : null,
      stance: random.pick(stances),
      source: random.chance(0.5) ? this.ref('sources') : null,
      said: random.chance(0.5) ? this.date() : null,
      lineage: random.pick(['originates', 'relays', 'unknown', null]),
      in_reply_to: random.chance(0.1) ? this.ref('attributions') : null,
      note: random.chance(0.2) ? this.word() : null,
    };
  }

  private value(): object {
    const { random } = this;
    const [lower, value, upper] = [0, 1, 2].map(() => (random.chance(0.4) ? random.pick(numbers) : null));
    switch (random.pick(['quantity', 'quantity', 'money', 'party', 'text', 'unknown', 'no_value'])) {
      case 'quantity':
        return {
          type: 'quantity',
          lower,
          value,
          upper,
          lower_exclusive: random.chance(0.2),
          unit: random.pick(['fighters', 'Fighters', 'ätt', null]),
        };
      case 'money':
        return { type: 'money', lower, value, upper, currency: random.pick(['AFN', 'PKR', 'afn']) };
      case 'party':
        return { type: 'party', party: this.ref('parties') };
      case 'text':
        return { type: 'text', text: this.word() };
      case 'no_value':
        return { type: 'no_value', as_stated: random.chance(0.5) ? this.word() : null };
      default:
        return { type: 'unknown' };
    }
  }
}
