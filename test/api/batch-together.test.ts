import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import {
  batchSender,
  claim,
  each,
  type Operation,
  party,
  patch,
  remove,
  statuses,
} from '../support/batch.js';

/** Operations that follow each other are done together, which nobody can tell from the answer or the register. */

const t = await testApp();
const batch = await batchSender(t);
const COUNT = 20;
const many = (make: (i: number) => Operation) => Array.from({ length: COUNT }, (_, i) => make(i));
const put = (id: string, body: object): Operation => ({ method: 'PUT', type: 'claim', id, body });
const said = (...parties: string[]) => parties.map((one) => ({ party: one, stance: 'asserts' }));

async function newestChanges(count: number): Promise<{ type: string; id: string }[]> {
  const { text } = await t.send('GET', '/v1/changes.ndjson');
  const lines = text.trimEnd().split('\n');
  return lines.slice(-count).map((line) => JSON.parse(line));
}

describe('creations that follow each other', () => {
  it('are recorded one after the other, each with what was sent in it', async () => {
    const operations = many((i) =>
      claim({ text: `Word${i} alone.`, attributions: said('ttp', 'ttp', 'ttp') }),
    );
    const { json } = await batch(operations);
    const items = await newestChanges(4 * COUNT);
    const ofEach = json.items.map(({ id }: { id: string }) => [
      id,
      'attribution',
      'attribution',
      'attribution',
    ]);
    expect(items.map(({ type, id }) => (type === 'claim' ? id : type))).toEqual(ofEach.flat());
  });

  it('warn of those before them, and of none behind them', async () => {
    await t.send('PUT', '/v1/predicates/counted', { label: 'counted', value_type: 'quantity' });
    const alike = (occurred: string) =>
      claim({ text: `Of ${occurred}.`, subject: 'ttp', predicate: 'counted', occurred });
    const { json } = await batch([alike('1900'), alike('2000'), alike('1901')]);
    expect(json.items.map(({ warnings }: { warnings?: { code: string }[] }) => warnings?.[0]?.code)).toEqual([
      undefined,
      'far_year',
      undefined,
    ]);
  });

  it('name a copy before them as a possible duplicate, and none behind them', async () => {
    const { json } = await batch(
      [1, 2, 3].map(() => claim({ text: 'The convoy went to the northern border.' })),
    );
    const [first, second] = json.items;
    expect(first.possible_duplicates).toBeUndefined();
    expect(second.possible_duplicates.map(({ object }: { object: { id: string } }) => object.id)).toEqual([
      first.id,
    ]);
    expect(json.items[2].possible_duplicates).toHaveLength(2);
  });

  it.each([
    ['removed', (id: string) => remove(id, 'claim')],
    ['changed', (id: string) => ({ ...patch(id, { text: 'Something else.' }), type: 'claim' })],
  ])('find copies again that stood behind others which the batch %s since', async (what, away) => {
    const text = `The ${what} lorries crossed the eastern bridge.`;
    const copies = (await batch(Array.from({ length: 25 }, () => claim({ text })))).json.items;
    const [oldest, newest] = [copies.slice(0, 5), copies.slice(5)];
    const { json } = await batch([
      claim({ text }),
      ...newest.map(({ id }: { id: string }) => away(id)),
      claim({ text }),
    ]);
    const [first, last] = [json.items[0], json.items.at(-1)];
    const found = last.possible_duplicates.map(({ object }: { object: { id: string } }) => object.id);
    expect(found.sort()).toEqual([first, ...oldest].map(({ id }) => id).sort());
  });

  it('find copies again that stood behind others which the batch removed one by one', async () => {
    const text = 'The southern pass was closed by deep snow.';
    const copies = (await batch(Array.from({ length: 25 }, () => claim({ text })))).json.items;
    const [oldest, newest] = [copies.slice(0, 5), copies.slice(5)];
    const failing: Operation = { method: 'DELETE', type: 'predicate', id: 'no-such', if_match: '*' };
    const operations = [
      claim({ text }),
      ...newest.map(({ id }: { id: string }) => remove(id, 'claim')),
      claim({ text }),
    ];
    const { json } = await batch(
      operations.flatMap((one) => [one, failing]),
      each,
    );
    const [first, last] = [json.items[0], json.items.at(-2)];
    const found = last.possible_duplicates.map(({ object }: { object: { id: string } }) => object.id);
    expect(found.sort()).toEqual([first, ...oldest].map(({ id }) => id).sort());
  });

  it('compare parties in any spelling as often as one by one', async () => {
    await batch(['Mohammed Hassan Khan', 'Zebulon Quark'].map((name) => party({ kind: 'person', name })));
    const others = Array.from({ length: 69 }, (_, i) => `Unique${i} Person${i * 7_919}`);
    const names = ['Zebulon Quark', ...others, 'Mohamed Hasan Khan'];
    const operations = names.map((name) => party({ kind: 'person', name }));
    const answer = statuses(await batch(operations, { ...each, if_similar: 'reject' }));
    expect([answer[0], answer.at(-1)]).toEqual([409, 409]);
    expect(new Set(answer.slice(1, -1))).toEqual(new Set([201]));
  });

  it.each([
    [98, 409],
    [99, 201],
  ])('compare in any spelling what comes behind %i that are written or refused', async (before, status) => {
    const known = `Quentin Halbertine${before}`;
    await batch([party({ kind: 'person', name: known })]);
    // What is refused has others behind it done once more, which are counted once.
    const names = Array.from({ length: before }, (_, i) =>
      i % 20 === 7 ? known : `Only${before}${i} Person${i * 7_919}`,
    );
    const operations = [known, ...names, `Quentyn Halbertine${before}`].map((name) =>
      party({ kind: 'person', name }),
    );
    const answer = statuses(await batch(operations, { ...each, if_similar: 'reject' }));
    expect(answer.filter((one) => one === 409)).toHaveLength(6 + (status === 409 ? 1 : 0));
    expect(answer.at(-1)).toBe(status);
  });

  it('compare no more names of others than a write may, whether together or one by one', async () => {
    const long = (i: number) =>
      `Zubrowka ${i} ${'of the unending wandering '.repeat(8)}`.slice(0, 200).trim();
    const names = (of: number) =>
      Array.from({ length: 200 }, (_, i) => ({ name: `${long(of * 200 + i)}x`, kind: 'alias' }));
    const others = Array.from({ length: 10 }, (_, of) =>
      party({ kind: 'person', name: 'Kaspar Wolkenstein', names: names(of) }),
    );
    await batch(others);
    const operations = Array.from({ length: 10 }, () =>
      party({ kind: 'person', name: 'Caspar Volkenstein' }),
    );
    const failing: Operation = { method: 'DELETE', type: 'predicate', id: 'no-such', if_match: '*' };
    const found = async (sent: Operation[]) => {
      const { json } = await batch(sent, { ...each, dry_run: true });
      return json.items.flatMap(({ possible_duplicates: duplicates }: { possible_duplicates?: object[] }) =>
        duplicates ? [JSON.stringify(duplicates).includes('"sound"')] : [],
      );
    };
    const together = await found(operations);
    // Each is compared with some 400,000 letters; of the rest those behind another of this batch have its name.
    expect(together).toEqual([...Array(7).fill(true), ...Array(3).fill(false)]);
    expect(await found(operations.flatMap((one) => [one, failing]))).toEqual(together);
  });

  it('rest on a source that an operation before them withdraws, though so many rest on it that these wait', async () => {
    const post = (type: string, body: object): Operation => ({ method: 'POST', type, body });
    const from = { party: 'paper', source: 'front-page', stance: 'asserts', lineage: 'originates' };
    await batch([
      party({ key: 'paper', kind: 'media', name: 'A paper' }),
      post('source', { key: 'front-page', type: 'report', title: 'Front page', publisher: 'paper' }),
      claim({ attributions: Array.from({ length: 210 }, () => from) }),
    ]);
    const answer = await batch([
      post('attribution', { about_source: 'front-page', party: 'paper', stance: 'retracts' }),
      claim({ key: 'rests-on-it', text: 'It rests on that.', attributions: [from] }),
    ]);
    expect(statuses(answer)).toEqual([201, 201]);
    const { items } = (await t.send('GET', '/v1/claims?retracted=true')).json;
    expect(items.map(({ key }: { key: string }) => key)).toContain('rests-on-it');
  });

  it('refuse what is like another that an operation behind it tells apart', async () => {
    const alike = (key: string) => party({ key, kind: 'person', name: 'Zabihullah Twinkhel' });
    await batch([alike('twin')]);
    const body = { noun: 'party', one: 'twin-2', other: 'twin', judgement: 'not_the_same' };
    const operations = [alike('twin-2'), { method: 'POST', type: 'judgement', body }];
    const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;
    const answer = await batch(operations, { ...each, if_similar: 'reject' }, { authorization });
    expect(statuses(answer)).toEqual([409, 422]);
  });

  it('refuse what is like another as it is before the operations behind them', async () => {
    const text = 'The bridge at the second crossing was blown up.';
    const [{ id }] = (await batch([claim({ text })])).json.items;
    const operations = [claim({ text }), { ...patch(id, { text: 'Nothing.' }), type: 'claim' }];
    const answer = await batch(operations, { ...each, if_similar: 'reject' });
    expect(statuses(answer)).toEqual([409, 200]);
  });

  it('fail one by one, each for its own fault', async () => {
    const operations = many((i) => claim({ key: `apart-${i % 19}`, ...(i === 7 && { subject: 'nobody' }) }));
    const answer = await batch(operations, each);
    expect(statuses(answer)).toEqual(
      Array.from({ length: COUNT }, (_, i) => ({ 7: 422, 19: 409 })[i] ?? 201),
    );
  });

  it('may be PUT under keys that are free, beside others that are not', async () => {
    const operations = many((i) => put(`put-${i}`, { text: `Put ${i}.` }));
    const some = operations.filter((_, i) => i % 3 === 1);
    expect(new Set(statuses(await batch(some)))).toEqual(new Set([201]));
    expect(statuses(await batch(operations))).toEqual(
      operations.map((one) => (some.includes(one) ? 200 : 201)),
    );
    const [one] = operations;
    const changed = { ...one!, body: { text: 'Put otherwise.' } };
    expect(statuses(await batch([put('put-new', { text: 'New.' }), changed], each))).toEqual([201, 428]);
  });
});

