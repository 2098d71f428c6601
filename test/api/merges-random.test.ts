import { describe, expect, it } from 'vitest';
import { type Answer, type TestApp, testApp } from '../support/app.js';
import { currentRegister } from '../support/current-register.js';
import { effort } from '../support/effort.js';
import { merging } from '../support/merging.js';
import { type Random, seeded } from '../support/random.js';

type Plural = 'parties' | 'sources' | 'claims';
interface Merge {
  id: string;
  plural: Plural;
  from: string;
  into: string;
}

async function lines(t: TestApp, list: string): Promise<Record<string, unknown>[]> {
  const { text } = await t.send('GET', `/v1/${list}`);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
const idsOf = async (t: TestApp, plural: string): Promise<string[]> =>
  (await lines(t, `${plural}.ndjson`)).map(({ id }) => String(id));

/** Does so many merges, undoings, moves and reverts in a register, and holds it again and again to its history. */
async function doAtRandom(seed: number, operations: number): Promise<void> {
  const t = await testApp({ register: 'sample' });
  const { any, differences, review, sendMerge, sendUndo } = await merging(t);
  const random = seeded(seed);
  let inForce: Merge[] = [];
  const requests: string[] = [];
  const done = { merged: 0, undone: 0, moved: 0, reverted: 0 };

  /** The versions of all objects as a reader of the feed has them. */
  async function fed(): Promise<Map<string, number>> {
    const objects = new Map<string, number>();
    for (const { id, object, version } of await lines(t, 'changes.ndjson')) {
      if (object === null) objects.delete(id as string);
      else objects.set(id as string, version as number);
    }
    return objects;
  }

  /** Holds what can be read to what follows from the history, and from whole lists. */
  async function check(where: string): Promise<void> {
    expect(await differences(), where).toEqual([]);
    const objects = await fed();
    const lists = await Promise.all(
      [
        'parties',
        'sources',
        'predicates',
        'claims',
        'attributions',
        'relations',
        'assessments',
        'judgements',
      ].map((plural) => lines(t, `${plural}.ndjson`)),
    );
    const current = new Map(lists.flat().map(({ id, version }) => [id as string, version]));
    expect(new Map([...objects].sort()), where).toEqual(new Map([...current].sort()));
    const next = new Map(inForce.map(({ from, into }) => [from, into]));
    const attributions = await lines(t, 'attributions.ndjson');
    for (const { plural, from } of inForce) {
      let root = from;
      for (let at = next.get(from); at !== undefined; at = next.get(at)) root = at;
      const { status, headers } = await t.send('GET', `/v1/${plural}/${from}`);
      expect([status, headers.location], where).toEqual([308, `/v1/${plural}/${root}`]);
      if (!current.has(root)) continue;
      const member = { parties: 'party', sources: 'source', claims: 'claim' }[plural];
      const found = await lines(
        t,
        `attributions.ndjson?${member}=${from}${plural === 'parties' ? '&party_exact=true' : ''}`,
      );
      const expected = attributions.filter((one) =>
        [one[member], ...(plural === 'parties' ? [one.speaker] : [])].some(
          (named) => (named as { id: string } | null)?.id === root,
        ),
      );
      expect(found.map(({ id }) => id).sort(), where).toEqual(expected.map(({ id }) => id).sort());
    }
  }

  const some = async (plural: string) => random.pick(await idsOf(t, plural));
  const count = (answer: Answer, what: keyof typeof done): boolean => {
    // On a busy machine a write may be given up for its time, 413.
    expect([200, 201, 204, 404, 409, 410, 412, 413, 422, 428], answer.text).toContain(answer.status);
    if (answer.status >= 300) return false;
    done[what] += 1;
    requests.push(answer.headers['x-request-id'] as string);
    return true;
  };
  const steps: (() => Promise<void>)[] = [
    async () => {
      const plural = random.pick<Plural>(['parties', 'sources', 'claims']);
      const [from, into] = [await some(plural), await some(plural)];
      const answer = await sendMerge(`${plural}/${from}`, into);
      if (count(answer, 'merged')) inForce.push({ id: answer.json.id, plural, from, into });
    },
    async () => {
      if (inForce.length === 0) return;
      const merge = random.pick(inForce);
      const end = random.chance(0.5) ? merge.from : merge.into;
      if (count(await sendUndo(`${merge.plural}/${end}`, merge.id), 'undone'))
        inForce = inForce.filter((one) => one !== merge);
    },
    async () => {
      const answer = await t.send(
        'POST',
        `/v1/attributions/${await some('attributions')}/move`,
        { claim: await some('claims') },
        any,
      );
      count(answer, 'moved');
    },
    async () => {
      if (requests.length === 0) return;
      const id = random.chance(0.7) ? requests.at(-1)! : random.pick(requests);
      count(await t.send('POST', `/v1/batches/${id}/revert`, {}, review), 'reverted');
    },
    async () => {
      const plural = random.pick(['parties', 'sources', 'attributions']);
      count(
        await t.send('POST', `/v1/${plural}/${await some(plural)}/revert`, { to_version: 1 }, any),
        'reverted',
      );
    },
    async () => {
      const [one, other] = [await some('parties'), await some('parties')];
      const [source, claim] = [await some('sources'), await some('claims')];
      const said = random.pick(await lines(t, 'attributions.ndjson')) as {
        id: string;
        claim: { id: string } | null;
      };
      const write = random.pick<[method: string, path: string, body?: object]>([
        ['PATCH', `parties/${one}`, { part_of: random.chance(0.3) ? null : other }],
        [
          'PATCH',
          `sources/${source}`,
          { publisher: one, authors: random.chance(0.5) ? [one] : [one, other] },
        ],
        ['PATCH', `sources/${source}`, { derived_from: [await some('sources')] }],
        ['PATCH', `claims/${claim}`, { subject: one, participants: [{ party: other, role: 'host' }] }],
        [
          'POST',
          'attributions',
          {
            claim: said.claim?.id ?? claim,
            party: one,
            stance: 'reports',
            relays: said.claim ? [said.id] : [],
            source,
          },
        ],
        ['POST', 'attributions', { about_source: source, party: one, stance: 'denies' }],
        ['POST', 'relations', { from: claim, type: 'supports', to: await some('claims') }],
        ['POST', 'judgements', { noun: 'party', one, other, judgement: random.pick(['same', 'unsure']) }],
        ['DELETE', `attributions/${said.id}`],
        ['DELETE', `claims/${claim}`],
      ]);
      count(await t.send(write[0], `/v1/${write[1]}`, write[2], any), 'moved');
    },
  ];
  // The key of the tests is older than the sample: from here on instants go forward again.
  await t.send('POST', '/v1/parties', { kind: 'other', name: 'The first to be entered' });
  const total = () => Object.values(done).reduce((sum, each) => sum + each, 0);
  for (let next = 1; total() < operations; ) {
    await random.pick([...steps, steps[0]!, steps[1]!])();
    if (total() < next) continue;
    await check(`seed ${seed}, after ${JSON.stringify(done)}`);
    next += CHECK_AFTER;
  }
  await check(`seed ${seed}, at the end`);
  for (const each of Object.values(done)) expect(each, JSON.stringify(done)).toBeGreaterThan(operations / 40);
}

/** What one register takes, so that checks of all of it stay cheap. */
const AT_ONCE = 200;
const CHECK_AFTER = 50;

it('merges, their undoing, moves and reverts in a random order leave what a computation from the history makes', async () => {
  const operations = effort(30, 100, 2_000);
  for (let done = 0; done < operations; done += AT_ONCE) {
    await doAtRandom(1704 + done, Math.min(AT_ONCE, operations - done));
  }
}, 7_200_000);

/** Another change, as a write that stands for the same in a register without the merges. */
async function otherChange(t: TestApp, random: Random, key: string): Promise<[string, string, object?]> {
  const some = async (plural: string) => random.pick(await idsOf(t, plural));
  const [party, source, claim] = [await some('parties'), await some('sources'), await some('claims')];
  // What was created meanwhile has another id there.
  const said = random.pick((await lines(t, 'attributions.ndjson')).flatMap(({ key }) => key ?? []));
  const { json } = await t.send('GET', `/v1/sources/${source}`);
  const isAuthor = json.authors.some(({ id }: { id: string }) => id === party);
  return random.pick<[string, string, object?]>([
    ['PATCH', `sources/${source}`, [{ op: 'add', path: '/authors/-', value: party }].slice(Number(isAuthor))],
    ['PATCH', `sources/${source}`, [{ op: 'add', path: '/note', value: key }]],
    ['PATCH', `sources/${source}`, [{ op: 'add', path: '/publisher', value: party }]],
    ['PATCH', `parties/${party}`, [{ op: 'add', path: '/names/-', value: { name: key, kind: 'alias' } }]],
    ['PATCH', `claims/${claim}`, [{ op: 'add', path: '/topics/-', value: key }]],
    ['PATCH', `claims/${claim}`, [{ op: 'add', path: '/participants/-', value: { party, role: key } }]],
    ['POST', 'attributions', { key, claim, party, stance: 'reports', source }],
    ['DELETE', `attributions/${said}`],
  ]);
}

describe('merges that are undone in any order that is taken', () => {
  it.each([
    ['leave the register as it was', 7, false],
    ['leave it as other changes alone would have made it', 1007, true],
  ])(
    '%s',
    async (_, firstSeed, withOthers) => {
      const t = await testApp({ register: 'sample' });
      const { any, differences, sendMerge, sendUndo } = await merging(t);
      const alone = await testApp({ register: 'sample' });
      const others = { ...any, authorization: `Bearer ${await alone.newKey(['read', 'write', 'review'])}` };
      const lists = async (one: TestApp) =>
        (await currentRegister(one)).map((line) =>
          line.replace(/"id":"attribution_[^"]*"|"created_at":"[^"]*"/g, ''),
        );

      for (let seed = firstSeed; seed < firstSeed + effort(1, 2, 6); seed++) {
        const random = seeded(seed);
        let inForce: { path: string; id: string }[] = [];
        for (let i = 0; i < effort(20, 40, 80); i++) {
          const plural = random.pick<Plural>(['parties', 'sources', 'claims']);
          const ids = await idsOf(t, plural);
          const [from, into] = [random.pick(ids), random.pick(ids)];
          const { status, json } = await sendMerge(`${plural}/${from}`, into);
          if (status === 201) inForce.push({ path: `${plural}/${from}`, id: json.id });
          if (withOthers) await changeBoth(random, `change-${seed}-${i}`);
          if (random.chance(0.3) && inForce.length > 0) await undoSome();
        }
        while (inForce.length > 0) await undoSome();
        expect(await lists(t), `seed ${seed}`).toEqual(await lists(alone));

        async function undoSome(): Promise<void> {
          const merge = random.pick(inForce);
          const { status, json, text } = await sendUndo(merge.path, merge.id);
          if (status === 200) inForce = inForce.filter((one) => one !== merge);
          else if (status !== 413) expect(json.errors?.[0]?.code, text).toBe('merged_since');
        }
      }
      expect(await differences()).toEqual([]);

      async function changeBoth(random: Random, key: string): Promise<void> {
        const [method, path, body] = await otherChange(t, random, key);
        const type = Array.isArray(body) && { 'content-type': 'application/json-patch+json' };
        const one = await t.send(method, `/v1/${path}`, body, { ...any, ...type });
        const other = await alone.send(method, `/v1/${path}`, body, { ...others, ...type });
        expect([one.status, other.status], one.text + other.text).toEqual([other.status, one.status]);
      }
    },
    1_200_000,
  );
});
