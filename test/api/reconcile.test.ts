import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp({ register: 'sample' });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const post = (fields: Record<string, string>) => t.send('POST', '/reconcile', form(fields), FORM);

interface Candidate {
  id: string;
  name: string;
  score: number;
  match: boolean;
  type: { id: string }[];
  features: { id: string }[];
}

/** The candidates for one query. */
async function candidates(query: object): Promise<Candidate[]> {
  const { status, json } = await post({ queries: JSON.stringify({ q: query }) });
  expect(status).toBe(200);
  return json.q.result;
}
const best = async (query: object) => (await candidates(query))[0];
const idOf = async (path: string): Promise<string> => (await t.send('GET', path)).json.id;

describe('GET /reconcile', () => {
  it('tells without parameters what the service can do, at the address it was asked', async () => {
    const { json } = await t.send('GET', '/reconcile', undefined, { host: 'register.example:8080' });
    expect(json).toMatchObject({
      versions: ['0.2'],
      identifierSpace: 'http://register.example:8080/reconcile/entities/',
      batchSize: 50,
    });
    expect(json).not.toHaveProperty('authentication');
  });

  it('leads from the manifest to addresses that there are', async () => {
    const { json } = await t.send('GET', '/reconcile', undefined, { host: 'a.example' });
    const id = await idOf('/v1/parties/ttp');
    const path = (address: string) => address.replace('http://a.example', '').replace('{{id}}', id);
    const { entity, type, property } = json.suggest;
    const proposals = json.extend.propose_properties;
    for (const address of [
      path(json.schemaSpace),
      path(json.preview.url),
      `${path(entity.service_url + entity.service_path)}?prefix=teh`,
      `${path(type.service_url + type.service_path)}?prefix=per`,
      `${path(property.service_url + property.service_path)}?prefix=cou`,
      `${path(proposals.service_url + proposals.service_path)}?type=person`,
    ]) {
      expect([address, (await t.send('GET', address)).status]).toEqual([address, 200]);
    }
    const page = await t.send('GET', path(json.view.url));
    const href = /href="([^"]*)"/.exec(page.text)![1]!;
    const { pathname } = new URL(href, json.view.url.replace('{{id}}', id));
    const full = await t.send('GET', pathname);
    expect([full.status, full.text.includes('Tehreek-e-Taliban Pakistan')]).toEqual([200, true]);
  });

  it('answers queries and extensions as POST does', async () => {
    const queries = JSON.stringify({ q0: { query: 'TTP' }, '': { query: 'fighter strength' } });
    const extend = JSON.stringify({ ids: ['fighter-strength'], properties: [{ id: 'unit' }] });
    for (const fields of [{ queries }, { extend }]) {
      const read = await t.send('GET', `/reconcile?${form(fields as never)}`);
      expect(read.json).toEqual((await post(fields as never)).json);
    }
  });

  it('needs no key for the manifest, and one for all else, where reads need one', async () => {
    const keyed = await testApp({ register: 'sample', openReads: false });
    const { json } = await keyed.send('GET', '/reconcile');
    expect(json.authentication).toMatchObject({ type: 'apiKey', in: 'header', name: 'Authorization' });
    const queries = form({ queries: '{"q":{"query":"TTP"}}' });
    const without = { ...FORM, authorization: '' };
    expect((await keyed.send('GET', `/reconcile?${queries}`)).status).toBe(401);
    expect((await keyed.send('GET', '/reconcile?x=1')).status).toBe(401);
    expect((await keyed.send('GET', '/reconcile', undefined, { authorization: 'Bearer no' })).status).toBe(
      401,
    );
    expect((await keyed.send('POST', '/reconcile', queries, without)).status).toBe(401);
    expect((await keyed.send('GET', '/reconcile/suggest/entities?prefix=t')).status).toBe(401);
    expect((await keyed.send('GET', '/reconcile/entities/fighter-strength')).status).toBe(401);
    const bearer = { authorization: `Bearer ${keyed.key}` };
    expect((await keyed.send('GET', `/reconcile?${queries}`, undefined, bearer)).status).toBe(200);
  });
});

