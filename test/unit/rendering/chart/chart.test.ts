import { describe, expect, it, test } from 'vitest';
import { renderChart } from '../../../../src/rendering/chart/chart.js';
import { layOut } from '../../../../src/rendering/chart/layout.js';
import { lookOf } from '../../../../src/rendering/chart/looks.js';
import {
  type ChartEstimate,
  chartRows,
  figureWords,
  timeWords,
} from '../../../../src/rendering/chart/rows.js';
import { HOSTILE, readPicture } from '../pictures.js';
import { drawnTexts, type Element, elementsOf } from '../xml.js';

/** The interval between two days, where a figure gives no other words for its time. */
function occurredOf({ from = null, to = null }: Partial<ChartEstimate>): string | null {
  if (from === null && to === null) return null;
  return from === to ? from : `${from ?? '..'}/${to ?? '..'}`;
}

const figure = (label: string, members: Partial<ChartEstimate>): ChartEstimate => ({
  label,
  lower: null,
  upper: null,
  value: null,
  lower_exclusive: false,
  upper_exclusive: false,
  approximate: false,
  occurred: occurredOf(members),
  from: null,
  to: null,
  unit: 'fighters',
  none: false,
  supported: true,
  denied: false,
  gone: null,
  ...members,
});
const draw = async (estimates: ChartEstimate[], title = 'TTP: fighter strength'): Promise<Element> =>
  readPicture(await renderChart({ title, estimates }));

const strength = [
  figure('Pakistan', { value: '10000', approximate: true }),
  figure('UN officials', { upper: '6500', occurred: '2024-11', from: '2024-11-01', to: '2024-11-30' }),
  figure('Monitoring Team', { lower: '4000', upper: '6000', from: '2023-01-01', to: '2023-12-31' }),
];

