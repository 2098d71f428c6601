import { describe, expect, it } from 'vitest';
import { type Answer, type TestApp, testApp } from '../support/app.js';
import { currentRegister } from '../support/current-register.js';
import { effort } from '../support/effort.js';
import { merging } from '../support/merging.js';
import { seeded } from '../support/random.js';

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

describe('merges, their undoing, moves and reverts in a random order', async () => {
  const t = await testApp({ register: 'sample' });
  const { any, differences, review, sendMerge, sendUndo } = await merging(t);

  /** The register as a reader of the feed has it. */
  async function fed(): Promise<Map<string, unknown>> {
    const objects = new Map<string, unknown>();
    for (const { id, object } of await lines(t, 'changes.ndjson')) {
      if (object === null) objects.delete(id as string);
      else objects.set(id as string, object);
    }
    return objects;
  }

  /** Holds what can be read to what follows from the history, and from whole lists. */
  async function check(inForce: readonly Merge[], where: string): Promise<void> {
    expect(await differences(), where).toEqual([]);
    const objects = await fed();
    const current = await Promise.all(
      [
        'parties',
        'sources',
        'predicates',
        'claims',
        'attributions',
        'relations',
        'assessments',
        'judgements',
      ].map((plural) => idsOf(t, plural)),
    );
    expect([...objects.keys()].sort(), where).toEqual(current.flat().sort());
    const next = new Map(inForce.map(({ from, into }) => [from, into]));
    const attributions = await lines(t, 'attributions.ndjson');
    for (const { plural, from } of inForce) {
      let root = from;
      for (let at = next.get(from); at !== undefined; at = next.get(at)) root = at;
      const { status, headers } = await t.send('GET', `/v1/${plural}/${from}`);
      expect([status, headers.location], where).toEqual([308, `/v1/${plural}/${root}`]);
      if (!current.flat().includes(root)) continue;
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

  it('leave what a computation from the history makes', async () => {
    const seed = 1704;
    const random = seeded(seed);
    let inForce: Merge[] = [];
    const requests: string[] = [];
    const done = { merged: 0, undone: 0, moved: 0, reverted: 0, refused: 0 };
    const some = async (plural: string) => random.pick(await idsOf(t, plural));
    const count = (answer: Answer, what: keyof typeof done): boolean => {
      expect([200, 201, 204, 404, 409, 410, 412, 422, 428], answer.text).toContain(answer.status);
      const well = answer.status < 300;
      done[well ? what : 'refused'] += 1;
      if (well) requests.push(answer.headers['x-request-id'] as string);
      return well;
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
    const rounds = effort(40, 80);
    for (let round = 1; round <= rounds; round++) {
      await random.pick([...steps, steps[0]!, steps[1]!])();
      if (round % Math.max(rounds / 20, 30) === 0) await check(inForce, `seed ${seed}, round ${round}`);
    }
    await check(inForce, `seed ${seed}, at the end`);
    for (const what of Object.values(done)) expect(what, JSON.stringify(done)).toBeGreaterThan(rounds / 40);
  }, 3_600_000);
});

/**
 * Where two that stood in one list were merged, and another of that list meanwhile, nothing tells the order in which they
 * stood; else it is kept.
 */
const unordered = (line: string): string =>
  line.replace(/\[\{"id":[^\]]*\]/g, (list) =>
    list
      .slice(1, -1)
      .split(/(?<=\}),(?=\{)/)
      .sort()
      .join(),
  );

it('merges that are undone in any order that is taken leave the register as it was', async () => {
  const t = await testApp({ register: 'sample' });
  const { differences, sendMerge, sendUndo } = await merging(t);
  for (let seed = 7; seed < 7 + effort(1, 2); seed++) {
    const random = seeded(seed);
    const before = (await currentRegister(t)).map(unordered);
    let inForce: { path: string; id: string }[] = [];
    for (let i = 0; i < 20; i++) {
      const plural = random.pick<Plural>(['parties', 'sources', 'claims']);
      const ids = await idsOf(t, plural);
      const [from, into] = [random.pick(ids), random.pick(ids)];
      const { status, json } = await sendMerge(`${plural}/${from}`, into);
      if (status === 201) inForce.push({ path: `${plural}/${from}`, id: json.id });
      if (random.chance(0.3) && inForce.length > 0) await undoSome();
    }
    while (inForce.length > 0) await undoSome();
    expect((await currentRegister(t)).map(unordered), `seed ${seed}`).toEqual(before);

    async function undoSome(): Promise<void> {
      const merge = random.pick(inForce);
      const { status, json, text } = await sendUndo(merge.path, merge.id);
      if (status === 200) inForce = inForce.filter((one) => one !== merge);
      else expect(json.errors?.[0]?.code, text).toBe('merged_since');
    }
  }
  expect(await differences()).toEqual([]);
}, 600_000);
