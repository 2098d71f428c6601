import { describe, expect, it } from 'vitest';
import { urlForm } from '../../../src/lib/url-form.js';

describe('urlForm', () => {
  it.each([
    ['http://example.org/a', 'https://example.org/a'],
    ['https://www.example.org/a/', 'https://example.org/a'],
    ['https://EXAMPLE.org:443/a', 'https://example.org/a'],
    ['http://example.org:80/a', 'https://example.org/a'],
    ['https://example.org./a', 'https://example.org/a'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org/a//b', 'https://example.org/a/b'],
    ['https://example.org/x/../a', 'https://example.org/a'],
    ['https://example.org/a#top', 'https://example.org/a'],
    ['https://example.org/a#:~:text=word', 'https://example.org/a'],
    ['https://example.org/a%2fb', 'https://example.org/a%2Fb'],
    ['https://example.org/%c3%a9', 'https://example.org/%C3%A9'],
    ['https://example.org/é', 'https://example.org/%C3%A9'],
    ['https://example.org/%7Ejoe', 'https://example.org/~joe'],
    ['https://example.org/a?b=1&a=2', 'https://example.org/a?a=2&b=1'],
    ['https://example.org/a?q=a+b', 'https://example.org/a?q=a%20b'],
    ['https://example.org/a?', 'https://example.org/a'],
    ...[
      ...['fbclid', 'gclid', 'igshid', 'yclid', 'mc_cid', 'mc_eid', 'msclkid', 'twclid', 'utm_source'],
      ...['utm_campaign', 'UTM_Medium', 'dclid', 'ttclid', '_hsenc'],
    ].map((name) => [`https://example.org/a?id=7&${name}=x`, 'https://example.org/a?id=7']),
    ...[
      'https://web.archive.org/web/20240101120000/',
      'http://web.archive.org/web/20240101120000id_/',
      'https://web.archive.org/web/2024*/',
      'https://web.archive.org/web/',
      'https://archive.ph/20240101120000/',
      'https://archive.today/newest/',
      'https://archive.is/2024/',
      'https://archive.li/o/AbCdE/',
      'https://wayback.archive-it.org/1234/20240101120000/',
      'https://webarchive.nationalarchives.gov.uk/ukgwa/20240101120000/',
      'https://www.webarchive.org.uk/wayback/archive/20240101120000/',
      'https://ghostarchive.org/archive/',
      'https://webarchive.loc.gov/all/20240101120000/',
      'https://wayback.vefsafn.is/wayback/20240101120000/',
    ].map((copy) => [`${copy}https://www.example.org/a?b=1&id=7#top`, 'https://example.org/a?b=1&id=7']),
    ['https://web.archive.org/web/20240101/http:/example.org/a', 'https://example.org/a'],
    ['https://web.archive.org/web/20240101/example.org/a', 'https://example.org/a'],
  ])('%s is %s', (one, other) => {
    expect(urlForm(one!)).toBe(urlForm(other!));
  });

  it.each([
    ['https://example.org/index.html#/company/123', 'https://example.org/index.html#/company/456'],
    ['https://example.org/#!/a', 'https://example.org/#!/b'],
    ['https://example.org/?q=a+b', 'https://example.org/?q=a%2Bb'],
    ['https://example.org/a', 'https://example.org/A'],
    ['https://example.org/a%2Fb', 'https://example.org/a/b'],
    ['https://example.org/a?x=1&x=2', 'https://example.org/a?x=2&x=1'],
    ['https://example.org:8080/', 'https://example.org/'],
    ['https://example.org/?a=1', 'https://example.org/?A=1'],
    ['https://archive.ph/AbCdE', 'https://archive.ph/FgHiJ'],
    ['https://example.org/web/2024/https://a.org/', 'https://a.org/'],
  ])('%s is not %s', (one, other) => {
    expect(urlForm(one)).not.toBe(urlForm(other));
  });

  it('is a form that it leaves as it is', () => {
    for (const address of [
      'http://www.a.org/%7e/?q=a%20b&utm_id=1#/x',
      'https://archive.is/2024/http://a.org/b',
    ]) {
      expect(urlForm(urlForm(address))).toBe(urlForm(address));
    }
  });
});
