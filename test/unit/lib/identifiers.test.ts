import { expect, it } from 'vitest';
import { bareIdentifier, identifierForm } from '../../../src/lib/identifiers.js';

it.each([
  [
    'doi',
    [
      '10.1000/ABC',
      '10.1000/abc',
      'https://doi.org/10.1000/abc',
      'http://dx.doi.org/10.1000/Abc',
      'doi:10.1000/abc',
    ],
  ],
  ['isbn', ['978-0-306-40615-7', '9780306406157', '0-306-40615-2', '0306406152', 'ISBN 0306406152']],
  ['issn', ['0028-0836', '00280836']],
  ['orcid', ['0000-0002-1825-009X', 'https://orcid.org/0000-0002-1825-009x']],
  ['wikidata', ['Q1', 'q1', 'https://www.wikidata.org/wiki/Q1', 'http://www.wikidata.org/entity/Q1']],
  ['pmid', ['12345', 'PMID: 12345', 'https://pubmed.ncbi.nlm.nih.gov/12345/']],
])('identifierForm: %s has one form', (scheme, values) => {
  expect(new Set(values.map((value) => identifierForm(scheme, value))).size).toBe(1);
});

it('identifierForm: the values of other schemes are as they are', () => {
  expect(identifierForm('imolin', 'Ab-1')).toBe('Ab-1');
  expect(identifierForm('constructor', 'Ab-1')).toBe('Ab-1');
});

it.each([
  ['doi', 'https://doi.org/10.1016/S0140-6736(20)31180-6', '10.1016/S0140-6736(20)31180-6'],
  ['doi', 'doi: 10.1000/A', '10.1000/A'],
  ['isbn', 'ISBN 978-3-16-148410-0', '978-3-16-148410-0'],
  ['pmid', 'https://pubmed.ncbi.nlm.nih.gov/12345/', '12345'],
  ['symbol', 'S/2025/71/', 'S/2025/71/'],
])('bareIdentifier: the %s of %s is %s', (scheme, value, bare) => {
  expect(bareIdentifier(scheme, value)).toBe(bare);
});
