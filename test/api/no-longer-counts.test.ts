import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';

/** Every output agrees with standing: each kind of "no longer counts" against each output that shows who says it. */

const t = await testApp();

async function put(path: string, body: unknown) {
  const answer = await t.send('PUT', `/v1/${path}`, body);
  expect(answer.status, answer.text).toBeLessThan(300);
}
async function post(path: string, body: unknown) {
  const answer = await t.send('POST', `/v1/${path}`, body);
  expect(answer.status, answer.text).toBe(201);
}
const read = async (path: string) => t.send('GET', `/v1/${path}`);

for (const [key, name] of [
  ['ministry', 'The Ministry'],
  ['press', 'The Press'],
  ['ann', 'Ann'],
  ['bob', 'Bob'],
  ['cy', 'Cy'],
  ['dee', 'Dee'],
  ['outlet', 'The Outlet'],
]) {
  await put(`parties/${key}`, { kind: 'organization', name });
}
await put('predicates/killed', {
  label: 'killed',
  value_type: 'quantity',
  unit: 'people',
  functional: true,
  measure: 'period_total',
});

/** A register of its own for each kind: a subject with a first figure that no longer counts, and a second one. */
interface Kind {
  name: string;
  /** Who says the first figure, from which source. */
  said: object[];
  source?: object;
  whole?: object;
  takeBack: (subject: string) => Promise<void>;
  /** Who asserts the first figure still, and who took it back. */
  asserted_by: string[];
  retracted_by: string[];
  sentence: RegExp;
  /** How many attributions of it are taken back. */
  struck: number;
  /** Whether conflicts leave the first figure out. */
  left_out: boolean;
}

const withdraw = (source: string, ...parties: string[]) =>
  parties.reduce(
    (before, party) =>
      before.then(() =>
        post('attributions', { about_source: source, party, stance: 'retracts', said: '2024' }),
      ),
    Promise.resolve(),
  );
const four = (s: string) =>
  ['ann', 'bob', 'cy', 'dee'].map((party) => ({
    party,
    stance: 'asserts',
    lineage: 'originates',
    source: `paper-${s}`,
  }));

const kinds: Record<string, (s: string) => Kind> = {
  'its party took it back': (s) => ({
    name: s,
    said: [{ key: `says-${s}`, party: 'ministry', stance: 'asserts', lineage: 'originates' }],
    takeBack: () =>
      post(`claims/first-${s}/attributions`, {
        party: 'ministry',
        stance: 'retracts',
        in_reply_to: `says-${s}`,
      }),
    asserted_by: [],
    retracted_by: ['The Ministry'],
    sentence: /it was later taken back by the Ministry\./,
    struck: 1,
    left_out: true,
  }),
  'its source was withdrawn': (s) => ({
    name: s,
    source: { publisher: 'press', authors: ['ann'] },
    said: [{ party: 'ann', stance: 'asserts', lineage: 'originates', source: `paper-${s}` }],
    takeBack: () => withdraw(`paper-${s}`, 'press'),
    asserted_by: [],
    retracted_by: ['The Press'],
    sentence: new RegExp(`“paper-${s}” was withdrawn by The Press`),
    struck: 1,
    left_out: true,
  }),
  'the whole of its source was withdrawn': (s) => ({
    name: s,
    whole: { publisher: 'press' },
    source: { part_of: `whole-${s}`, authors: ['ann'] },
    said: [{ party: 'ann', stance: 'asserts', lineage: 'originates', source: `paper-${s}` }],
    takeBack: () => withdraw(`whole-${s}`, 'press'),
    asserted_by: [],
    retracted_by: ['The Press'],
    sentence: new RegExp(`“whole-${s}” was withdrawn by The Press`),
    struck: 1,
    left_out: true,
  }),
  'another claim updates it': (s) => ({
    name: s,
    said: [{ party: 'ministry', stance: 'asserts', lineage: 'originates' }],
    takeBack: () => post('relations', { from: `second-${s}`, type: 'updates', to: `first-${s}` }),
    asserted_by: ['The Ministry'],
    retracted_by: [],
    sentence: /According to the Ministry/,
    struck: 0,
    left_out: true,
  }),
  'some authors took it back': (s) => ({
    name: s,
    source: { publisher: 'press', authors: ['ann', 'bob', 'cy', 'dee'] },
    said: four(s),
    takeBack: () => withdraw(`paper-${s}`, 'ann', 'bob', 'cy'),
    asserted_by: ['Dee'],
    retracted_by: ['Ann', 'Bob', 'Cy'],
    sentence: /three of the four authors have since retracted \(Ann, Bob and Cy, all in 2024\)/,
    struck: 3,
    left_out: false,
  }),
  'nothing is left that carried it': (s) => ({
    name: s,
    source: { publisher: 'press' },
    said: [{ party: 'outlet', stance: 'reports', source: `paper-${s}` }],
    takeBack: () => withdraw(`paper-${s}`, 'press'),
    asserted_by: [],
    retracted_by: ['The Press'],
    sentence: new RegExp(`“paper-${s}” was withdrawn by The Press`),
    struck: 1,
    left_out: true,
  }),
};