describe('render chart', () => {
  it('a chart shows the figures, their parties, the unit and the years', async () => {
    const texts = drawnTexts(await draw(strength));
    for (const text of [
      'TTP: fighter strength',
      'fighters',
      '4,000–6,000',
      '\u2264\u20096,500',
      '\u2248\u200910,000',
      'no date',
      'Pakistan',
      'UN officials',
      'Monitoring Team',
      'hollow: approximate',
      'at most',
      '2024',
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts).not.toContain('at least');
    expect(texts).not.toContain('denied by somebody');
  });

  it('the description lists the figures in words and in the order of time', async () => {
    const [title, desc] = (await draw(strength)).children;
    expect(title!.text).toBe('TTP: fighter strength');
    expect(desc!.text).toBe(
      'Monitoring Team: 4,000–6,000 fighters, 1 January–31 December 2023. ' +
        'UN officials: at most 6,500 fighters, November 2024. ' +
        'Pakistan: about 10,000 fighters, without a date.',
    );
  });

  it('figures that are denied or have no support are marked', async () => {
    const root = await draw([
      figure('A', { lower: '5', denied: true, from: '2024-01-01', to: null }),
      figure('B', { value: '7', supported: false, from: null, to: '2024-01-01' }),
    ]);
    for (const text of [
      'denied by somebody',
      'pale: nobody stands by it',
      'at least',
      'no first day',
      'no last day',
    ]) {
      expect(drawnTexts(root)).toContain(text);
    }
    expect(root.children[1]!.text).toContain(
      'A: at least 5 fighters, since 1 January 2024, denied by somebody.',
    );
    expect(root.children[1]!.text).toContain('B: 7 fighters, until 1 January 2024, nobody stands by it.');
    expect(
      elementsOf(root).filter(({ attributes }) => attributes.get('opacity') === '0.45').length,
    ).toBeGreaterThan(0);
  });

  it('each unit has a panel, and figures that are left out are counted', async () => {
    const root = await draw([
      ...strength,
      figure('X', { value: '383', unit: 'soldiers killed', from: '2024-01-01', to: '2024-12-31' }),
      figure('Y', {}),
    ]);
    expect(drawnTexts(root)).toEqual(expect.arrayContaining(['fighters', 'soldiers killed']));
    expect(drawnTexts(root)).toContain('Not drawn: 1 without a number.');
  });

  it('tells who says that there is none, beside figures and alone', async () => {
    const none = (label: string) => figure(label, { none: true, from: '2024-01-01', to: '2024-01-31' });
    const root = await draw([...strength, none('Taliban'), none('TTP'), none('Taliban')]);
    expect(drawnTexts(root)).toContain('There is none, according to Taliban and TTP.');
    expect(drawnTexts(root).join(' ')).not.toContain('without a number');
    expect(root.children[1]!.text).toContain('Taliban: none, 1–31 January 2024.');
    const alone = await draw([none('Taliban')]);
    expect(drawnTexts(alone)).toContain('There is no figure with a number to show.');
    expect(drawnTexts(alone)).toContain('There is none, according to Taliban.');
    expect(alone.children[1]!.text).toBe('Taliban: none, 1–31 January 2024.');
  });

  it('a chart without figures says so', async () => {
    const root = await draw([]);
    expect(drawnTexts(root)).toContain('There is nothing to show: no figures are recorded.');
    expect(root.children[1]!.text).toBe('There is nothing to show: no figures are recorded.');
    expect(drawnTexts(await draw([figure('X', {})]))).toContain('There is no figure with a number to show.');
  });

  it('hostile names and the longest numbers are shown as text within bounds', async () => {
    const long = `${HOSTILE} ${'x'.repeat(5_000)}`;
    const root = await draw(
      [
        figure(long, { value: '9'.repeat(64), unit: long }),
        figure('حركة طالبان', {
          lower: `-${'9'.repeat(64)}`,
          upper: '0.0000001',
          from: '0001-01-01',
          to: '9999-12-31',
        }),
        figure('z', { value: '0', from: '2024-02-29', to: '2024-02-29' }),
      ],
      long,
    );
    const shown = drawnTexts(root);
    expect(shown.join(' ')).toContain('<script>alert("x")</script>');
    expect(shown).toContain('حركة طالبان');
    expect(shown.join('')).not.toMatch(/(?![\u200C\u200D])\p{C}/u);
    expect(Math.max(...shown.map(({ length }) => length))).toBeLessThan(130);
  });

  it('of 1,000 figures of 300 parties the first 200 are drawn and the others counted', async () => {
    const estimates = Array.from({ length: 1_000 }, (_, i) =>
      figure(`Party ${i % 300}`, {
        lower: String(i),
        upper: String(i + 500),
        from: `${1900 + (i % 120)}-01-01`,
        to: null,
      }),
    );
    const root = await draw(estimates);
    expect(drawnTexts(root)).toContain('Not drawn: 800 beyond what fits.');
    expect(drawnTexts(root).some((text) => /^and \d+ more$/.test(text))).toBe(true);
  });
});

describe('layOut', () => {
  const placed = (estimates: ChartEstimate[]) => layOut(chartRows(estimates).panels);

  it('a mark stands at its date, or as near as its neighbours permit', () => {
    const { panels, width } = placed([
      figure('A', { value: '1', from: '2020-01-01', to: '2020-01-01' }),
      ...Array.from({ length: 5 }, (_, i) =>
        figure(`B${i}`, { value: '2', from: '2022-01-01', to: '2022-01-01' }),
      ),
      figure('C', { value: '3', from: '2024-01-01', to: '2024-01-01' }),
    ]);
    const xs = panels[0]!.rows.map(({ x }) => x);
    const steps = xs.slice(1).map((x, i) => x - xs[i]!);
    for (const step of steps) expect(step).toBeGreaterThanOrEqual(15.9);
    expect(xs[0]! / width).toBeCloseTo(0.05 / 1.1, 2);
    expect(xs[3]! / width).toBeCloseTo(0.5, 2);
  });

  it('all marks stand inside the panel, however many there are', () => {
    const { panels, width } = placed(
      Array.from({ length: 200 }, (_, i) =>
        figure(`P${i}`, { value: '1', from: i < 190 ? '2024-01-01' : '2020-01-01', to: null }),
      ),
    );
    for (const { x } of panels[0]!.rows) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(width);
    }
  });

  test.each<[string, Partial<ChartEstimate>[], (domain: [number, number]) => boolean]>([
    ['zero is in sight', [{ value: '10' }, { value: '100' }], ([from]) => from === 0],
    ['also of a single figure', [{ value: '100' }], ([from, to]) => from === 0 && to > 100],
    ['but not from afar', [{ value: '1000' }, { value: '1001' }], ([from]) => from > 0],
    ['negative ones hang', [{ value: '-10' }, { value: '-100' }], ([from, to]) => from < -100 && to === 0],
    ['both sides', [{ value: '-10' }, { value: '10' }], ([from, to]) => from < -10 && to > 10],
    ['zero alone', [{ value: '0' }], ([from, to]) => from < to],
  ])('the axis of values fits the figures: %s', (_what, figures, right) => {
    const { panels } = placed(figures.map((members) => figure('P', members)));
    expect(panels[0]!.domain).toSatisfy(right);
  });

  it('lookOf: 64 parties have different looks', () => {
    const looks = Array.from({ length: 64 }, (_, i) => JSON.stringify(lookOf(i)));
    expect(new Set(looks).size).toBe(64);
  });
});

describe('figureWords, timeWords', () => {
  test.each<[Partial<ChartEstimate>, string]>([
    [{ value: '10000', approximate: true }, 'about 10,000'],
    [{ value: '-1234567.890' }, '\u22121,234,567.890'],
    [{ lower: '4000', upper: '6000' }, '4,000–6,000'],
    [{ lower: '600' }, 'at least 600'],
    [{ lower: '600', lower_exclusive: true }, 'more than 600'],
    [{ upper: '-25', upper_exclusive: true }, 'less than \u221225'],
    [{ upper: '6500', approximate: true }, 'at most about 6,500'],
    [{ value: '7000', lower: '6500', upper: '7500' }, '7,000 (6,500–7,500)'],
    [{ value: '9007199254740993' }, '9,007,199,254,740,993'],
  ])('a figure of %j reads %s', (members, words) => expect(figureWords(figure('A', members))).toBe(words));

  test.each([
    [null, 'without a date'],
    ['2024-11', 'November 2024'],
    ['2024~', 'c. 2024'],
    ['2024-01-01/..', 'since 1 January 2024'],
  ])('the time %s reads %s', (occurred, words) => expect(timeWords({ occurred })).toBe(words));
});
