import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fold } from '../../src/lib/text.js';
import { candidatesOf, POSTINGS } from '../../src/parties/names/candidates.js';
import { judgeOf, type KnownParty, type Wanted } from '../../src/parties/names/judge.js';
import { nameKeys } from '../../src/parties/names/keys.js';
import { seeded } from '../support/random.js';
import { pairs, parts } from './pairs.js';

/**
 * Prints how well names are matched: precision and recall of `match`, and how often the party is among the first five
 * of a pool. `PYTHON` names an interpreter with rapidfuzz and nomenklatura, to print theirs beside it. `-v` lists
 * the wrong verdicts on the part for tuning; those on the others are nobody's to look at.
 */

const POOL_NOISE = 3_000;
const random = seeded(17);

/** Every party of the set once, and names made of their words. */
const parties = new Map<string, KnownParty>();
for (const { party } of pairs) parties.set(JSON.stringify([party.kind, party.name, party.born]), party);
const vocabulary = [...new Set(pairs.flatMap(({ party }) => party.name.split(' ')))];
const pool: KnownParty[] = [
  ...parties.values(),
  ...Array.from({ length: POOL_NOISE }, () => ({
    name: Array.from({ length: 2 + random.below(3) }, () => random.pick(vocabulary)).join(' '),
    names: [],
    kind: random.pick(['person', 'organization']),
    country: null,
    identifiers: [],
  })),
];
/** Parties of the pool that are the same as one of a pair: they count neither for nor against it. */
const sameAs = new Map<string, Set<string>>();
for (const { same, wanted, party } of pairs) {
  if (!same) continue;
  const [a, b] = [fold(wanted.name), fold(party.name)];
  const together = new Set([a, b, ...(sameAs.get(a) ?? []), ...(sameAs.get(b) ?? [])]);
  for (const name of together) sameAs.set(name, together);
}

const postings = new Map<string, string[]>();
for (const [i, { name, names, kind }] of pool.entries()) {
  const keys = [name, ...names.map((other) => other.name)].flatMap((text) =>
    nameKeys(text, [kind === 'person']),
  );
  for (const key of new Set(keys)) postings.set(key, [...(postings.get(key) ?? []), String(i)]);
}

const judge = (wanted: Wanted, party: KnownParty) => judgeOf({ yield: async () => {} }, wanted)(party);

async function ranked(wanted: Wanted): Promise<number[]> {
  const found = nameKeys(wanted.name, [wanted.kind === 'person']).flatMap((key) => {
    const ids = postings.get(key)?.slice(0, POSTINGS);
    return ids ? [[key, ids] as const] : [];
  });
  const judged = candidatesOf(new Map(found)).map(async (id) => ({
    id: Number(id),
    ...(await judge(wanted, pool[Number(id)]!)),
  }));
  return (await Promise.all(judged))
    .sort((a, b) => Number(b.match) - Number(a.match) || b.score - a.score)
    .map(({ id }) => id);
}

/** Whether the party of a pair is among the first five, others of the same entity left out. */
function among5(ranking: readonly number[], wanted: Wanted, party: KnownParty): boolean {
  const others = ranking.filter(
    (id) => pool[id] === party || !sameAs.get(fold(wanted.name))?.has(fold(pool[id]!.name)),
  );
  return others.slice(0, 5).some((id) => pool[id]!.name === party.name);
}

interface Verdicts {
  match: boolean[];
  found: (boolean | null)[];
}

function table(of: string, { match, found }: Verdicts): void {
  for (const part of parts) {
    const rows = pairs
      .map((pair, i) => ({ ...pair, match: match[i]!, found: found[i]! }))
      .filter((row) => row.part === part);
    const right = rows.filter((row) => row.same && row.match).length;
    const share = (part: number, whole: number) => (whole === 0 ? '–' : (part / whole).toFixed(3));
    const searched = rows.filter((row) => row.same && row.found !== null);
    console.log(
      [
        of.padEnd(28),
        part.padEnd(10),
        String(rows.length).padStart(5),
        share(right, rows.filter((row) => row.match).length).padStart(11),
        share(right, rows.filter((row) => row.same).length).padStart(8),
        share(searched.filter((row) => row.found).length, searched.length).padStart(10),
      ].join(' '),
    );
  }
}

console.log(`${'matcher'.padEnd(28)} part       pairs   precision   recall   recall@5`);
const ours = await Promise.all(pairs.map(({ wanted, party }) => judge(wanted, party)));
table('attested', {
  match: ours.map(({ match }) => match),
  found: await Promise.all(
    pairs.map(async ({ same, wanted, party }) =>
      same ? among5(await ranked(wanted), wanted, poolParty(party)) : null,
    ),
  ),
});

function poolParty(party: KnownParty): KnownParty {
  return parties.get(JSON.stringify([party.kind, party.name, party.born]))!;
}

const script = fileURLToPath(new URL('./references.py', import.meta.url));
const input = JSON.stringify({
  pool: pool.map(({ name, names }) => [name, ...names.map((other) => other.name)]),
  pairs: pairs.map((pair) => ({ ...pair, tuning: pair.part === 'tuning' })),
});
const { stdout, stderr, status, error } = spawnSync(process.env.PYTHON ?? 'python3', [script], {
  input,
  maxBuffer: 2 ** 28,
  encoding: 'utf8',
});
if (error || status !== 0)
  console.log(`references: not run (${error?.message ?? stderr.trim().split('\n').at(-1)})`);
else {
  const references = JSON.parse(stdout) as Record<
    string,
    { match: boolean[]; ranking: number[][] | null } | null
  >;
  for (const [name, verdicts] of Object.entries(references)) {
    if (verdicts === null) console.log(`${name.padEnd(28)} not installed`);
    else {
      const { match, ranking } = verdicts;
      const found = pairs.map(({ same, wanted, party }, i) =>
        same && ranking ? among5(ranking[i]!, wanted, poolParty(party)) : null,
      );
      table(name, { match, found });
    }
  }
}

if (process.argv.includes('-v')) {
  for (const [i, { part, same, wanted, party }] of pairs.entries()) {
    if (part !== 'tuning' || ours[i]!.match === same) continue;
    console.log(same ? 'missed' : 'wrong ', wanted.name, '|', party.name, JSON.stringify(ours[i]));
  }
}
