import { describe, expect, it } from 'vitest';
import { urlForm } from '../../../src/lib/url-form.js';

const page = 'https://www.Example.org/Reports/35/?b=2&a=1&utm_source=mail#page=3';

describe('urlForm: two addresses of one page have one form', () => {
  it.each([
    ['another scheme', 'http://www.example.org/Reports/35/?b=2&a=1'],
    ['without www', 'https://example.org/Reports/35/?b=2&a=1'],
    ['without the slash at the end', 'https://example.org/Reports/35?b=2&a=1'],
    ['parameters in another order', 'https://example.org/Reports/35?a=1&b=2'],
    ['the default port', 'https://example.org:443/Reports/35?a=1&b=2'],
    ['another fragment', 'https://example.org/Reports/35?a=1&b=2#top'],
    ['other campaign parameters', 'https://example.org/Reports/35?a=1&b=2&utm_medium=rss'],
    ['its own form', urlForm(page)],
  ])('%s', (_, url) => {
    expect(urlForm(url)).toBe(urlForm(page));
  });

  it('a root with and without its slash', () => {
    expect(urlForm('http://EXAMPLE.org')).toBe(urlForm('https://example.org/'));
  });

  it('an address within an address keeps both', () => {
    const archived = 'https://archive.example/2025/https://x.example';
    expect(urlForm(`${archived}/`)).toBe(urlForm(archived));
    expect(urlForm(archived)).toContain('x.example');
  });
});

describe('urlForm: addresses of two pages stay apart', () => {
  it.each([
    ['a letter in another case', 'https://example.org/reports/35?a=1&b=2'],
    ['another parameter', 'https://example.org/Reports/35?a=1&b=3'],
    ['a parameter less', 'https://example.org/Reports/35?a=1'],
    ['another port', 'https://example.org:8443/Reports/35?a=1&b=2'],
    ['a subdomain', 'https://data.example.org/Reports/35?a=1&b=2'],
    ['a part of the address', 'https://example.org/Reports'],
  ])('%s', (_, url) => {
    expect(urlForm(url)).not.toBe(urlForm(page));
  });
});
