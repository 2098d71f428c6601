import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { readXml, type XmlElement } from '../support/xml.js';

/** The changes as a feed for feed readers. */

const t = await testApp({ register: 'sample' });

interface Page {
  ids: string[];
  titles: string[];
  next: string | undefined;
  feed: XmlElement;
}

async function read(url: string): Promise<Page> {
  const { status, text, headers } = await t.send('GET', url);
  expect(status, text).toBe(200);
  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const feed = readXml(text);
  const entries = feed.children.filter(({ name }) => name === 'entry');
  const of = (entry: XmlElement, name: string) => entry.children.find((each) => each.name === name)!;
  for (const entry of entries) {
    for (const name of ['id', 'title', 'updated', 'author']) expect(of(entry, name), name).toBeDefined();
  }
  const next = feed.children.find(({ name, attributes }) => name === 'link' && attributes.rel === 'next');
  return {
    ids: entries.map((entry) => of(entry, 'id').text),
    titles: entries.map((entry) => of(entry, 'title').text),
    next: next?.attributes.href,
    feed,
  };
}

async function readAll(url: string): Promise<{ ids: string[]; titles: string[] }> {
  const [ids, titles]: string[][] = [[], []];
  for (let at: string | undefined = url; at !== undefined; ) {
    const page: Page = await read(at);
    ids!.push(...page.ids);
    titles!.push(...page.titles);
    at = page.next;
  }
  return { ids: ids!, titles: titles! };
}

const changes = async (query: string) =>
  (await t.send('GET', `/v1/changes.ndjson${query}`)).text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('GET /v1/changes.atom', () => {
  it('holds every change once, newest first, page by page', async () => {
    const { ids, titles } = await readAll('/v1/changes.atom?limit=97');
    const listed = await changes('');
    expect(ids.length).toBe(listed.length);
    expect(new Set(ids).size).toBe(listed.length);
    for (const id of ids)
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    const texts = listed.filter(({ type }) => type === 'claim').map(({ object }) => object.text);
    expect(titles.filter((title) => title.startsWith('New claim: '))).toEqual(
      texts.reverse().map((text) => `New claim: ${text}`),
    );
  });

  it.each([
    '?type=relation,assessment,predicate',
    '?subject=ttp',
    '?subject=ttp&type=claim',
    '?actor=cli&type=source',
    '?until=2020-01-01',
    '?since=2026-01-31',
    '?since=2026-01-31&until=2026-01-31&type=party',
    '?since=2027-01-01',
  ])('%s picks what it picks from /v1/changes', async (query) => {
    const { ids } = await readAll(`/v1/changes.atom${query}&limit=40`);
    expect(ids.length).toBe((await changes(query)).length);
  });

  it('keeps texts of any characters, and says who changed what and why', async () => {
    const name = 'A & B <script>alert("1")</script> ]]> \u202Eevil\u202C 😀';
    const headers = { 'change-reason': encodeURIComponent('because of "x" & <y>') };
    const made = await t.send('POST', '/v1/claims', { text: `${name}\n\tend` }, headers);
    expect(made.status, made.text).toBe(201);
    const { titles, feed } = await read('/v1/changes.atom?limit=1');
    expect(titles).toEqual([`New claim: ${name}\n\tend`]);
    const entry = feed.children.find((each) => each.name === 'entry')!;
    const textOf = (name: string) => entry.children.find((each) => each.name === name)?.text;
    expect(textOf('summary')).toBe('because of "x" & <y>');
    expect(entry.children.find((each) => each.name === 'author')?.children[0]).toMatchObject({
      text: 'test',
    });
    const links = entry.children
      .filter((each) => each.name === 'link')
      .map(({ attributes }) => attributes.href);
    for (const link of links) expect((await t.send('GET', link!)).status).toBe(200);
  });

  it('names what is gone as it was called last', async () => {
    const { json } = await t.send('POST', '/v1/claims', {
      text: 'To be removed.',
      attributions: [{ party: 'ttp', stance: 'denies' }],
    });
    await t.send('DELETE', `/v1/claims/${json.id}`, undefined, { 'if-match': '*' });
    expect((await read('/v1/changes.atom?limit=4')).titles.sort()).toEqual([
      'New attribution: Tehreek-e-Taliban Pakistan denies: To be removed.',
      'New claim: To be removed.',
      'Removed attribution: Tehreek-e-Taliban Pakistan denies: To be removed.',
      'Removed claim: To be removed.',
    ]);
  });

  it('has the same id whatever page is read, and another one under other filters', async () => {
    const idOf = ({ feed }: Page) => feed.children.find(({ name }) => name === 'id')!.text;
    const first = await read('/v1/changes.atom?limit=5');
    expect(idOf(await read(first.next!))).toBe(idOf(first));
    expect(idOf(await read('/v1/changes.atom?limit=5&type=claim'))).not.toBe(idOf(first));
  });

  it('leads from each change to a page that shows it', async () => {
    const reviewer = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
    for (const [plural, body] of [
      ['relations', { from: 'ttp-strength-10000', type: 'contradicts', to: 'ttp-strength-up-to-6500' }],
      ['assessments', { claim: 'ttp-strength-10000', credibility: 3 }],
      ['judgements', { noun: 'party', one: 'ttp', other: 'taliban', judgement: 'not_the_same' }],
    ] as const) {
      const made = await t.send('POST', `/v1/${plural}`, body, reviewer);
      expect(made.status, made.text).toBe(201);
    }
    const types = [
      'judgement',
      'assessment',
      'relation',
      'claim',
      'attribution',
      'party',
      'source',
      'predicate',
    ];
    for (const type of types) {
      // Of the sample, where there is one of it: others are removed here.
      const until = ['judgement', 'assessment', 'relation'].includes(type) ? '' : '&until=2026-02-01';
      const { feed } = await read(`/v1/changes.atom?limit=1&type=${type}${until}`);
      const entry = feed.children.find(({ name }) => name === 'entry')!;
      const { href } = entry.children.find(({ attributes }) => attributes.type === 'text/html')!.attributes;
      // That of an attribution leads on to its place on the page of the claim.
      const { status } = await t.send('GET', href!);
      expect([type, href, status]).toEqual([type, href, type === 'attribution' ? 303 : 200]);
    }
  });

  it('is 304 while nothing changes', async () => {
    const { headers } = await t.send('GET', '/v1/changes.atom');
    const again = await t.send('GET', '/v1/changes.atom', undefined, {
      'if-none-match': String(headers.etag),
    });
    expect(again.status).toBe(304);
  });

  it.each([
    ['?limit=201', 'limit'],
    ['?before=x', 'before'],
    ['?after=x', 'after'],
    ['?subject=nobody-at-all', 'subject'],
  ])('%s is 400 and names the parameter', async (query, parameter) => {
    const { status, json } = await t.send('GET', `/v1/changes.atom${query}`);
    expect([status, json.errors[0].parameter]).toEqual([400, parameter]);
  });
});
