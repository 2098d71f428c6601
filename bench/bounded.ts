import { type Bench, type Finding, quantile } from './measure.js';
import { startWatched } from './processes.js';
import { randomizer } from './sample.js';

/** Random combinations of filters, sorts, forms and counts, with a probe beside them: whether every read is bounded. */

const REQUESTS = 2_000;
const SHOWN = 20;
const PROBE_PAUSE_MS = 5;
const SORTS = [
  'id',
  '-id',
  'occurred',
  '-occurred',
  'said',
  '-said',
  'value',
  '-value',
  'created',
  '-updated',
];

type Random = (limit: number) => number;

const filters: Record<string, (random: Random) => string> = {
  party: (r) => `party-${[0, 3, 500, 900][r(4)]}`,
  party_all: (r) => `party-${r(10)},party-${r(10)}`,
  speaker: (r) => `party-${r(900)}`,
  about: (r) => `party-${[2, 15, 700][r(3)]}`,
  subject: (r) => `party-${r(20)}`,
  predicate: (r) => `predicate-${r(5)}`,
  publisher: (r) => `party-${r(40)}`,
  source: (r) => Array.from({ length: [1, 20, 50][r(3)]! }, () => `source-${r(500)}`).join(','),
  place: (r) => ['AF', 'AF-KNR', 'Kunar', 'PK'][r(4)]!,
  topic: (r) => `topic-${r(30)}`,
  language: (r) => ['en', 'ps'][r(2)]!,
  stance: (r) => ['denies', 'asserts', 'retracts'][r(3)]!,
  kind: (r) => ['fact', 'opinion'][r(2)]!,
  unit: () => 'persons',
  support: (r) => ['single_origin', 'none', 'corroborated'][r(3)]!,
  contested: (r) => ['true', 'false'][r(2)]!,
  min_origins: (r) => String(1 + r(3)),
  published_from: (r) => ['2000', '2015', '2024'][r(3)]!,
  published_to: (r) => ['2012', '2100'][r(2)]!,
  said_from: () => '2020',
  said_to: () => '2012',
  occurred_from: (r) => ['2012', '2023'][r(2)]!,
};
const names = Object.keys(filters);

function combination(random: Random): string {
  const query = new URLSearchParams();
  for (let left = 1 + random(3); left > 0; left--) {
    const name = names[random(names.length)]!;
    query.set(name, filters[name]!(random));
  }
  query.set('sort', SORTS[random(SORTS.length)]!);
  if (random(5) === 0) query.set('count', 'exact');
  if (random(6) === 0) query.set('include', 'attributions');
  return `/v1/claims?${query}`;
}

/** The worst ones that were found before reads were bounded. */
const KNOWN = [
  '/v1/claims?party=party-0&about=party-2&published_from=2000',
  '/v1/claims?published_from=2000&published_to=2100&count=exact',
];

export async function bounded({ cli, large }: Bench): Promise<Finding[]> {
  const random = randomizer(13);
  const server = await startWatched(cli, large.file);
  const base = `http://127.0.0.1:${server.port}`;
  const probes: number[] = [];
  let probing = true;
  const probe = (async () => {
    while (probing) {
      const start = performance.now();
      await (await fetch(`${base}/livez`)).text();
      probes.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
    }
  })();
  const seen: { path: string; status: number; ms: number; held: number }[] = [];
  await server.held();
  for (const path of [...KNOWN, ...Array.from({ length: REQUESTS }, () => combination(random))]) {
    const start = performance.now();
    const answer = await fetch(base + path);
    await answer.arrayBuffer();
    const ms = performance.now() - start;
    seen.push({ path, status: answer.status, ms, held: await server.held() });
  }
  probing = false;
  await probe;
  await server.close();

  seen.sort((a, b) => b.ms - a.ms);
  for (const { path, status, ms, held } of seen.slice(0, SHOWN)) {
    const row = [ms.toFixed(0).padStart(6), held.toFixed(0).padStart(5), status, decodeURIComponent(path)];
    process.stderr.write(`${row.join('  ').slice(0, 160)}\n`);
  }
  const refused = seen.filter(({ status }) => status === 503).length;
  const note = `${seen.length} reads of ${large.claims} claims, ${refused} refused`;
  const held = Math.max(...seen.map((one) => one.held));
  return [
    { what: 'slowest read', value: seen[0]!.ms, unit: 'ms', limit: { most: 3_000 }, note },
    { what: 'event loop held, at most', value: held, unit: 'ms', limit: { most: 50 }, note: '' },
    {
      what: '/livez beside them, p99',
      value: quantile(probes, 0.99),
      unit: 'ms',
      limit: { most: 20 },
      note: '',
    },
  ];
}
