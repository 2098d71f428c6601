import { describe, expect, it } from 'vitest';
import { countryFault, regionFault } from '../../../src/lib/countries.js';
import { currencyFault } from '../../../src/lib/currencies.js';
import { languageFault, scriptFault } from '../../../src/lib/languages.js';

describe('languageFault', () => {
  it.each([
    'en',
    'ps',
    'fa',
    'prs',
    'ur-PK',
    'fa-AF',
    'uz-Arab',
    'zh-Hant-TW',
    'sr-Latn',
    'es-419',
    'sl-rozaj',
    'de-1996',
    'yue',
    'en-GB-oxendict',
    'en-x-house',
    'de-DE-u-co-phonebk',
    'und',
  ])('takes %s', (tag) => {
    expect(languageFault(tag)).toBeNull();
  });

  it.each([
    ['pashto', 'write the tag ps'],
    ['Pushto', 'write the tag ps'],
    ['farsi', 'write the tag fa'],
    ['Persian', 'write the tag fa'],
    ['Dari', 'write the tag prs'],
    ['English', 'write the tag en'],
    ['EN', 'write en'],
    ['en_US', 'write en-US'],
    ['ur-pk', 'write ur-PK'],
    ['uz-arab', 'write uz-Arab'],
    ['iw', 'write he'],
    ['zh-yue', 'write yue'],
    ['i-klingon', 'write tlh'],
    ['en-UK', '"UK" is no region in the registry of IANA; write en-GB'],
    ['ar-XX', '"XX" is no region'],
    ['jp', 'write ja'],
    ['eng', 'write en'],
    ['fas-AF', 'write fa-AF'],
    ['ger', 'write de'],
    ['Deutsch', 'write the tag de'],
    ['русский', 'write the tag ru'],
    ['پښتو', 'write the tag ps'],
    ['xx', '"xx" is no language'],
    ['en-Abcd', '"Abcd" is no script'],
    ['en-ZZ9', 'is not a language tag'],
    ['en-abcde', '"abcde" is no variant'],
    ['__proto__', 'is not a language tag'],
    ['constructor', 'is not a language tag'],
    ['', 'is not a language tag'],
    ['نور', 'is not a language tag'],
  ])('refuses %s and says: %s', (tag, hint) => {
    expect(languageFault(tag)).toContain(hint);
  });
});

describe('languageFault', () => {
  it('repeats no more than 40 characters of what was sent', () => {
    expect(languageFault('q'.repeat(50))).toMatch(/^"q{40}"/);
  });
});

describe('scriptFault', () => {
  it.each(['Arab', 'Latn', 'Cyrl', 'Hans', 'Zyyy'])('takes %s', (script) => {
    expect(scriptFault(script)).toBeNull();
  });

  it.each([
    ['arab', 'write Arab'],
    ['Arabic', 'write Arab'],
    ['Cyrillic', 'write Cyrl'],
    ['Abcd', 'write four letters'],
    ['', 'write four letters'],
  ])('refuses %s and says: %s', (script, hint) => {
    expect(scriptFault(script)).toContain(hint);
  });
});

describe('currencyFault', () => {
  it.each(['AFN', 'USD', 'XCG', 'ZWG', 'VED', 'AFA', 'DEM', 'BGN', 'SLL', 'XDR', 'XAU'])(
    'takes %s',
    (code) => {
      expect(currencyFault(code)).toBeNull();
    },
  );

  it.each([
    ['afn', 'write AFN'],
    ['Euro', 'write EUR'],
    ['€', 'write EUR'],
    ['؋', 'write AFN'],
    ['afghanis', 'write AFN'],
    ['$', 'write three capital letters'],
    ['XXX', 'write three capital letters'],
    ['XTS', 'write three capital letters'],
    ['toString', 'write three capital letters'],
  ])('refuses %s and says: %s', (code, hint) => {
    expect(currencyFault(code)).toContain(hint);
  });

  it('knows each code that Node knows, and more, so that two versions of Node agree', () => {
    expect(Intl.supportedValuesOf('currency').filter((code) => currencyFault(code) !== null)).toEqual([]);
  });
});

describe('countryFault', () => {
  it.each(['AF', 'GB', 'XK', 'SU', 'YU', 'CS', 'DD', 'ZR'])('takes %s', (code) => {
    expect(countryFault(code)).toBeNull();
  });

  it.each([
    ['UK', 'write GB'],
    ['uk', 'write GB'],
    ['af', 'write AF'],
    ['AFG', 'write AF'],
    ['Afghanistan', 'write AF'],
    ['The Gambia', 'write GM'],
    ['Netherlands', 'write NL'],
    ['Scotland', 'write GB'],
    ['Soviet Union', 'write SU'],
    ['Burma', 'write MM'],
    ['UAE', 'write AE'],
    ['DRC', 'write CD'],
    ['Deutschland', 'write DE'],
    ['افغانستان', 'write AF'],
    ['Iran', 'write IR'],
    ['Korea', 'write two capital letters'],
    ['Congo', 'write two capital letters'],
    ['constructor', 'write two capital letters'],
    ['AF-KNR', 'write two capital letters'],
    ['ZZ', 'write two capital letters'],
    ['', 'write two capital letters'],
  ])('refuses %s and says: %s', (code, hint) => {
    expect(countryFault(code)).toContain(hint);
  });
});

describe('regionFault', () => {
  it.each(['AF', 'AF-KNR', 'GB-SCT', 'XK', 'SU'])('takes %s', (code) => {
    expect(regionFault(code)).toBeNull();
  });

  it.each([
    ['af-knr', 'write AF-KNR'],
    ['AF_KNR', 'write AF-KNR'],
    ['AF-XXX', 'write AF or AF-KNR'],
    ['Afghanistan', 'write AF'],
    ['Kunar', 'write AF-KNR'],
    ['UK-LND', 'write GB-LND'],
    ['AFG-KNR', 'write AF-KNR'],
    ['Scotland', 'write GB-SCT'],
    ['UK', 'write GB'],
  ])('refuses %s and says: %s', (code, hint) => {
    expect(regionFault(code)).toContain(hint);
  });
});