describe('changes that follow each other', () => {
  const PER_CLAIM = 3;
  const names = Array.from({ length: PER_CLAIM }, (_, i) => i);
  beforeAll(async () => {
    await batch(
      many((i) =>
        put(`turned-${i}`, {
          text: `Turned ${i}.`,
          attributions: names.map((n) => ({ key: `turned-${i}-${n}`, party: 'ttp', stance: 'asserts' })),
        }),
      ),
    );
  });
  const change = (type: string, id: string, more: object): Operation => ({
    ...{ method: 'PATCH', type, id, if_match: '*' },
    ...more,
  });
  const note = (type: string, id: string, text: string, more: object = {}) =>
    change(type, id, { body: type === 'claim' ? { scope: text } : { note: text }, ...more });
  const read = async (type: string, id: string) => (await t.send('GET', `/v1/${type}s/${id}`)).json;

  it('are recorded one after the other, each for its reason, and nothing else of the objects changes', async () => {
    const before = await read('claim', 'turned-3');
    const operations = many((i) => note('claim', `turned-${i}`, `Note ${i}.`, { reason: `Why ${i % 2}.` }));
    const { json } = await batch([...operations, ...many((i) => note('attribution', `turned-${i}-1`, 'N.'))]);
    expect(statuses({ json } as never)).toEqual(Array(2 * COUNT).fill(200));
    const told = json.items.map(({ id }: { id: string }) => id);
    expect((await newestChanges(2 * COUNT)).map(({ id }) => id)).toEqual(told);
    const { updated_at, activity_at, attributions, ...now } = await read('claim', 'turned-3');
    const { updated_at: _updated, activity_at: _activity, attributions: own, ...was } = before;
    expect(now).toEqual({ ...was, scope: 'Note 3.', version: 2 });
    expect(activity_at).toBe(updated_at);
    expect(attributions).toEqual([own[0], { ...own[1], note: 'N.', version: 2, updated_at }, own[2]]);
    const { items } = (await t.send('GET', '/v1/claims/turned-3/history')).json;
    expect(items.map(({ reason }: { reason: string | null }) => reason)).toContain('Why 1.');
  });

  it('leave alone what is as it was, by patch and by PUT', async () => {
    const same = many((i) => put(`turned-${i}`, { text: `Turned ${i}.`, scope: `Note ${i}.` }));
    const { json } = await batch([...same, ...many((i) => note('claim', `turned-${i}`, `Note ${i}.`))]);
    expect(new Set(json.items.map(({ version }: { version: number }) => version))).toEqual(new Set([2]));
  });

  it('replace what If-Match names, and nothing without it', async () => {
    const whole = (i: number, more: object) => ({ ...put(`turned-${i}`, { text: `Whole ${i}.` }), ...more });
    const before = await t.dump();
    expect((await batch([whole(0, { if_match: '*' }), whole(1, {})])).status).toBe(422);
    expect((await t.dump()) === before).toBe(true);
    expect(statuses(await batch([whole(0, { if_match: '2' }), whole(1, { if_match: '1' })], each))).toEqual([
      200, 412,
    ]);
    expect(await read('claim', 'turned-0')).toMatchObject({
      text: 'Whole 0.',
      version: 3,
      attribution_count: 3,
    });
    expect(await read('claim', 'turned-1')).toMatchObject({ text: 'Turned 1.', version: 2 });
  });

  it('fail one by one, each for its own fault', async () => {
    const operations = [
      note('claim', 'turned-4', 'Four.'),
      note('claim', 'turned-5', 'Five.', { if_match: '9' }),
      change('claim', 'turned-6', { body: { subject: 'nobody' } }),
      change('claim', 'turned-7', { body: { nothing: 1 } }),
      note('claim', 'nowhere', 'Nowhere.'),
      change('claim', 'turned-8', { patch: [{ op: 'test', path: '/scope', value: 'Another.' }] }),
      change('claim', 'turned-9', { body: { key: 'another' } }),
      note('claim', 'turned-10', 'Ten.'),
    ];
    expect(statuses(await batch(operations, each))).toEqual([200, 412, 422, 422, 404, 409, 422, 200]);
    const { json } = await batch(operations);
    expect(json.failed_operations).toEqual([1, 2, 3, 4, 5, 6]);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(
      '/operations/2/body/subject',
    );
  });

  it('may be of one object, by its key and its id, in their order', async () => {
    const { id } = await read('claim', 'turned-11');
    const operations = [
      note('claim', 'turned-11', 'First.'),
      note('claim', id, 'Second.'),
      note('claim', 'turned-12', 'Other.'),
    ];
    const { json } = await batch(operations);
    expect(json.items.map(({ version }: { version: number }) => version)).toEqual([3, 4, 3]);
    expect(await read('claim', 'turned-11')).toMatchObject({ scope: 'Second.' });
  });

  it('may give names that later ones use, and other attributions amid them', async () => {
    const operations = [
      { ...put('turned-13', { text: 'Named.' }), if_match: '*', local_id: 'named' },
      change('claim', '@named', { body: { scope: 'By its name.' } }),
      change('claim', 'turned-14', {
        body: { attributions: [{ key: 'turned-14-1', party: 'ttp', stance: 'denies' }] },
      }),
      change('claim', 'turned-15', {
        patch: [{ op: 'replace', path: '/attributions/0/stance', value: 'denies' }],
      }),
      note('claim', 'turned-16', 'Sixteen.'),
    ];
    expect(statuses(await batch(operations))).toEqual([200, 200, 200, 200, 200]);
    expect(await read('claim', 'turned-13')).toMatchObject({ text: 'Named.', scope: 'By its name.' });
    expect(await read('claim', 'turned-14')).toMatchObject({
      attribution_count: 1,
      standing: { support: 'none', contested: true },
    });
    expect(await read('claim', 'turned-15')).toMatchObject({
      attribution_count: 3,
      standing: { contested: true },
    });
  });

  it('bring the standing of their claims up to date, and refuse what leads elsewhere', async () => {
    const denied = names.map((n) => change('attribution', `turned-17-${n}`, { body: { stance: 'denies' } }));
    const elsewhere = change('attribution', 'turned-18-0', { body: { relays: ['turned-17-0'] } });
    const itself = change('attribution', 'turned-18-1', { body: { relays: ['turned-18-1'] } });
    const answer = await batch([...denied, elsewhere, itself], each);
    expect(statuses(answer)).toEqual([200, 200, 200, 422, 422]);
    expect(answer.json.items[3].problem.errors[0]).toMatchObject({
      ...{ code: 'other_claim', pointer: '/operations/3/body/relays/0' },
    });
    expect(answer.json.items[4].problem.errors[0].code).toBe('self_reference');
    expect((await read('claim', 'turned-17')).standing).toMatchObject({ support: 'none' });
  });

  it('warn of dates far from those of others, also of those that are changed behind them', async () => {
    const dated = (i: number, year: string) =>
      change('attribution', `turned-17-${i}`, { body: { said: year } });
    await batch([dated(0, '1999'), dated(1, '2001'), dated(2, '2000')]);
    const noted = change('attribution', 'turned-17-1', { body: { note: 'x' } });
    const { json } = await batch([dated(0, '1850'), noted]);
    expect(json.items[0].warnings.map(({ code }: { code: string }) => code)).toEqual(['far_year']);
  });

  it('are held to rules as they are after those before them', async () => {
    await t.send('PUT', '/v1/parties/other', { kind: 'other', name: 'Other' });
    expect(await t.send('PUT', '/v1/sources/paper', { type: 'report', title: 'Paper' })).toMatchObject({
      status: 201,
    });
    for (const key of ['paper-first', 'paper-answer']) {
      const body = { key, about_source: 'paper', party: 'ttp', stance: 'denies' };
      expect(await t.send('POST', '/v1/attributions', body)).toMatchObject({ status: 201 });
    }
    const taken = change('attribution', 'paper-answer', {
      body: { stance: 'retracts', in_reply_to: 'paper-first' },
    });
    expect(statuses(await batch([taken], { dry_run: true }))).toEqual([200]);
    const given = change('attribution', 'paper-first', { body: { party: 'other' } });
    const answer = await batch([given, taken], each);
    expect(statuses(answer)).toEqual([200, 422]);
    expect(answer.json.items[1].problem.errors[0].code).toBe('not_entitled');
  });

  it('may test the whole form of a claim, in which its attributions stand', async () => {
    const tested = async (i: number, isWhole: boolean) => {
      const { attributions, ...form } = (await t.send('GET', `/v1/claims/turned-${i}/input`)).json;
      const value = isWhole ? { ...form, attributions } : form;
      const patch = [
        { op: 'test', path: '', value },
        { op: 'add', path: '/scope', value: 'x' },
      ];
      return change('claim', `turned-${i}`, { patch });
    };
    expect(statuses(await batch([await tested(18, false), await tested(19, false)], each))).toEqual([
      409, 409,
    ]);
    expect(statuses(await batch([await tested(18, true), await tested(19, true)], each))).toEqual([200, 200]);
  });

  it('name all that they are like when all are changed', async () => {
    const same = names.map((n) => change('attribution', `turned-19-${n}`, { body: { said: '2024' } }));
    const { json } = await batch(same);
    const codes = json.items.map(
      ({ possible_duplicates: found = [] }: { possible_duplicates?: object[] }) => found.length,
    );
    expect(codes).toEqual([2, 2, 2]);
  });

  it('of names keep the former ones, unless one asks for something else', async () => {
    const keys = ['renamed-a', 'renamed-b', 'renamed-c'];
    await batch(keys.map((key) => party({ key, name: `Once ${key}` })));
    await batch(
      keys.map((key, i) => ({
        ...patch(key, { name: `Now ${key}` }),
        ...(i === 1 && { keep_former_name: false }),
      })),
    );
    const former = await Promise.all(
      keys.map(async (key) => (await t.send('GET', `/v1/parties/${key}`)).json.names),
    );
    expect(former).toMatchObject([
      [{ name: 'Once renamed-a', kind: 'former' }],
      [],
      [{ name: 'Once renamed-c', kind: 'former' }],
    ]);
  });

  it('may each give their claim other attributions', async () => {
    const other = (i: number) =>
      change('claim', `turned-${i}`, { body: { attributions: [{ party: 'ttp', stance: 'denies' }] } });
    expect(statuses(await batch([other(18), other(19)]))).toEqual([200, 200]);
    for (const i of [18, 19]) {
      const { attributions } = await read('claim', `turned-${i}`);
      expect(attributions.map(({ stance }: { stance: string }) => stance)).toEqual(['denies']);
    }
  });
});

