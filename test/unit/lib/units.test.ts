import { describe, expect, it } from 'vitest';
import { effectiveUnit, factors, rateFactors, unitForm } from '../../../src/lib/units.js';

describe('unitForm', () => {
  it.each([
    ['fighters', 'fighter'],
    ['Fighter', 'fighter'],
    ['FIGHTERS', 'fighter'],
    [' training  camps', 'training camp'],
    ['km', 'kilometre'],
    ['loss', 'loss'],
    ['Metric tons', 'tonne'],
    ['%', 'percent'],
    ['per cent', 'percent'],
    ['% of GDP', 'percent of gdp'],
    ['killed, wounded or missing', 'killed wounded or missing'],
    ['نفر', 'نفر'],
    ['…', '…'],
    ['constructor', 'constructor'],
  ])('%s is compared as %s', (unit, form) => {
    expect(unitForm(unit)).toBe(form);
    expect(unitForm(form)).toBe(form);
  });
});

describe('effectiveUnit', () => {
  it.each([
    [null, 'fighters', 'fighters'],
    ['people', null, 'people'],
    [null, null, null],
    ['Fighter', 'fighters', 'fighters'],
    ['people', 'fighters', 'people'],
  ])('%s under a predicate in %s counts %s', (own, ofPredicate, unit) => {
    expect(effectiveUnit(own, ofPredicate)).toBe(unit);
  });
});

describe('factors', () => {
  it.each([
    ['hours', 'days', [60n, 1_440n]],
    ['camp', 'camps', [1n, 1n]],
    ['months', 'weeks', null],
    ['people', 'fighters', null],
    ['constructor', 'month', null],
  ])('%s and %s convert as the table states', (a, b, expected) => {
    expect(factors(a, b)).toEqual(expected);
    expect(rateFactors(b, a)).toEqual(expected);
  });
});
