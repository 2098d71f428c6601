/** Made-up claims, the same on every run. */

export const COMMON_PARTIES = 10;
export const SUBJECTS = 20;
export const PREDICATES = 5;
export const RARE_PARTIES = 5;

const stances = ['asserts', 'asserts', 'asserts', 'reports', 'reports', 'denies', 'confirms', 'disputes'];
const words =
  'border convoy ministry figures winter training camp officials cited payment commander province talks report'.split(
    ' ',
  );

/** What a register of so many claims refers to. */
export const partyCount = (claims: number): number => 200 + Math.floor(claims / 100);
export const sourceCount = (claims: number): number => 100 + Math.floor(claims / 20);

/** Numbers below a limit, the same for the same seed. */
export function randomizer(seed: number): (limit: number) => number {
  let state = seed + 1;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const line = (noun: string, body: object): string => JSON.stringify({ [noun]: body });
export const partyKey = (i: number): string => `party-${i}`;
export const predicateKey = (i: number): string => `predicate-${i}`;
/** Parties that a fixed number of claims mention, however large the register is. */
export const rareKey = (i: number): string => `rare-${i}`;

/** Parties, predicates and sources for a register of so many claims. */
export function* groundLines(claims: number): Generator<string> {
  for (let i = 0; i < partyCount(claims); i++) {
    yield line('party', { key: partyKey(i), kind: 'organization', name: `Bureau of the Council No. ${i}` });
  }
  for (let i = 0; i < RARE_PARTIES; i++) {
    yield line('party', { key: rareKey(i), kind: 'person', name: `A witness, No. ${i}` });
  }
  for (let i = 0; i < PREDICATES; i++) {
    yield line('predicate', { key: predicateKey(i), label: `number ${i}`, value_type: 'quantity' });
  }
  for (let i = 0; i < sourceCount(claims); i++) {
    yield line('source', {
      key: `source-${i}`,
      type: i % 3 === 0 ? 'report' : 'article',
      title: `Number ${i} of the quarterly on what the parties say of each other`,
      url: `https://news.example/archive/${i}`,
      publisher: partyKey(i % 40),
      published: `20${10 + (i % 15)}-0${1 + (i % 9)}`,
      language: 'en',
    });
  }
}

/**
 * The claim with this number in a register of that size: three attributions, each with party and source. With
 * `rare` that party denies it.
 */
export function claimLine(number: number, claims: number, rare: string | null = null): string {
  const random = randomizer(number);
  const some = (count: number) => Array.from({ length: count }, () => words[random(words.length)]).join(' ');
  const day = () => `20${10 + random(15)}-${10 + random(3)}-${10 + random(18)}`;
  const party = () => partyKey(random(10) < 3 ? random(COMMON_PARTIES) : random(partyCount(claims)));
  const source = () => `source-${random(sourceCount(claims))}`;
  const amount = 1_000 + random(90_000);
  const attribution = (more: object) => ({
    party: party(),
    stance: stances[random(stances.length)],
    manner: 'states',
    said: day(),
    source: source(),
    locator: { page: String(1 + random(40)), paragraph: String(1 + random(90)) },
    quote: { exact: `“${some(14)}”` },
    ...more,
  });
  return line('claim', {
    key: `claim-${number}`,
    text: `The ${some(9)} came to ${amount} in the ${some(3)}, case ${number}.`,
    language: 'en',
    subject: partyKey(random(SUBJECTS)),
    predicate: predicateKey(random(PREDICATES)),
    value: { type: 'quantity', value: String(amount), unit: 'persons', as_stated: `${amount} persons` },
    participants: [{ party: party(), role: 'holder' }],
    places: [{ name: 'Kunar', iso_3166: 'AF-KNR' }],
    occurred: day(),
    topics: [`topic-${random(30)}`],
    attributions: [
      attribution({ relays: ['@told'] }),
      attribution({
        local_id: 'told',
        lineage: 'originates',
        ...(rare !== null && { party: rare, stance: 'denies' }),
      }),
      attribution({ speaker: party() }),
    ],
  });
}
