import { unitForm } from '../../lib/units.js';
import type { ChartTask } from '../../rendering/chart/chart.js';

interface Named {
  name: string;
}

/** The members of an estimate that a chart shows. */
interface Charted {
  value: Record<string, unknown>;
  unit: string | null;
  occurred: string | null;
  occurred_from: string | null;
  occurred_to: string | null;
  asserted_by: Named[];
  reported_by: Named[];
  denied_by: Named[];
  retracted: boolean;
  retracted_by: Named[];
  superseded_by: Named[];
  standing: { support: string };
}

const text = (member: unknown): string | null => (typeof member === 'string' ? member : null);

/** Sums by the month and by the year are no figures of one scale. */
const moneyUnit = ({ currency, per }: Record<string, unknown>): string | null =>
  typeof currency === 'string' && typeof per === 'string' ? `${currency} per ${per}` : text(currency);

/** The chart of the figures for one thing; who asserts a figure names it, else who reports it. */
export function chartTask(of: { subject: Named; predicate: Named }, items: readonly object[]): ChartTask {
  /** The first spelling of a unit, by its normal form. */
  const spellings = new Map<string, string>();
  const spelled = (unit: string | null): string | null => {
    if (unit === null) return null;
    const known = spellings.get(unitForm(unit)) ?? unit;
    spellings.set(unitForm(unit), known);
    return known;
  };
  const estimates = (items as readonly Charted[]).map((item) => {
    const { value, asserted_by, reported_by, denied_by, retracted_by } = item;
    const speakers = [asserted_by, reported_by, retracted_by].find(({ length }) => length > 0) ?? [];
    return {
      label: speakers.map(({ name }) => name).join(', ') || 'Nobody named',
      lower: text(value.lower),
      upper: text(value.upper),
      value: text(value.value) ?? text(value.amount),
      lower_exclusive: value.lower_exclusive === true,
      upper_exclusive: value.upper_exclusive === true,
      approximate: value.approximate === true,
      occurred: item.occurred,
      from: item.occurred_from,
      to: item.occurred_to,
      unit: spelled(item.unit) ?? moneyUnit(value),
      none: value.type === 'no_value',
      supported: item.standing.support !== 'none',
      denied: denied_by.length > 0,
      gone: item.retracted
        ? ('retracted' as const)
        : item.superseded_by.length > 0
          ? ('superseded' as const)
          : null,
    };
  });
  return { title: `${of.subject.name}: ${of.predicate.name}`, estimates };
}
