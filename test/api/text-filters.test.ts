import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { generate } from '../support/generate.js';

const t = await testApp();

const parties: Record<string, { name: string; names?: string[] }> = {
  ttp: { name: 'Tehreek-e-Taliban Pakistan', names: ['TTP', 'Pakistani Taliban'] },
  'noor-wali': { name: 'Noor Wali Mehsud', names: ['Noor Wali Masoud', 'نور ولی محسود'] },
  islamabad: { name: 'Islāmābād Today' },
  strasse: { name: 'Straße des Volkes' },
  abc: { name: 'abc' },
  'a-c': { name: 'a_c' },
  'a-percent-c': { name: 'a%c' },
  rate: { name: 'Rate 100%' },
  quote: { name: "O'Brien & Söhne" },
  backslash: { name: 'back\\slash' },
  comma: { name: 'Smith, John' },
};

const pageUrl = 'https://www.Example.org/Reports/35/?b=2&a=1&utm_source=mail#page=3';
const sources: Record<string, object> = {
  page: { title: 'Kabul continues to support the Pakistani Taliban', url: pageUrl },
  archive: {
    title: 'Archived',
    url: 'https://example.org/',
    archived_url: 'https://archive.example/2025/https://x.example/',
  },
  underscore: { title: 'file_name 50% off' },
  other: { title: 'filename 500 off', url: 'https://example.org/Reports/350' },
};

await generate(t.store, async (make) => {
  for (const [key, { name, names = [] }] of Object.entries(parties)) {
    await make('party', {
      key,
      kind: 'other',
      name,
      names: names.map((other) => ({ name: other, kind: 'alias' })),
    });
  }
  for (const [key, source] of Object.entries(sources))
    await make('source', { key, type: 'article', ...source });
});

const keysOf = async (path: string, query: Record<string, string>): Promise<string[]> => {
  const answer = await t.send('GET', `${path}?${new URLSearchParams(query)}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json.items.map(({ key }: { key: string }) => key);
};

describe('/v1/parties?name=', () => {
  it.each([
    ['a part of the name', 'taliban', ['ttp']],
    ['a part of a word', 'ehsu', ['noor-wali']],
    ['an alias', 'Masoud', ['noor-wali']],
    ['another script', 'محسود', ['noor-wali']],
    ['any case', 'tehREEK', ['ttp']],
    ['hyphens as spaces', 'tehreek e taliban', ['ttp']],
    ['spaces as hyphens', 'Pakistani-Taliban', ['ttp']],
    ['letters without their accents', 'islamabad', ['islamabad']],
    ['accents that the name has not', 'pákistân', ['ttp']],
    ['decomposed accents', 'Isla\u0304ma\u0304ba\u0304d', ['islamabad']],
    ['sharp s', 'STRASSE', ['strasse']],
    ['apostrophes dropped', 'obrien', ['quote']],
    ['apostrophes of another kind', 'O’Brien', ['quote']],
    ['a comma, which separates nothing here', 'Smith, John', ['comma']],
    ['words of one name, not of several', 'Wali Masoud Mehsud', []],
    ['an underscore, which stands for itself', 'a_c', ['a-c', 'a-percent-c']],
    ['an underscore, which is no wildcard', 'a_bc', []],
    ['a percent sign, which is no wildcard', 't%p', []],
    ['a percent sign at the end', '100%', ['rate']],
    ['a backslash', 'back\\slash', ['backslash']],
    ['punctuation alone', '%', []],
    ['punctuation alone', '_', []],
    ['punctuation alone', '\\', []],
    ['a quote, which ends nothing', "' or 1=1 --", []],
  ])('%s: %s', async (_, name, expected) => {
    expect(await keysOf('/v1/parties', { name })).toEqual(expected);
  });
});

describe('/v1/sources?title=', () => {
  it.each([
    ['pakistani taliban', ['page']],
    ['KABUL', ['page']],
    ['file_name', ['underscore']],
    ['file%name', ['underscore']],
    ['50% off', ['underscore']],
    ['5_0 off', []],
    ['%', []],
  ])('%s', async (title, expected) => {
    expect(await keysOf('/v1/sources', { title })).toEqual(expected);
  });
});

describe('/v1/sources?url=', () => {
  it.each([
    ['as it was entered', pageUrl, ['page']],
    ['another scheme', 'http://www.example.org/Reports/35/?b=2&a=1', ['page']],
    ['without www', 'https://example.org/Reports/35/?b=2&a=1', ['page']],
    ['without the slash at the end', 'https://example.org/Reports/35?b=2&a=1', ['page']],
    ['parameters in another order', 'https://example.org/Reports/35?a=1&b=2', ['page']],
    ['the default port', 'https://example.org:443/Reports/35?a=1&b=2', ['page']],
    ['another fragment', 'https://example.org/Reports/35?a=1&b=2#top', ['page']],
    ['other campaign parameters', 'https://example.org/Reports/35?a=1&b=2&utm_medium=rss', ['page']],
    ['a letter in another case', 'https://example.org/reports/35?a=1&b=2', []],
    ['another parameter', 'https://example.org/Reports/35?a=1&b=3', []],
    ['a part of the address', 'https://example.org/Reports', []],
    ['the root', 'http://EXAMPLE.org', ['archive']],
    ['the archived copy', 'https://archive.example/2025/https://x.example', ['archive']],
    ['no address at all', 'not an address', []],
    ['a malformed one', 'http://[', []],
    ['a malformed escape', 'https://example.org/%zz', []],
  ])('%s', async (_, url, expected) => {
    expect(await keysOf('/v1/sources', { url })).toEqual(expected);
  });
});