describe('POST /reconcile: queries', () => {
  it.each([
    [
      'a party in another spelling',
      { query: 'Nur Wali Masood', type: 'person' },
      'Noor Wali Mehsud',
      'sound',
    ],
    ['a party by its acronym', { query: 'TTP' }, 'Tehreek-e-Taliban Pakistan', 'alias'],
    ['a party by its key', { query: 'noor-wali-mehsud' }, 'Noor Wali Mehsud', 'id'],
    ['a predicate by its key in words', { query: 'Fighter strength' }, 'has a fighting strength of', 'words'],
    [
      'a source by its title',
      { query: '35th report of the Analytical Support and Sanctions Monitoring Team', type: 'source' },
      '35th report of the Analytical Support and Sanctions Monitoring Team',
      'words',
    ],
  ])('finds %s', async (_, query, name, feature) => {
    const found = await best(query);
    expect(found).toMatchObject({ name, match: true });
    expect(found!.score).toBeGreaterThanOrEqual(90);
    expect(found!.features.map(({ id }) => id)).toContain(feature);
  });

  it('finds each object by its id, and a source by its address', async () => {
    for (const path of ['/v1/parties/ttp', '/v1/sources/monitoring-team-report-35']) {
      const id = await idOf(path);
      expect(await candidates({ query: id })).toMatchObject([{ id, score: 100, match: true }]);
    }
    const made = { type: 'article', title: 'A page of its own', url: 'https://example.org/a?b=1' };
    const source = (await t.send('POST', '/v1/sources', made)).json;
    const found = [{ id: source.id, score: 100, match: true }];
    expect(await candidates({ query: 'http://www.example.org/a/?b=1' })).toMatchObject(found);
    const properties = [{ pid: 'url', v: 'https://example.org/a?b=1#' }];
    expect(await candidates({ properties })).toMatchObject(found);
  });

  it('answers what is near without a match, the likeliest first', async () => {
    const found = await candidates({ query: 'Tehrik-e-Taliban Afghanistan' });
    const other = found.find(({ name }) => name === 'Tehreek-e-Taliban Pakistan');
    expect(other).toMatchObject({ match: false });
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('keeps to the types that are asked for, and tells those of a candidate', async () => {
    expect(await candidates({ query: 'TTP', type: 'person' })).toEqual([]);
    expect(await candidates({ query: 'TTP', type: 'predicate' })).toEqual([]);
    for (const { type } of await candidates({ query: 'TTP', type: ['source', 'predicate'] })) {
      expect(type).toEqual([{ id: 'source', name: 'Source' }]);
    }
    const [found] = await candidates({ query: 'TTP', type: ['organization', 'media'] });
    expect(found!.type.map(({ id }) => id)).toEqual(['armed_group', 'party']);
  });

  it.each([
    [{ pid: 'country', v: 'Pakistan' }, true, 'same_country'],
    [{ pid: 'country', v: ['AF', { id: 'PK', name: 'Pakistan' }] }, true, 'same_country'],
    [{ pid: 'country', v: 'Afghanistan' }, false, 'another_country'],
    [{ pid: 'country', v: ['AF', 'IR'] }, false, 'another_country'],
    [{ pid: 'kind', v: 'government' }, true, 'same_kind'],
    [{ pid: 'kind', v: 'media' }, false, 'another_kind'],
  ])('weighs the property %j', async (property, match, feature) => {
    const found = await candidates({ query: 'Pakistan', properties: [property] });
    const country = found.find(({ name }) => name === 'Pakistan');
    expect(country).toMatchObject({ match });
    expect(country!.features.map(({ id }) => id)).toContain(feature);
  });

  it('takes none for a match by a value that cannot be read', async () => {
    const properties = [{ pid: 'country', v: 'somewhere' }];
    expect(await best({ query: 'Pakistan', properties })).toMatchObject({ name: 'Pakistan', match: false });
  });

  it('answers no match where two objects of a name fit, and no party without a name', async () => {
    const party = { kind: 'person', name: 'Gulzar Marjan Ottawal' };
    await t.send('POST', '/v1/parties', { ...party, born: '1961' });
    expect(await best({ query: 'Gulzar Marjan Otawal' })).toMatchObject({ match: true });
    await t.send('POST', '/v1/parties', { ...party, born: '1990' });
    await t.send('POST', '/v1/parties', { ...party, unnamed: true });
    const both = await candidates({ query: party.name });
    expect(both.map(({ name, match }) => [name, match])).toEqual([
      [party.name, false],
      [party.name, false],
    ]);
    const properties = [{ pid: 'born', v: 1990 }];
    expect(await best({ query: party.name, properties })).toMatchObject({ match: true });
  });

  it('finds by an identifier alone', async () => {
    const made = {
      kind: 'person',
      name: 'Xandrian Qo',
      identifiers: [{ scheme: 'wikidata', value: 'Q987654' }],
    };
    const { id } = (await t.send('POST', '/v1/parties', made)).json;
    const properties = [{ pid: 'identifiers', v: 'wikidata:Q987654' }];
    expect(await candidates({ properties })).toMatchObject([{ id, match: true, score: 100 }]);
    expect(await best({ query: 'Some Body', properties })).toMatchObject({ id, match: true });
    expect(await candidates({ properties: [{ pid: 'country', v: 'PK' }] })).toEqual([]);
  });

  it('answers as many candidates as are asked for, and fifty at most', async () => {
    expect(await candidates({ query: 'Taliban', limit: 2 })).toHaveLength(2);
    expect((await candidates({ query: 'Taliban', limit: 1_000_000 })).length).toBeLessThanOrEqual(50);
  });

  it.each(['', ' ', '"', 'a'.repeat(100_000), '😀'.repeat(3_000), '\u202e', '%'])(
    'answers nothing to a text that names nothing (%#)',
    async (query) => expect(await candidates({ query })).toEqual([]),
  );

  it('answers 50 queries by their ids, and refuses one more', async () => {
    const batch = (size: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, i) => [`q${i}`, { query: 'TTP' }])));
    expect(Object.keys((await post({ queries: batch(50) })).json)).toHaveLength(50);
    const { status, json } = await post({ queries: batch(51) });
    expect([status, json.code, json.errors[0].pointer]).toEqual([413, 'body_too_large', '/queries']);
    expect((await t.send('GET', `/reconcile?${form({ queries: batch(51) })}`)).status).toBe(400);
    expect((await post({ queries: '{}' })).json).toEqual({});
  });
});

