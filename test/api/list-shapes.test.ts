import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { allIds, pages, refusedQuery } from '../support/pages.js';

// biome-ignore lint/suspicious/noExplicitAny: objects of all nouns
type Item = any;

const t = await testApp({ register: 'sample' });
const get = (url: string, headers?: Record<string, string>) => t.send('GET', url, undefined, headers);

async function allItems(list: string): Promise<Item[]> {
  const items: Item[] = [];
  const more = list === '/v1/claims' ? '&include=attributions' : '';
  for await (const { json } of pages(t, `${list}?limit=200${more}`)) items.push(...json.items);
  return items;
}
const items: Record<string, Item[]> = {};
for (const list of ['/v1/claims', '/v1/parties', '/v1/sources', '/v1/predicates', '/v1/attributions']) {
  items[list] = await allItems(list);
}

describe('GET lists: a page', () => {
  it('of claims holds 50 items unless told, and tells whether there are more', async () => {
    const first = (await get('/v1/claims')).json;
    expect(Object.keys(first)).toEqual([
      'items',
      'next_cursor',
      'prev_cursor',
      'has_more',
      'standing_pending',
    ]);
    expect(first.items).toHaveLength(50);
    expect(first).toMatchObject({ prev_cursor: null, has_more: true, standing_pending: false });
    const bare = items['/v1/claims']!.slice(0, 50).map((item) => ({ ...item, attributions: [] }));
    expect(first.items).toEqual(bare);
    const whole = (await get('/v1/sources?limit=200')).json;
    expect(whole).toMatchObject({ next_cursor: null, prev_cursor: null, has_more: false });
  });

  it('of sources has no next page where the last item is the last of all', async () => {
    const { length } = items['/v1/sources']!;
    expect((await get(`/v1/sources?limit=${length}`)).json).toMatchObject({
      next_cursor: null,
      has_more: false,
    });
    expect((await get(`/v1/sources?limit=${length - 1}`)).json.has_more).toBe(true);
  });

  it('holds items as they are read alone, but for the length of attributions', async () => {
    for (const [list, all] of Object.entries(items)) {
      for (const item of all.slice(0, 10)) expect(item).toEqual((await get(`${list}/${item.id}`)).json);
    }
    const attributions = Array.from({ length: 12 }, () => ({ party: 'pakistan', stance: 'asserts' }));
    await t.send('POST', '/v1/claims', { key: 'twelve', text: 'Twelve times.', attributions });
    const [listed] = (await get('/v1/claims?key=twelve&include=attributions')).json.items;
    const alone = (await get('/v1/claims/twelve')).json;
    expect(listed).toEqual({ ...alone, attributions: alone.attributions.slice(0, 10) });
    expect(alone.attributions).toHaveLength(12);
    await t.send('DELETE', '/v1/claims/twelve', undefined, { 'if-match': '*' });
  });

  it('holds the number of all matches with count=exact', async () => {
    for (const [list, all] of Object.entries(items)) {
      expect((await get(`${list}?count=exact&limit=1`)).json.total).toBe(all.length);
      expect((await get(`${list}?limit=1`)).json).not.toHaveProperty('total');
    }
    expect((await get('/v1/claims?count=exact&key=none')).json.total).toBe(0);
  });
});

describe('GET lists: sort', () => {
  const day = (item: Item, name: string, edge: 'from' | 'to', open: string) =>
    item[name] === null ? null : (item[`${name}_${edge}`] ?? open);
  const keys: Record<string, Record<string, (item: Item) => string | null>> = {
    '/v1/parties': { name: ({ name }) => name },
    '/v1/sources': { title: ({ title }) => title, published: (s) => day(s, 'published', 'from', '0') },
    '/v1/attributions': { said: (a) => day(a, 'said', 'to', '9') },
    '/v1/claims': {
      occurred: (claim) => day(claim, 'occurred', 'from', '0'),
      said: ({ attributions }) =>
        attributions
          .map((a: Item) => day(a, 'said', 'to', '9'))
          .reduce((a: string, b: string) => ((b ?? '') > (a ?? '') ? b : a), null),
    },
    '/v1/predicates': {},
  };
  const sorts = Object.entries(keys).flatMap(([list, own]) => {
    const common = {
      id: ({ id }: Item) => id,
      created: (i: Item) => i.created_at,
      updated: (i: Item) => i.updated_at,
    };
    return Object.entries({ ...common, ...own }).map(([name, keyOf]) => [list, name, keyOf] as const);
  });

  /** Up or down, and how ties go: with the sort unless told. */
  const orders = (
    [
      [1, 0],
      [-1, 0],
      [1, -1],
      [-1, 1],
      [1, 1],
      [-1, -1],
    ] as const
  ).slice(0, effort(3, 6));

  it.each(sorts)('%s?sort=%s orders up and down, with ties by id either way', async (list, name, keyOf) => {
    for (const [sign, tie] of name === 'id' ? orders.slice(0, 2) : orders) {
      const sort = `${sign < 0 ? '-' : ''}${name}${tie === 0 ? '' : tie < 0 ? ',-id' : ',id'}`;
      const byId = (a: Item, b: Item) => (a.id < b.id ? -1 : 1) * (tie || sign);
      const right = [...items[list]!].sort((a, b) => {
        const [x, y] = [keyOf(a), keyOf(b)];
        if (x === y) return byId(a, b);
        if (x === null || y === null) return x === null ? 1 : -1;
        return x < y ? -sign : sign;
      });
      expect(await allIds(t, `${list}?limit=40&sort=${sort}`), sort).toEqual(right.map(({ id }) => id));
    }
  });

  it('/v1/parties?sort=id,-id orders by the first id', async () => {
    expect(await allIds(t, '/v1/parties?limit=200&sort=id,-id')).toEqual(
      items['/v1/parties']!.map(({ id }) => id),
    );
  });
});

