import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { engines } from '../support/engines.js';
import { generate } from '../support/generate.js';

describe.each(engines)('filters by text on %s', async (engine) => {
  const t = await testApp({ engine });

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

  describe('GET /v1/parties?name= (what is levelled is in test/unit/text.test.ts)', () => {
    it.each([
      ['a part of the name', 'taliban', ['ttp']],
      ['an alias', 'Masoud', ['noor-wali']],
      ['another script', 'محسود', ['noor-wali']],
      ['letters of another keyboard', 'نور ولي', ['noor-wali']],
      ['stretched letters', 'نـور', ['noor-wali']],
      ['a part of a word in any case', 'hREEK', ['ttp']],
      ['other punctuation, accents and case', 'pákistani-TALIBAN', ['ttp']],
      ['sharp s', 'STRASSE', ['strasse']],
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
    ])('finds %s: %s', async (_, name, expected) => {
      expect(await keysOf('/v1/parties', { name })).toEqual(expected);
    });
  });

  describe('GET /v1/sources?title=', () => {
    it.each([
      ['pakistani taliban', ['page']],
      ['KABUL', ['page']],
      ['file_name', ['underscore']],
      ['file%name', ['underscore']],
      ['50% off', ['underscore']],
      ['5_0 off', []],
      ['%', []],
    ])('%s finds %j', async (title, expected) => {
      expect(await keysOf('/v1/sources', { title })).toEqual(expected);
    });
  });

  describe('GET /v1/sources?url= (what is levelled is in test/unit/sources/source.test.ts)', () => {
    it.each([
      ['as it was entered', pageUrl, ['page']],
      ['in another form', 'http://example.org:80/Reports/35?a=1&b=2&utm_medium=rss#top', ['page']],
      ['a letter in another case', 'https://example.org/reports/35?a=1&b=2', []],
      ['a part of the address', 'https://example.org/Reports', []],
      ['the root', 'http://EXAMPLE.org', ['archive']],
      ['the archived copy', 'https://archive.example/2025/https://x.example', ['archive']],
      ['a malformed escape', 'https://example.org/%zz', []],
    ])('finds by an address %s: %s', async (_, url, expected) => {
      expect(await keysOf('/v1/sources', { url })).toEqual(expected);
    });
  });
});