const names = (all: { name: string }[]) => all.map(({ name }) => name).sort();

describe.each(Object.entries(kinds))('%s', async (_, make) => {
  const s = `k${Object.values(kinds).indexOf(make)}`;
  const kind = make(s);
  await put(`parties/event-${s}`, { kind: 'event', name: `Event ${s}` });
  if (kind.whole) await put(`sources/whole-${s}`, { type: 'other', title: `whole-${s}`, ...kind.whole });
  if (kind.source) await put(`sources/paper-${s}`, { type: 'article', title: `paper-${s}`, ...kind.source });
  const claim = (name: string, value: string, attributions: object[]) =>
    put(`claims/${name}-${s}`, {
      text: `${value} people were killed.`,
      subject: `event-${s}`,
      predicate: 'killed',
      value: { type: 'quantity', value },
      occurred: '2023-01-30',
      attributions,
    });
  await claim('first', '59', kind.said);
  await claim('second', '101', [{ party: 'ministry', stance: 'asserts', lineage: 'originates' }]);
  await kind.takeBack(s);
  const about = `subject=event-${s}&predicate=killed`;

  it('standing counts what is left, and its sentences tell of the rest', async () => {
    const { json } = await read(`claims/first-${s}/standing`);
    expect(json.standing.asserting).toBe(kind.asserted_by.length);
    if (kind.struck > 0) expect(json.sentences.join(' ')).toMatch(new RegExp(kind.sentence, 'i'));
  });

  it('the sentence tells it', async () => {
    expect((await read(`claims/first-${s}/attribution-sentence`)).json.sentence).toMatch(kind.sentence);
  });

  it('lists of attributions mark it', async () => {
    const all = (await read(`claims/first-${s}/attributions`)).json.items;
    expect(all.filter((a: { retracted: boolean }) => a.retracted)).toHaveLength(kind.struck);
    expect(all.filter((a: { retracted_by: object | null }) => a.retracted_by)).toHaveLength(kind.struck);
  });

  it('the CSV of claims counts what standing counts, and tells who took it back', async () => {
    const [row] = csvObjects((await read(`claims.csv?key=first-${s}`)).text);
    expect(row).toMatchObject({
      asserted_by: kind.asserted_by.join('; '),
      retracted_by: kind.retracted_by.join('; '),
    });
  });

  it('estimates count and mark it, in JSON, CSV and the chart', async () => {
    const [first] = (await read(`estimates?${about}`)).json.items;
    expect(first).toMatchObject({ value: { value: '59' }, retracted: kind.left_out && kind.struck > 0 });
    expect(names(first.asserted_by)).toEqual(kind.asserted_by);
    expect(names(first.retracted_by)).toEqual(kind.retracted_by);
    expect(first.superseded_by).toHaveLength(kind.struck === 0 ? 1 : 0);
    const [row] = csvObjects((await read(`estimates.csv?${about}`)).text);
    expect(row).toMatchObject({
      asserted_by: kind.asserted_by.join('; '),
      retracted_by: kind.retracted_by.join('; '),
      superseded_by: kind.struck === 0 ? `second-${s}` : '',
    });
    const { text } = await read(`estimates.svg?${about}`);
    expect(text.includes('taken back or replaced')).toBe(kind.left_out);
  });

  it('conflicts leave it out unless asked, and mark it then', async () => {
    const of = async (path: string) => (await read(path)).json.items;
    for (const path of [`conflicts?${about}`, `claims/second-${s}/conflicts?limit=50`]) {
      expect(await of(path), path).toHaveLength(kind.left_out ? 0 : 1);
      const [pair] = await of(`${path}&superseded=include`);
      const first = pair.sides.find(({ claim }: { claim: { key: string } }) => claim.key === `first-${s}`);
      expect(names(first.asserted_by)).toEqual(kind.asserted_by);
      expect(names(first.retracted_by)).toEqual(kind.retracted_by);
      expect(first.superseded_by).toHaveLength(kind.struck === 0 ? 1 : 0);
    }
  });

  it('provenance marks it, as data and in every drawing', async () => {
    const of = async (format: string) =>
      (await read(`claims/first-${s}/provenance${format === 'json' ? '' : `.${format}`}`)).text;
    const { nodes } = JSON.parse(await of('json'));
    const back = nodes.filter((node: { taken_back?: boolean }) => node.taken_back);
    expect(back).toHaveLength(kind.struck);
    for (const node of back) expect(node.retracted_by).toMatch(/^attribution_/);
    expect((await of('svg')).includes('text-decoration="line-through"')).toBe(kind.struck > 0);
    expect((await of('dot')).includes('<S>')).toBe(kind.struck > 0);
    expect(/^class .* taken_back$/m.test(await of('mermaid'))).toBe(kind.struck > 0);
  });
});