describe('removals that follow each other', () => {
  const gone = (i: number, more: object = { if_match: '*' }) => remove(`going-${i}`, 'claim', more);
  let review = {};
  beforeAll(async () => {
    review = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
    const operations = many((i) =>
      put(`going-${i}`, {
        text: `Going ${i}.`,
        attributions: said('ttp', 'ttp').map((one, n) => ({ ...one, key: `going-${i}-${n}` })),
      }),
    );
    await batch(operations);
    for (const [i, to] of [
      [0, 1],
      [2, 1],
      [3, 19],
    ]) {
      const relation = { key: `leads-${i}`, type: 'supports', from: `going-${i}`, to: `going-${to}` };
      expect((await t.send('POST', '/v1/relations', relation)).status).toBe(201);
    }
    const assessment = { key: 'weighed', claim: 'going-2', credibility: 2 };
    expect((await t.send('POST', '/v1/assessments', assessment, review)).status).toBe(201);
    const judged = { one: 'going-5', other: 'going-6', noun: 'claim', judgement: 'not_the_same' };
    expect((await t.send('POST', '/v1/judgements', judged, review)).status).toBe(201);
  });
  const found = async (path: string) => (await t.send('GET', `/v1/${path}`)).status;

  it('are recorded one after the other, each before what goes along with it', async () => {
    const { json } = await batch([gone(0), gone(1), gone(2)]);
    expect(
      json.items.map(({ status, version }: { status: number; version: number }) => [status, version]),
    ).toEqual(Array(3).fill([204, 2]));
    const items = await newestChanges(12);
    expect(items.map(({ type }) => type)).toEqual([
      ...['claim', 'attribution', 'attribution', 'relation'],
      ...['claim', 'attribution', 'attribution', 'relation'],
      ...['claim', 'attribution', 'attribution', 'assessment'],
    ]);
    expect(items.filter(({ type }) => type === 'claim').map(({ id }) => id)).toEqual(
      json.items.map(({ id }: { id: string }) => id),
    );
    expect(await found('claims/going-1')).toBe(410);
    expect(await found('attributions/going-1-0')).toBe(410);
  });

  it('come back with what went along, as after a removal alone', async () => {
    const back = (i: number) =>
      t.send('PUT', `/v1/claims/going-${i}`, { text: `Going ${i}.` }, { 'if-match': '"2"' });
    expect((await back(2)).status).toBe(200);
    expect([await found('attributions/going-2-1'), await found('assessments/weighed')]).toEqual([200, 200]);
    expect((await back(1)).status).toBe(200);
    expect([await found('attributions/going-1-0'), await found('relations/leads-2')]).toEqual([200, 200]);
    expect(await found('relations/leads-0')).toBe(410);
    expect((await back(0)).status).toBe(200);
    expect(await found('relations/leads-0')).toBe(200);
  });

  it.each(['party', 'source'])(
    'may refer to each other, each before what it refers to (%s)',
    async (type) => {
      const body = type === 'party' ? { kind: 'other', name: 'One' } : { type: 'report', title: 'One' };
      const chain = (prefix: string) =>
        many((i) => ({
          ...{ method: 'POST', type },
          body: {
            ...body,
            key: `${prefix}-${type}-${i}`,
            part_of: i === 0 ? null : `${prefix}-${type}-${i - 1}`,
          },
        }));
      await batch([...chain('up'), ...chain('down')]);
      const from = (prefix: string, order: (i: number) => number) =>
        many((i) => remove(`${prefix}-${type}-${order(i)}`, type));
      expect(statuses(await batch(from('up', (i) => COUNT - 1 - i)))).toEqual(Array(COUNT).fill(204));
      const before = await t.dump();
      const refused = await batch(from('down', (i) => i));
      expect(refused.json.failed_operations).toEqual(Array.from({ length: COUNT - 1 }, (_, i) => i));
      const turned = await batch(from('down', (i) => (i < 2 ? COUNT - 2 + i : COUNT - 1 - i)));
      expect(turned.json.failed_operations).toContain(0);
      expect((await t.dump()) === before).toBe(true);
    },
  );

  it('take along what was judged of a pair of them, behind the first', async () => {
    expect(statuses(await batch([gone(4), gone(5), gone(6)]))).toEqual([204, 204, 204]);
    const types = (await newestChanges(10)).map(({ type }) => type);
    expect(types.filter((type) => type === 'judgement')).toHaveLength(1);
    expect(types.indexOf('judgement')).toBeLessThan(types.lastIndexOf('claim'));
  });

  it('fail one by one, each for its own fault', async () => {
    const operations = [
      gone(8),
      gone(9, { if_match: '7' }),
      gone(10),
      gone(8),
      gone(4),
      gone(11, {}),
      remove('nowhere', 'claim'),
    ];
    expect(statuses(await batch(operations, each))).toEqual([204, 412, 204, 410, 410, 428, 404]);
    const before = await t.dump();
    expect((await batch([gone(12), gone(13), gone(9, { if_match: '7' })])).json.failed_operations).toEqual([
      2,
    ]);
    expect((await t.dump()) === before).toBe(true);
  });
});
