import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { chosenEngine } from '../support/engines.js';
import { generate, type Make, scatteredId } from '../support/generate.js';
import { type Direction, pages } from '../support/pages.js';
import { seeded } from '../support/random.js';

/** PostgreSQL, with its instances, takes minutes for as many as SQLite has. */
const SIZE = effort(150, chosenEngine === 'sqlite' ? 10_000 : 1_000);
const LIMIT = effort(25, 200);
/** Claims that are looked at page by page in several orders. */
const SELECTED = effort(20, 150);
const t = await testApp();
const random = seeded(1);

/** What claims have of each sort key, lowest first; the texts of one row sort as equal. */
const scales = {
  occurred: [
    ['../1999', '../2024-05', '/2030'],
    ['1999', '1999-01'],
    ['202X', '2020-01-01'],
    ['2023', '2023-01', '2023-01-01', '2023/..', '2023~'],
    ['2023-01-02', '2023-01-02/2024'],
    ['2024-02-29', '2024-02-29/2024-03-01'],
  ],
  said: [
    ['1999'],
    ['2023-01', '2023-01-31', '2022/2023-01'],
    ['2023-02-01'],
    ['2024', '2024-12-31', '../2024'],
    ['2024-01/..', '2020/'],
  ],
  value: [
    ['-9007199254740993'],
    ['-9007199254740992'],
    ['-2', '-2.0'],
    ['-0.5'],
    ['0', '-0', '0.00'],
    ['0.1', '0.10'],
    ['3'],
    ['20', '20.000'],
    ['100'],
    ['9007199254740992'],
    ['9007199254740993', '9007199254740993.0'],
  ],
  created: [['2026-01-01T00:00:00.000Z'], ['2026-01-01T00:00:00.001Z'], ['2026-01-02T00:00:00.000Z']],
} as const;
type Key = keyof typeof scales;

/** A claim as the order of lists sees it: the rank of each sort key, null where it has no value. */
interface Row extends Record<Key, number | null> {
  id: string;
  few: boolean;
  /** Who says it. */
  by: string[];
}

async function addClaim(make: Make): Promise<Row> {
  const rankOf = (key: Key, share = 0.6) => (random.chance(share) ? random.below(scales[key].length) : null);
  const ranks = { occurred: rankOf('occurred'), said: rankOf('said', 0.35), value: rankOf('value') };
  const created = random.below(scales.created.length);
  const text = (key: Key, rank: number | null) => (rank === null ? null : random.pick(scales[key][rank]!));
  const few = random.chance(SELECTED / SIZE);
  // The latest words count: whatever else was said was said earlier, or without a date.
  const said = [text('said', ranks.said)];
  if (random.chance(0.1)) said.unshift(ranks.said === null ? null : random.pick(scales.said[0]));
  const number = text('value', ranks.value);
  const input = {
    text: 'A claim.',
    occurred: text('occurred', ranks.occurred),
    value: number === null ? { type: 'unknown' } : { type: 'quantity', value: number },
    topics: few ? ['few'] : [],
    attributions: [
      ...(ranks.said === null && random.chance(0.3) ? [] : said.map((day) => attribution('someone', day))),
      ...(few && random.chance(0.5) ? [attribution('seldom', null)] : []),
    ],
  };
  const by = input.attributions.map(({ party }) => party);
  return { id: await make('claim', input, scales.created[created]![0]), few, by, created, ...ranks };
}

const attribution = (party: string, said: string | null) => ({ party, stance: 'asserts', said });

const rows: Row[] = [];

const add = (count: number) =>
  generate(
    t.store,
    async (make) => {
      for (let i = 0; i < count; i++) rows.push(await addClaim(make));
    },
    scatteredId,
  );

/** The ids in the order that a sort asks for, by a comparison of its own. */
function ordered(of: Row[], sort: string): string[] {
  const [first = '', second] = sort.split(',');
  const sign = first.startsWith('-') ? -1 : 1;
  const key = first.replace('-', '') as Key | 'id';
  const idSign = second ? (second.startsWith('-') ? -1 : 1) : sign;
  const byId = (a: Row, b: Row) => (a.id < b.id ? -idSign : idSign);
  return [...of]
    .sort((a, b) => {
      if (key === 'id' || a[key] === b[key]) return byId(a, b);
      if (a[key] === null || b[key] === null) return a[key] === null ? 1 : -1;
      return sign * (a[key] - b[key]);
    })
    .map((row) => row.id);
}