describe('POST /reconcile: what cannot be read', () => {
  it.each([
    ['queries', '{"q":{"query":"a","kind":"person"}}', 'unknown_member', '/queries/q/kind'],
    ['queries', '{"q":{"query":"a","type":"Q5"}}', 'invalid_union', '/queries/q/type'],
    ['queries', '{"q":{"query":"a","limit":0}}', 'too_small', '/queries/q/limit'],
    [
      'queries',
      '{"q":{"query":"a","properties":[{"pid":"P17","v":"a"}]}}',
      'invalid_value',
      '/queries/q/properties/0/pid',
    ],
    ['queries', '{"q":{"limit":1}}', 'invalid_value', '/queries/q'],
    ['queries', '{"q":{"properties":[]}}', 'invalid_value', '/queries/q'],
    ['queries', '[]', 'invalid_type', '/queries'],
    ['queries', 'null', 'invalid_type', '/queries'],
    ['extend', '{"ids":["a"]}', 'missing_member', '/extend/properties'],
    ['extend', '{"ids":["a"],"properties":[{"id":"P17"}]}', 'invalid_value', '/extend/properties/0/id'],
  ])('%s=%s is refused at its place', async (name, text, code, pointer) => {
    const answer = await post({ [name]: text });
    expect(answer.status).toBe(422);
    expect(faults(answer)).toContain(`${pointer} ${code}`);
    const read = await t.send('GET', `/reconcile?${form({ [name]: text })}`);
    expect([read.status, read.json.errors[0].parameter]).toEqual([400, name]);
    expect(read.json.errors[0].detail).toContain(pointer);
  });
});

describe('POST /reconcile: the form', () => {
  const send = (body: string | Buffer, type = FORM['content-type']) =>
    [t, 'POST', '/reconcile', body, { 'content-type': type }] as const;
  it.each<[number, string, string | Buffer, string?]>([
    [400, 'unreadable_body', 'queries=%zz'],
    [400, 'unreadable_body', 'queries={}&queries={}'],
    [400, 'unreadable_body', 'queries='],
    [400, 'unreadable_body', 'queries=%00'],
    [400, 'unreadable_body', Buffer.from('queries=\xff', 'latin1')],
    [400, 'unreadable_body', 'queries={'],
    [400, 'unreadable_body', `queries=${'['.repeat(100)}`],
    [400, 'unreadable_body', 'queries={"__proto__":{"query":"a"}}'],
    [422, 'invalid_body', 'queries={"q":{"query":"\\u0000"}}'],
    [422, 'invalid_body', 'other=1'],
    [422, 'invalid_body', 'queries={}&extend={}'],
    [422, 'invalid_body', ''],
    [413, 'body_too_large', `queries=${'a'.repeat(1_100_000)}`],
    [415, 'unsupported_media_type', '{"queries":"{}"}', 'application/json'],
    [415, 'unsupported_media_type', 'queries={}', 'text/plain'],
    [415, 'unsupported_media_type', 'queries={}', 'application/x-www-form-urlencoded; charset=latin1'],
  ])('%i %s: %.60s', async (status, code, body, type) => {
    const [app, ...request] = send(body, type);
    await expectRejected(app, status, code, ...request);
  });

  it('is taken at no other address', async () => {
    for (const path of ['/v1/parties', '/v1/parties/match', '/v1/batch']) {
      await expectRejected(t, 415, 'unsupported_media_type', 'POST', path, 'name=a', FORM);
    }
  });

  it('may hold text that is not percent-encoded', async () => {
    const { json } = await t.send(
      'POST',
      '/reconcile',
      'queries={"q":{"query":"تحریک طالبان پاکستان"}}',
      FORM,
    );
    expect(json.q.result[0]).toMatchObject({ name: 'Tehreek-e-Taliban Pakistan', match: true });
  });
});

