import { describe, expect, it } from 'vitest';
import { cursorSecret } from '../../src/db/store/settings.js';
import { Cursors } from '../../src/http/request/paging.js';
import { type Answer, testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { seeded } from '../support/random.js';
import { type Change, Replica } from '../support/replica.js';
import { Traffic } from '../support/traffic.js';

/** The change feed: complete, in order, by type and by subject, and resumed at any place. */

const t = await testApp({ register: 'sample' });
const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;

const feed = (query = '') => t.send('GET', `/v1/changes${query}`);
const write = (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
  t.send(method, url, body, { authorization, 'if-match': '*', ...headers });

/** All changes after a cursor, page by page. */
async function readAll(filters = '', after = '', limit = 200): Promise<{ changes: Change[]; end: string }> {
  const changes: Change[] = [];
  for (let at = after; ; ) {
    const { json, status, text } = await feed(`?limit=${limit}${filters}${at && `&after=${at}`}`);
    expect(status, text).toBe(200);
    changes.push(...json.items);
    at = json.next_cursor;
    if (!json.has_more) return { changes, end: at };
  }
}

let seen = '';
/** A cursor behind all changes so far. */
async function newest(): Promise<string> {
  seen = (await readAll('', seen)).end;
  return seen;
}

/** What changes while `fn` runs, as seen with some filters. */
async function during(filters: string, fn: () => Promise<unknown>): Promise<string[]> {
  const end = await newest();
  await fn();
  return (await readAll(filters, end)).changes.map(
    ({ operation, type, key }) => `${operation} ${type} ${key}`,
  );
}

describe('GET /v1/changes', () => {
  it('read from the start, rebuilds the register (traffic of seed 11)', async () => {
    const traffic = new Traffic(seeded(11));
    for (let i = 0; i < effort(100, 600); i += 1) {
      const sent = traffic.next();
      const headers = { ...sent.headers, authorization };
      const answer = await t.send(sent.method, sent.url, sent.body, headers);
      traffic.learn(sent, answer);
    }
    const removals: Answer[] = [];
    for (const key of ['ttp-leader-family-stipend', 'ttp-strength-10000']) {
      removals.push(await write('DELETE', `/v1/claims/${key}`));
      const { tombstone } = (await t.send('GET', `/v1/claims/${key}`)).json;
      removals.push(
        await write('PUT', `/v1/claims/${key}`, { text: 'Back.' }, { 'if-match': `"${tombstone.version}"` }),
        await write('PATCH', `/v1/claims/${key}`, { text: 'Back again.' }, { 'if-match': '*' }),
      );
    }
    expect(removals.map(({ status }) => status)).toEqual([204, 200, 200, 204, 200, 200]);

    for (const limit of [200, effort(97, 7)]) {
      const replica = new Replica();
      const { changes } = await readAll('', '', limit);
      for (const change of changes) replica.apply(change);
      expect(replica.size).toBeGreaterThan(500);
      expect(new Set(changes.map(({ operation }) => operation)).size).toBe(4);
      await replica.compare(t);
    }
  });

  it('gives the same as lines at /v1/changes.ndjson', async () => {
    const { text, headers } = await feed('.ndjson');
    expect(headers['content-type']).toContain('application/x-ndjson');
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual((await readAll()).changes);
    expect((await feed('.ndjson?limit=150')).text.trimEnd().split('\n')).toEqual(lines.slice(0, 150));
  });

  it('goes on behind each change alone', async () => {
    const { changes } = await readAll();
    for (const i of [0, 1, 500, changes.length - 2]) {
      const { items } = (await feed(`?limit=1&after=${changes[i]!.cursor}`)).json;
      expect(items).toEqual([changes[i + 1]]);
    }
    const last = (await feed(`?after=${changes.at(-1)!.cursor}`)).json;
    expect(last).toMatchObject({ items: [], has_more: false });
  });

  it('at its end gives a cursor for what comes later', async () => {
    const end = await newest();
    const again = (await feed(`?after=${end}`)).json;
    expect(again).toEqual({ items: [], next_cursor: end, has_more: false });
    const { json } = await write('POST', '/v1/parties', { kind: 'other', name: 'Late' });
    const { items, has_more } = (await feed(`?after=${end}`)).json;
    expect(items).toMatchObject([{ type: 'party', id: json.id, object: { name: 'Late' } }]);
    expect(has_more).toBe(false);
  });

  it('tells who changed what and why', async () => {
    const key = await t.newKey(['write'], { on_behalf_of: 'Desk' });
    const headers = {
      authorization: `Bearer ${key}`,
      'change-reason': 'for%20a%20test',
      'x-request-id': 'a-request-id',
    };
    const end = await newest();
    const body = { text: 'X.', subject: 'ttp', attributions: [{ party: 'pakistan', stance: 'denies' }] };
    const { json } = await t.send('POST', '/v1/claims', body, headers);
    const { changes } = await readAll('', end);
    const common = {
      ...{ version: 1, operation: 'create', recorded_at: json.created_at },
      ...{ on_behalf_of: 'Desk', reason: 'for a test', request_id: 'a-request-id' },
    };
    const [subject, party] = [json.subject.id, json.attributions[0].party.id];
    expect(changes).toMatchObject([
      { ...common, type: 'claim', id: json.id, key: null, object: { text: 'X.', subject } },
      { ...common, type: 'attribution', object: { claim: json.id, party, stance: 'denies', lineage: null } },
    ]);
    expect(changes[0]!.object).not.toHaveProperty('attributions');
    expect((changes[0] as unknown as { actor: string }).actor).toMatch(/^apikey_/);
  });

  it('holds no keys, and steps over them', async () => {
    const end = await newest();
    await t.newKey(['read']);
    const { items, next_cursor } = (await feed(`?after=${end}`)).json;
    expect(items).toEqual([]);
    expect(next_cursor).not.toBe(end);
    expect((await feed('.ndjson')).text).not.toContain('"apikey"');
  });
});

describe('GET /v1/changes with filters', () => {
  it('by type gives just those, wherever one begins', async () => {
    const { changes } = await readAll();
    for (const types of ['party', 'claim,source', 'assessment', 'predicate,party,relation']) {
      const wanted = types.split(',');
      const expected = changes.filter(({ type }) => wanted.includes(type));
      expect((await readAll(`&type=${types}`, '', 13)).changes).toEqual(expected);
      const middle = changes[changes.length >> 1]!.cursor;
      const rest = changes.slice((changes.length >> 1) + 1).filter(({ type }) => wanted.includes(type));
      expect((await readAll(`&type=${types}`, middle)).changes).toEqual(rest);
    }
  });

  it('by subject follows a party, its claims and what is said of them', async () => {
    const create = (noun: string, key: string, body: object) =>
      write('POST', `/v1/${noun}`, { key, ...body });
    const party = (key: string) => create('parties', key, { kind: 'other', name: key });
    const move = (key: string, subject: string | null) => write('PATCH', `/v1/claims/${key}`, { subject });
    const about = '&subject=followed';
    expect((await feed('?subject=followed')).json.errors[0]).toMatchObject({ parameter: 'subject' });
    await party('followed');
    await party('other-one');
    const cases: [string[], () => Promise<unknown>][] = [
      [['update party followed'], () => write('PATCH', '/v1/parties/followed', { name: 'Renamed' })],
      [[], () => write('PATCH', '/v1/parties/other-one', { name: 'Renamed' })],
      [['create claim of-it'], () => create('claims', 'of-it', { text: 'X.', subject: 'followed' })],
      [[], () => create('claims', 'of-other', { text: 'Y.', subject: 'other-one' })],
      [
        ['create attribution said'],
        () => create('attributions', 'said', { claim: 'of-it', party: 'other-one', stance: 'asserts' }),
      ],
      [
        [],
        () => create('attributions', 'by-it', { claim: 'of-other', party: 'followed', stance: 'asserts' }),
      ],
      [
        ['create assessment judged'],
        () => create('assessments', 'judged', { claim: 'of-it', credibility: 2 }),
      ],
      [
        ['create relation linked'],
        () => create('relations', 'linked', { from: 'of-other', type: 'refines', to: 'of-it' }),
      ],
      [['update claim of-it'], () => move('of-it', 'other-one')],
      [[], () => write('PATCH', '/v1/attributions/said', { note: 'about another now' })],
      [['update claim of-it'], () => move('of-it', 'followed')],
      [
        [
          'remove claim of-it',
          'remove attribution said',
          'remove relation linked',
          'remove assessment judged',
        ],
        () => write('DELETE', '/v1/claims/of-it'),
      ],
      [['update claim of-other'], () => move('of-other', 'followed')],
      [['update claim of-other'], () => move('of-other', null)],
      [[], () => write('DELETE', '/v1/attributions/by-it')],
      [['remove party followed'], () => write('DELETE', '/v1/parties/followed')],
    ];
    for (const [expected, fn] of cases) expect(await during(about, fn)).toEqual(expected);
    const all = (await readAll(about)).changes;
    expect(all.length).toBe(cases.flatMap(([expected]) => expected).length + 1);
    expect((await readAll(`${about}&type=claim,relation`, '', 2)).changes).toEqual(
      all.filter(({ type }) => type === 'claim' || type === 'relation'),
    );
    const both = (await readAll('&subject=followed,other-one')).changes;
    expect(new Set(both.map(({ cursor }) => cursor)).size).toBe(both.length);
    expect(all.every((change) => both.some(({ cursor }) => cursor === change.cursor))).toBe(true);
  });
});

describe('GET /v1/changes?after=', () => {
  const refused = async (after: string, code: string) => {
    const { status, json } = await feed(`?after=${after}`);
    expect([status, json.errors[0].parameter, json.errors[0].code]).toEqual([400, 'after', code]);
  };

  it('refuses a cursor that is not ours', async () => {
    const { next_cursor: list } = (await t.send('GET', '/v1/parties?limit=1')).json;
    const { next_cursor } = (await feed('?limit=1')).json;
    for (const text of ['x', list, `${next_cursor}x`, `a${next_cursor}`])
      await refused(text, 'invalid_cursor');
  });

  it('refuses a cursor whose place was given to another change: the register was set back', async () => {
    const cursors = new Cursors(await cursorSecret(t.store));
    const at = (value: number) =>
      cursors.encode({ list: '/v1/changes', filters: {}, at: { value, id: 'another-' }, back: false });
    await refused(at(3), 'foreign_cursor');
    // Beyond the end it may be on its way to this copy of the database.
    const ahead = at(1_000_000);
    expect((await feed(`?after=${ahead}`)).json).toEqual({ items: [], next_cursor: ahead, has_more: false });
  });
});