/** Says where two long lists of ids begin to differ, instead of showing both. */
function expectSame(got: string[], right: string[]): void {
  const at = right.findIndex((id, i) => id !== got[i]);
  const from = Math.max(0, at);
  const part = (ids: string[]) => ({ length: ids.length, at: from, ids: ids.slice(from, from + 3) });
  expect(part(got)).toEqual(part(right));
}

const idsOf = (items: { id: string }[]): string[] => items.map((item) => item.id);

/** Reads from a page to the end of the list while between two pages `between` happens. */
async function readOn(url: string, direction: Direction, between: () => Promise<unknown>) {
  const parts: string[][] = [];
  let last = '';
  for await (const { json } of pages(t, url, direction)) {
    parts.push(idsOf(json.items));
    expect(json.has_more).toBe(json.next_cursor !== null);
    last = json.prev_cursor;
    await between();
  }
  return { ids: (direction === 'prev' ? parts.reverse() : parts).flat(), parts, last };
}

/** Claims with so many attributions by `someone` that his claims are gone through, not looked up (see below). */
async function addOftenSaid(make: Make): Promise<Row> {
  const ranks = { occurred: null, said: null, value: null, created: 0 };
  const attributions = Array.from({ length: 1_000 }, () => attribution('someone', null));
  const input = { text: 'A claim.', value: { type: 'unknown' }, attributions };
  const id = await make('claim', input, scales.created[0][0]);
  return { id, few: false, by: attributions.map(({ party }) => party), ...ranks };
}

beforeAll(async () => {
  for (const key of ['someone', 'seldom'])
    await t.send('POST', '/v1/parties', { key, kind: 'other', name: key });
  await add(SIZE);
  await generate(
    t.store,
    async (make) => {
      for (let i = 0; i < 2; i++) rows.push(await addOftenSaid(make));
    },
    scatteredId,
  );
});

describe('GET /v1/claims, while claims are added', () => {
  it.each(['id', '-id', 'occurred', '-said', 'value', '-occurred,id'])(
    'sort=%s: the pages hold each claim once, in order, on the way there and back',
    async (sort) => {
      const before = [...rows];
      const expected = ordered(before, sort);
      const old = new Set(expected);
      const addSome = () => add(3);

      const there = await readOn(`/v1/claims?limit=${LIMIT}&sort=${sort}`, 'next', addSome);
      expect(new Set(there.ids).size).toBe(there.ids.length);
      expectSame(
        there.ids.filter((id) => old.has(id)),
        expected,
      );
      expect(there.ids.length).toBeGreaterThan(old.size);

      const end = there.parts.at(-1)!;
      const back = await readOn(`/v1/claims?limit=${LIMIT}&cursor=${there.last}`, 'prev', addSome);
      const all = [...back.ids, ...end];
      expect(new Set(all).size).toBe(all.length);
      expectSame(
        all.filter((id) => old.has(id)),
        expected,
      );
      // What was added is in its place as well.
      const shown = new Set(all);
      expectSame(
        all,
        ordered(
          rows.filter(({ id }) => shown.has(id)),
          sort,
        ),
      );
    },
    300_000,
  );
});

describe('GET /v1/claims?party=', () => {
  it('finds few for one party and many for the other', () => {
    const saidBy = (party: string) => rows.flatMap(({ by }) => by.filter((each) => each === party)).length;
    // Up to 2,000 attributions lead to their claims; with more, claims are gone through until a page is full.
    expect(saidBy('seldom')).toBeLessThan(200);
    expect(saidBy('someone')).toBeGreaterThan(2_000);
  });

  it.each([
    ['seldom', 'id'],
    ['seldom', '-said'],
    ['someone', 'id'],
    ['someone', '-said'],
    ['someone', 'value,-id'],
    ['someone,seldom', '-id'],
  ])('%s, sort=%s: the pages hold all of them, there and back', async (party, sort) => {
    const of = party.split(',');
    const expected = ordered(
      rows.filter(({ by }) => by.some((each) => of.includes(each))),
      sort,
    );
    const limit = party === 'seldom' ? 10 : LIMIT;
    const url = `/v1/claims?party=${party}&stance=asserts&sort=${sort}`;
    const there = await readOn(`${url}&limit=${limit}`, 'next', async () => {});
    expectSame(there.ids, expected);
    const back = await readOn(`/v1/claims?limit=${limit}&cursor=${there.last}`, 'prev', async () => {});
    expectSame([...back.ids, ...there.parts.at(-1)!], expected);
    const { json } = await t.send('GET', `${url}&count=exact`);
    expect(json.total).toBe(expected.length);
  });
});

