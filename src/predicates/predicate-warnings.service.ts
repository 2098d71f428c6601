import type { Tx } from '../db/store/store.js';
import { chunksOf } from '../lib/collections.js';
import { factors, unitForm } from '../lib/units.js';
import { contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { versionOf } from '../resources/versions.store.js';
import { sameAs, type Warning } from '../resources/warnings.js';
import { unitOf } from './predicate.js';
import type { PredicateInput } from './predicates.schemas.js';
import { COUNTED, type UnitCount, unitCounts } from './predicates.store.js';

/** Claims can count in thousands of units, each of which is compared with that of the predicate. */
const FORMS_AT_ONCE = 100;

/** What a change of its unit does to the claims of a predicate, whose figures stay as they were sent. */
export async function predicateWarnings(tx: Tx, stored: ResourceRow): Promise<Warning[]> {
  const before = await versionOf(tx, 'predicate', stored.id, stored.version - 1);
  if (before === null) return [];
  const [old, unit] = [before, stored].map(({ doc }) => (contentOf(doc) as PredicateInput).unit);
  if (unitForm(old ?? '') === unitForm(unit ?? '')) return [];
  const forms = await unitCounts(tx, stored.id);
  const isOwn = (form: string) => form !== unitOf(stored.id);
  const told = async (code: string, isMeant: (form: string) => boolean, what: (claims: string) => string) => {
    const meant: UnitCount[] = [];
    for (const some of chunksOf(forms, FORMS_AT_ONCE)) {
      await tx.yield();
      meant.push(...some.filter(({ form }) => isMeant(form)));
    }
    const sum = meant.reduce((all, { n }) => all + n, 0);
    const claims = meant.flatMap(({ first }) => first).sort();
    return sameAs(code, '/unit', 'claim', claims, what(claimsIn(sum)));
  };
  const now = unit ? `count ${unit}` : 'have no unit';
  return [
    ...(await told(
      'unit_changed',
      (form) => !isOwn(form),
      (claims) =>
        `figures without a unit of their own (${claims}) now ${now}${old ? `, no longer ${old}` : ''}; give a unit to those that do not`,
    )),
    ...(await told(
      'other_unit',
      (form) => isOwn(form) && !!unit && factors(form, unit) === null,
      (claims) =>
        `figures in other units (${claims}) are compared with none in ${unit}; change these, or the unit of the predicate`,
    )),
  ];
}

function claimsIn(count: number): string {
  if (count === 1) return '1 claim';
  return `${count > COUNTED ? 'more than ' : ''}${Math.min(count, COUNTED).toLocaleString('en')} claims`;
}