describe('POST /reconcile: extend', () => {
  it('gives texts and objects, and nothing where there is nothing', async () => {
    const report = await idOf('/v1/sources/monitoring-team-report-35');
    const ids = [await idOf('/v1/parties/ttp'), report, 'fighter-strength', 'no-such-thing'];
    const properties = ['name', 'names', 'type', 'publisher', 'unit'].map((id) => ({ id }));
    const { json } = await post({ extend: JSON.stringify({ ids, properties }) });
    expect(json.meta.map(({ id }: { id: string }) => id)).toEqual([
      'name',
      'names',
      'type',
      'publisher',
      'unit',
    ]);
    expect(json.meta[3].type).toEqual({ id: 'party', name: 'Party' });
    expect(Object.keys(json.rows)).toEqual(ids);
    const [party, source, predicate, none] = ids.map((id) => json.rows[id]);
    expect(party.names).toContainEqual({ str: 'TTP' });
    expect(party.unit).toEqual([]);
    expect(source.type).toEqual([{ str: 'report' }]);
    expect(predicate.unit).toEqual([{ str: 'fighters' }]);
    expect(none).toEqual({ name: [], names: [], type: [], publisher: [], unit: [] });
    const { items } = (await t.send('GET', '/v1/sources?limit=200&fields=id,publisher')).json;
    const published = items.find(({ publisher }: { publisher: object | null }) => publisher !== null);
    const asked = { ids: [published.id], properties: [{ id: 'publisher' }] };
    const { id, name } = published.publisher;
    expect((await post({ extend: JSON.stringify(asked) })).json.rows[published.id].publisher).toEqual([
      { id, name },
    ]);
  });

  it('gives every property that a type has', async () => {
    for (const [type, name, path] of [
      ['person', 'name', '/v1/parties/noor-wali-mehsud'],
      ['source', 'title', '/v1/sources/monitoring-team-report-35'],
      ['predicate', 'label', '/v1/predicates/fighter-strength'],
    ] as const) {
      const { properties } = (await t.send('GET', `/reconcile/properties?type=${type}`)).json;
      const view = (await t.send('GET', path)).json;
      const { rows } = (await post({ extend: JSON.stringify({ ids: [view.id], properties }) })).json;
      for (const { id } of properties as { id: string }[]) {
        const value = view[id === 'name' ? name : id];
        const has = Array.isArray(value) ? value.length > 0 : value !== null;
        expect([type, id, rows[view.id][id].length > 0]).toEqual([type, id, has]);
      }
    }
  });
});

