import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { engines } from '../support/engines.js';
import { allIds, pages, refusedQuery } from '../support/pages.js';

describe.each(engines)('cursors on %s', async (engine) => {
  const t = await testApp({ engine, register: 'sample' });
  const get = (url: string) => t.send('GET', url);
  const idsOf = (items: { id: string }[]): string[] => items.map((item) => item.id);

  const FILTERED = '/v1/claims?stance=asserts,reports&topic=ttp,attacks&sort=-said,id';
  const first = (await get(`${FILTERED}&limit=5`)).json;
  const cursor: string = first.next_cursor;

  const refused = (url: string) => refusedQuery(t, url, 'cursor invalid_cursor');

  describe('GET /v1/claims?cursor=', () => {
    it('goes on with the filters and the order that the cursor carries', async () => {
      const all = await allIds(t, `${FILTERED}&limit=200`);
      const second = await get(`/v1/claims?cursor=${cursor}&limit=5`);
      expect(idsOf(second.json.items)).toEqual(all.slice(5, 10));
      expect(all.length).toBeGreaterThan(10);
      expect(all).not.toEqual(await allIds(t, '/v1/claims?limit=200'));
    });

    it('takes the filters that the cursor carries beside it', async () => {
      const alone = await get(`/v1/claims?cursor=${cursor}&limit=5`);
      for (const query of [FILTERED, '/v1/claims?sort=-said,id', '/v1/claims?topic=ttp,attacks']) {
        const answer = await get(`${query}&cursor=${cursor}&limit=5`);
        expect(answer.status).toBe(200);
        expect(answer.text).toBe(alone.text);
      }
    });

    it('refuses filters and an order that the cursor does not carry', async () => {
      for (const changed of ['stance=reports,asserts', 'sort=-said', 'party=ttp']) {
        await refused(`/v1/claims?cursor=${cursor}&${changed}`);
      }
    });

    it('leaves the shape of the answer free', async () => {
      const plain = (await get(`/v1/claims?cursor=${cursor}&limit=5`)).json;
      const shaped = await get(`/v1/claims?cursor=${cursor}&limit=2&include=party&count=exact`);
      expect(idsOf(shaped.json.items)).toEqual(idsOf(plain.items).slice(0, 2));
      expect(shaped.json.total).toBe((await allIds(t, `${FILTERED}&limit=200`)).length);
      const picked = await get(`/v1/claims?cursor=${cursor}&limit=5&fields=id`);
      expect(idsOf(picked.json.items)).toEqual(idsOf(plain.items));
    });

    it('begins an export behind the cursor, and refuses one that leads back', async () => {
      const answer = await get(`/v1/claims.csv?cursor=${cursor}&fields=id`);
      const all = await allIds(t, `${FILTERED}&limit=200`);
      expect(answer.text.trim().split(/\r?\n/)).toEqual(['id', ...all.slice(5)]);
      const second = (await get(`/v1/claims?cursor=${cursor}&limit=5`)).json;
      await refusedQuery(t, `/v1/claims.csv?cursor=${second.prev_cursor}`, 'cursor misplaced_parameter');
    });

    it('refuses what is no cursor, or one that was changed', async () => {
      const other = cursor.at(-1) === 'A' ? 'B' : 'A';
      for (const text of ['0', `${cursor.slice(0, -1)}${other}`, cursor.slice(1), `${cursor}%0A`]) {
        await refused(`/v1/claims?cursor=${text}`);
      }
      await refusedQuery(t, `/v1/claims?cursor=${'a'.repeat(15_001)}`, 'cursor too_big');
    });

    it('refuses a cursor of another list', async () => {
      const [one, two] = (await get('/v1/claims?limit=2&about=ttp')).json.items;
      const ofOne = `/v1/claims/${one.id}/attributions`;
      const lists = ['/v1/claims', '/v1/parties', '/v1/sources', '/v1/predicates', '/v1/attributions', ofOne];
      const others = [...lists, `/v1/claims/${two.id}/attributions`];
      for (const list of lists) {
        const given = (await get(`${list}?limit=1`)).json.next_cursor;
        expect(given, list).not.toBeNull();
        for (const other of others) {
          if (other === list) expect((await get(`${other}?cursor=${given}`)).status).toBe(200);
          else
            expect((await refused(`${other}?cursor=${given}`)).json.detail).toContain(`belongs to ${list}`);
        }
      }
    });
  });

  describe('GET /v1/claims: the Link header', () => {
    const links = (header: unknown) =>
      Object.fromEntries(
        String(header)
          .split(', ')
          .map((link) => /^<([^>]+)>; rel="(next|prev)"$/.exec(link)!)
          .map(([, url, rel]) => [rel, url!]),
      );

    it('leads on and back, and keeps the shape of the answer', async () => {
      const url = `${FILTERED}&limit=5&include=party,source&count=exact`;
      const start = await get(url);
      expect(Object.keys(links(start.headers.link))).toEqual(['next']);
      expect(links(start.headers.link).next).toContain(`cursor=${start.json.next_cursor}`);
      const second = await get(links(start.headers.link).next!);
      expect(Object.keys(links(second.headers.link))).toEqual(['next', 'prev']);
      expect(second.json.items).toHaveLength(5);
      expect(second.json.total).toBe(start.json.total);
      expect(Object.keys(second.json.included).length).toBeGreaterThan(0);
      const back = await get(links(second.headers.link).prev!);
      expect(back.json.items).toEqual(start.json.items);
      expect(back.json.included).toEqual(start.json.included);
      expect(Object.keys(links(back.headers.link))).toEqual(['next']);
    });

    it('leads through the whole list', async () => {
      const ids: string[] = [];
      for (let url: string | undefined = `${FILTERED}&limit=7`; url; ) {
        const answer = await get(url);
        ids.push(...idsOf(answer.json.items));
        url = answer.headers.link === undefined ? undefined : links(answer.headers.link).next;
      }
      expect(ids).toEqual(await allIds(t, `${FILTERED}&limit=200`));
    });

    it('is absent where there is one page', async () => {
      expect((await get('/v1/claims?limit=200')).headers.link).toBeUndefined();
      expect((await get('/v1/claims?key=none')).headers.link).toBeUndefined();
    });
  });

  describe('GET /v1/claims?cursor=, when the rows around it are gone', () => {
    const listed = async (url: string) => (await get(url)).json;

    it('gives an empty page that leads to what is left', async () => {
      const keys = ['gone-a', 'gone-b', 'gone-c', 'gone-d'];
      for (const key of keys) await t.send('POST', '/v1/claims', { key, text: key, topics: ['gone'] });
      const remove = async (key: string) => {
        const { status } = await t.send('DELETE', `/v1/claims/${key}`, undefined, { 'if-match': '*' });
        expect(status).toBe(204);
      };
      const keysOf = (page: { items: { key: string }[] }) => page.items.map(({ key }) => key);

      const one = await listed('/v1/claims?topic=gone&limit=2');
      const two = await listed(`/v1/claims?limit=2&cursor=${one.next_cursor}`);
      expect([keysOf(one), keysOf(two)]).toEqual([keys.slice(0, 2), keys.slice(2)]);

      await remove('gone-a');
      await remove('gone-b');
      const before = await listed(`/v1/claims?limit=2&cursor=${two.prev_cursor}`);
      expect(before).toMatchObject({ items: [], prev_cursor: null, has_more: true });
      expect(keysOf(await listed(`/v1/claims?limit=2&cursor=${before.next_cursor}`))).toEqual(keys.slice(2));

      const three = await listed('/v1/claims?topic=gone&limit=1');
      await remove('gone-d');
      const after = await listed(`/v1/claims?limit=1&cursor=${three.next_cursor}`);
      expect(after).toMatchObject({ items: [], next_cursor: null, has_more: false });
      expect(keysOf(await listed(`/v1/claims?limit=1&cursor=${after.prev_cursor}`))).toEqual(['gone-c']);
    });
  });

  describe('lists with long sort keys and filters', () => {
    it('GET /v1/sources?sort=title: pages by titles of any length', async () => {
      const title = (i: number) => `${'ٹ'.repeat(1_990)} ${i}`;
      for (let i = 0; i < 6; i++) {
        const answer = await t.send('POST', '/v1/sources', { type: 'speech', title: title(i) });
        expect(answer.status).toBe(201);
      }
      const titles: string[] = [];
      for await (const { json } of pages(t, '/v1/sources?type=speech&sort=-title&limit=2')) {
        titles.push(...json.items.map((item: { title: string }) => item.title));
      }
      expect(titles.slice(0, 6)).toEqual([5, 4, 3, 2, 1, 0].map(title));
    });

    it('GET /v1/claims: refuses filters too long for a cursor at once, not on the second page', async () => {
      const ids = (await get('/v1/parties?limit=50')).json.items
        .map((item: { id: string }) => item.id)
        .join(',');
      const answer = await get(`/v1/claims?party=${ids}&limit=1`);
      expect(answer.status).toBe(200);
      expect((await get(`/v1/claims?cursor=${answer.json.next_cursor}`)).status).toBe(200);
      const four = ['party', 'party_all', 'about', 'subject'].map((name) => `${name}=${ids}`).join('&');
      await refusedQuery(t, `/v1/claims?${four}`, ' too_long');
    });
  });
});