describe('GET /v1/attributions?party=', () => {
  it.each(['someone', 'seldom'])('%s: the pages hold all of them, now and at an instant', async (party) => {
    const count = rows.flatMap(({ by }) => by.filter((each) => each === party)).length;
    const url = `/v1/attributions?party=${party}&limit=${party === 'seldom' ? 10 : 200}`;
    const there = await readOn(url, 'next', async () => {});
    expect(new Set(there.ids).size).toBe(count);
    expect(there.ids).toEqual(there.ids.toSorted());
    const then = await readOn(`${url}&as_of=${new Date().toISOString()}`, 'next', async () => {});
    expectSame(then.ids, there.ids);
  });
});

describe('GET /v1/claims, in small pages', () => {
  it.each([
    ['id', 1],
    ['-said,id', 1],
    ['value', 2],
    ['-value', 3],
    ['occurred,-id', 7],
    ['-occurred', 7],
    ['said', 9],
    ['-value,id', 10],
    ['created,-id', 11],
  ])('sort=%s&limit=%i: the pages lead through the whole list and back', async (sort, limit) => {
    const expected = ordered(
      rows.filter((row) => row.few),
      sort,
    );
    expect(expected.length).toBeGreaterThan(SELECTED / 2);
    const there = await readOn(`/v1/claims?topic=few&limit=${limit}&sort=${sort}`, 'next', async () => {});
    expectSame(there.ids, expected);
    expect(there.parts.slice(0, -1).every((part) => part.length === limit)).toBe(true);
    const back = await readOn(`/v1/claims?limit=${limit}&cursor=${there.last}`, 'prev', async () => {});
    expectSame([...back.ids, ...there.parts.at(-1)!], expected);
  });

  it('a page on and a page back is the same page', async () => {
    for (const sort of ['id', '-said', 'value,-id']) {
      let previous: string[] | null = null;
      for await (const { json } of pages(t, `/v1/claims?topic=few&limit=10&sort=${sort}`)) {
        if (previous) {
          const back = await t.send('GET', `/v1/claims?limit=10&cursor=${json.prev_cursor}`);
          expect(idsOf(back.json.items)).toEqual(previous);
          const again = await t.send('GET', `/v1/claims?limit=10&cursor=${back.json.next_cursor}`);
          expect(idsOf(again.json.items)).toEqual(idsOf(json.items));
        }
        previous = idsOf(json.items);
      }
    }
  });
});

describe('GET /v1/sources in the order of titles', () => {
  // An index of PostgreSQL holds the first 600 characters.
  const alike = 'é'.repeat(600);
  const titles = [
    'A',
    `${alike}b`,
    `${alike}a`,
    alike,
    `${alike}a`,
    'Z',
    `${alike}${'ü'.repeat(1_000)}`,
    'é',
  ];

  it.each([
    ['title', 1],
    ['-title', 1],
    ['title,-id', 3],
    ['-title,id', 2],
  ])('sort=%s&limit=%i: titles that begin alike, however long they are', async (sort, limit) => {
    const ids: string[] = [];
    for (const [i, title] of titles.entries()) {
      const { json } = await t.send(
        'PUT',
        `/v1/sources/titled-${i}`,
        { type: 'other', title },
        { authorization: `Bearer ${t.key}` },
      );
      ids.push(json.id);
    }
    const [first, second] = sort.split(',');
    const ways = [first!.startsWith('-') ? -1 : 1, (second ?? first)!.startsWith('-') ? -1 : 1] as const;
    const bytes = titles.map((title) => Buffer.from(title));
    const order = [...titles.keys()].sort(
      (a, b) => ways[0] * Buffer.compare(bytes[a]!, bytes[b]!) || ways[1] * (ids[a]! < ids[b]! ? -1 : 1),
    );
    const there: string[] = [];
    let last = '';
    for await (const { json } of pages(t, `/v1/sources?limit=${limit}&sort=${sort}`)) {
      there.push(...idsOf(json.items));
      last = json.prev_cursor ?? last;
    }
    expect(there).toEqual(order.map((i) => ids[i]));
    const back: string[] = [];
    for await (const { json } of pages(t, `/v1/sources?limit=${limit}&cursor=${last}`, 'prev')) {
      back.unshift(...idsOf(json.items));
    }
    expect(back).toEqual(there.slice(0, back.length));
    expect(back.length).toBeGreaterThan(titles.length - limit - 1);
  });
});