describe('GET /reconcile/suggest', () => {
  const suggested = async (path: string) => {
    const { status, json } = await t.send('GET', `/reconcile/suggest/${path}`);
    expect(status).toBe(200);
    return json.result as { id: string; name: string; notable: { id: string }[] }[];
  };

  it('entities: those whose words begin so, by id and key as well, of a type', async () => {
    const id = await idOf('/v1/parties/ttp');
    expect((await suggested('entities?prefix=tehr'))[0]).toMatchObject({ id });
    expect((await suggested('entities?prefix=ttp'))[0]).toMatchObject({ id });
    expect(await suggested(`entities?prefix=${id}`)).toMatchObject([{ id }]);
    for (const { notable } of await suggested('entities?prefix=tehr&type=person')) {
      expect(notable[0]!.id).toBe('person');
    }
    expect((await suggested('entities?prefix=fighter-strength&type=predicate'))[0]!.id).toBe(
      'fighter-strength',
    );
  });

  it('entities: ten at a time', async () => {
    const first = await suggested('entities?prefix=t');
    const more = await suggested('entities?prefix=t&cursor=10');
    expect(first).toHaveLength(10);
    expect(more.filter(({ id }) => first.some((one) => one.id === id))).toEqual([]);
    expect(await suggested('entities?prefix=t&cursor=500')).toEqual([]);
  });

  it('types and properties: by id and by name', async () => {
    expect((await suggested('types?prefix=armed')).map(({ id }) => id)).toEqual(['armed_group']);
    expect((await suggested('types')).map(({ id }) => id).slice(0, 3)).toEqual([
      'party',
      'source',
      'predicate',
    ]);
    expect((await suggested('properties?prefix=Name')).map(({ id }) => id)).toContain('family_name');
    expect(await suggested('properties?prefix=zzz')).toEqual([]);
  });

  it.each([
    ['/reconcile/suggest/entities', 'prefix'],
    ['/reconcile/suggest/entities?prefix=a&cursor=-1', 'cursor'],
    ['/reconcile/suggest/entities?prefix=a&cursor=501', 'cursor'],
    ['/reconcile/suggest/entities?prefix=a&type=Q5', 'type'],
    [`/reconcile/suggest/types?prefix=${'a'.repeat(201)}`, 'prefix'],
    ['/reconcile/properties', 'type'],
    ['/reconcile/properties?type=person&limit=101', 'limit'],
    ['/reconcile?callback=f', 'callback'],
  ])('GET %.60s is refused', async (path, parameter) => {
    expect((await expectRejected(t, 400, 'invalid_query', 'GET', path)).json.errors[0].parameter).toBe(
      parameter,
    );
  });
});

describe('GET /reconcile/entities/{id}', () => {
  it('shows a page that no page of a register can turn into another', async () => {
    const name = '<img src=x onerror=alert(1)> "&\'</title><script>';
    const { id } = (await t.send('POST', '/v1/parties', { kind: 'other', name, description: '</p><script>' }))
      .json;
    const { status, text, headers } = await t.send('GET', `/reconcile/entities/${id}`);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(
      text.replace(/<\/?(html|head|meta|title|style|body|h1|a|p|small)\b[^<>]*>|<!doctype html>/g, ''),
    ).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/<script|<img/);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
    expect(policy).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBeUndefined();
  });

  it('refuses what is no id, is not there, or is gone', async () => {
    const { id, etag } = await t
      .send('POST', '/v1/parties', { kind: 'other', name: 'Soon gone' })
      .then((made) => ({
        id: made.json.id,
        etag: String(made.headers.etag),
      }));
    expect((await t.send('DELETE', `/v1/parties/${id}`, undefined, { 'if-match': etag })).status).toBe(204);
    await expectRejected(t, 410, 'gone', 'GET', `/reconcile/entities/${id}`);
    await expectRejected(t, 404, 'not_found', 'GET', '/reconcile/entities/no-such-key');
    await expectRejected(t, 404, 'not_found', 'GET', '/reconcile/entities/Not%20a%20key');
    await expectRejected(t, 404, 'not_found', 'GET', '/reconcile/entities/..%2Fx');
  });
});

describe('what was merged into another', async () => {
  const merged = (await t.send('POST', '/v1/parties', { key: 'merged-away', kind: 'other', name: 'Zyx Qvw' }))
    .json;
  const into = (await t.send('POST', '/v1/parties', { key: 'survivor', kind: 'other', name: 'Abc Def' }))
    .json;
  const headers = { authorization: `Bearer ${await t.newKey(['review'])}`, 'if-match': '*' };
  const made = await t.send(
    'POST',
    `/v1/parties/${merged.id}/merges`,
    { into: into.id, reason: 'one' },
    headers,
  );

  it('leads to that one by its id, its key and its name', async () => {
    expect(made.status, made.text).toBe(201);
    for (const query of [merged.id, 'merged-away', 'Zyx Qvw']) {
      expect(await candidates({ query })).toMatchObject([{ id: into.id, name: 'Abc Def', match: true }]);
    }
    const properties = [{ id: 'key' }];
    const extended = await post({ extend: JSON.stringify({ ids: [merged.id, into.id], properties }) });
    const survivor = { key: [{ str: 'survivor' }] };
    expect(extended.json.rows).toEqual({ [merged.id]: survivor, [into.id]: survivor });
    const [page, other] = await Promise.all(
      [merged.id, into.id].map((id) => t.send('GET', `/reconcile/entities/${id}`)),
    );
    expect([page!.status, page!.text]).toEqual([200, other!.text]);
  });
});