describe('GET lists: include', () => {
  /** All references that stand under these names, anywhere in the value. */
  function references(value: Item, names: string[], found = new Set<string>()): Set<string> {
    if (typeof value !== 'object' || value === null) return found;
    for (const [name, member] of Object.entries<Item>(value)) {
      if (!Array.isArray(value) && names.includes(name)) {
        for (const reference of [member].flat()) if (reference?.id) found.add(reference.id);
      }
      references(member, names, found);
    }
    return found;
  }
  const listOf = (id: string) =>
    `/v1/${{ party: 'parties', source: 'sources', claim: 'claims' }[id.split('_')[0]!] ?? 'predicates'}`;

  it.each([
    ['/v1/claims', ['subject']],
    ['/v1/claims', ['predicate']],
    ['/v1/claims', ['party', 'source']],
    ['/v1/claims', ['subject', 'predicate', 'party', 'speaker', 'source']],
    ['/v1/parties', ['part_of']],
    ['/v1/sources', ['publisher', 'authors', 'part_of', 'derived_from']],
    ['/v1/attributions', ['claim']],
    ['/v1/attributions', ['party', 'speaker', 'source', 'about_source']],
  ])('%s?include=%s adds each object once, whole', async (list, names) => {
    const include = list === '/v1/claims' ? [...names, 'attributions'] : names;
    const { items: page, included } = (await get(`${list}?limit=100&include=${include.join(',')}`)).json;
    const wanted = references(page, names);
    expect(Object.keys(included).sort()).toEqual([...wanted].sort());
    expect(wanted.size).toBeGreaterThan(3);
    expect(page).toEqual(items[list]!.slice(0, 100));
    for (const [id, object] of Object.entries<Item>(included)) {
      const alone = (await get(`${listOf(id)}/${id}`)).json;
      expect(object).toEqual('attributions' in alone ? { ...alone, attributions: [] } : alone);
    }
  });

  it('/v1/claims?include= adds nothing where nothing is referred to', async () => {
    const answer = (await get('/v1/claims?key=none&include=party,source')).json;
    expect(answer).toMatchObject({ items: [], included: {} });
  });
});

describe('GET lists: If-None-Match', () => {
  it('is 304 while the page is the same, 200 once it is not', async () => {
    for (const list of Object.keys(items)) {
      const first = await get(`${list}?limit=5`);
      const etag = String(first.headers.etag);
      expect(etag).toMatch(/^W\/"[\w-]+"$/);
      const strong = etag.replace('W/', '');
      for (const [sent, tag] of [
        [etag, etag],
        [strong, strong],
        [`"other", ${etag}`, etag],
        ['*', etag],
      ]) {
        const again = await get(`${list}?limit=5`, { 'if-none-match': sent! });
        expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
      }
      expect((await get(`${list}?limit=4`, { 'if-none-match': etag })).status).toBe(200);
      expect((await get(`${list}?limit=5`, { 'if-none-match': 'W/"other"' })).status).toBe(200);
    }
  });

  it('sees a renamed party through the references to it', async () => {
    const url = '/v1/claims?subject=ttp&limit=5';
    const { etag } = (await get(url)).headers;
    const patched = await t.send('PATCH', '/v1/parties/ttp', { name: 'Renamed' }, { 'if-match': '*' });
    expect(patched.status).toBe(200);
    const after = await get(url, { 'if-none-match': String(etag) });
    expect(after.status).toBe(200);
    expect(after.json.items[0].subject.name).toBe('Renamed');
  });
});

describe('GET /v1/claims?cursor=', () => {
  it('refuses a cursor of another register', async () => {
    const { next_cursor } = (await get('/v1/claims?limit=1')).json;
    const other = await testApp({ register: 'sample' });
    await refusedQuery(other, `/v1/claims?cursor=${next_cursor}`, 'cursor invalid_cursor');
  });
});
