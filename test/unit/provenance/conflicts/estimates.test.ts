import { describe, expect, it } from 'vitest';
import { chartTask } from '../../../../src/provenance/conflicts/estimates.js';

const of = { subject: { name: 'TTP' }, predicate: { name: 'fighter strength' } };
const item = (more: object = {}) => ({
  value: { type: 'quantity', value: '10000', lower: null, upper: null, approximate: false, unit: null },
  unit: 'fighters',
  occurred: '2024-11',
  occurred_from: '2024-11-01',
  occurred_to: '2024-11-30',
  asserted_by: [{ name: 'UN' }],
  reported_by: [{ name: 'Paper' }],
  denied_by: [],
  retracted: false,
  retracted_by: [],
  superseded_by: [],
  standing: { support: 'single_origin' },
  ...more,
});
const estimate = (more: object) => chartTask(of, [item(more)]).estimates[0];

describe('chartTask', () => {
  it('names the chart by subject and predicate, and keeps the order of the figures', () => {
    const task = chartTask(of, [item(), item({ asserted_by: [{ name: 'US' }] })]);
    expect(task).toMatchObject({ title: 'TTP: fighter strength' });
    expect(task.estimates.map(({ label }) => label)).toEqual(['UN', 'US']);
  });

  it('gives a figure with all that a chart shows of it', () => {
    expect(estimate({})).toEqual({
      label: 'UN',
      lower: null,
      upper: null,
      value: '10000',
      lower_exclusive: false,
      upper_exclusive: false,
      approximate: false,
      occurred: '2024-11',
      from: '2024-11-01',
      to: '2024-11-30',
      unit: 'fighters',
      none: false,
      supported: true,
      denied: false,
      gone: null,
    });
  });

  it.each([
    ['who asserts it', {}, 'UN'],
    ['all who assert it', { asserted_by: [{ name: 'UN' }, { name: 'US' }] }, 'UN, US'],
    ['who reports it where nobody asserts it', { asserted_by: [] }, 'Paper'],
    ['nobody', { asserted_by: [], reported_by: [] }, 'Nobody named'],
  ])('labels a figure by %s', (_what, more, label) => {
    expect(estimate(more)?.label).toBe(label);
  });

  it('takes bounds, the size of a change and a currency as they are there', () => {
    const value = { lower: '4000', upper: '6000', approximate: true };
    expect(estimate({ value, unit: null })).toMatchObject({
      lower: '4000',
      upper: '6000',
      value: null,
      approximate: true,
      unit: null,
    });
    expect(estimate({ value: { amount: '65' }, unit: 'percent' })).toMatchObject({
      value: '65',
      unit: 'percent',
    });
    const money = { value: { value: '3', currency: 'AFN' }, unit: null };
    expect(estimate(money)).toMatchObject({ value: '3', unit: 'AFN' });
    const monthly = { value: { ...money.value, per: 'month' }, unit: null };
    expect(estimate(monthly)).toMatchObject({ value: '3', unit: 'AFN per month' });
  });

  it('gives figures that spell their unit in several ways the first of them', () => {
    const spelled = ['Fighters', 'fighter', 'FIGHTERS', 'people'].map((unit) => item({ unit }));
    const units = chartTask(of, spelled).estimates.map(({ unit }) => unit);
    expect(units).toEqual(['Fighters', 'Fighters', 'Fighters', 'people']);
  });

  it('marks that there is none, which is no number', () => {
    expect(estimate({ value: { type: 'no_value' }, unit: null })).toMatchObject({ none: true, value: null });
  });

  it('marks what nothing supports and what somebody denies', () => {
    expect(estimate({ standing: { support: 'none' } })?.supported).toBe(false);
    expect(estimate({ denied_by: [{ name: 'TTP' }] })?.denied).toBe(true);
  });
});
