import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { OneByOne } from './attempted.js';
import { areInUse, COUNTED, countUses, findUses, isInUse, type Use } from './in-use.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { isTold } from './told.js';

/** Objects that are named: the answer is to fit on a screen, and a list shows the others. */
const NAMED = 5;

/** Throws while others refer to one of the objects, but for those that are `going`: for a single one a 409 that tells which. */
export async function refuseInUse(
  tx: Tx,
  noun: ResourceType,
  rows: readonly ResourceRow[],
  going: ReadonlySet<string>,
): Promise<void> {
  const [first, ...others] = rows;
  if (first && others.length === 0) return refuseUses(tx, noun, first, going);
  const ids = rows.map(({ id }) => id);
  if (await areInUse(tx, noun, ids, going)) throw new OneByOne();
}

/** Throws a 409 while others refer to the object: which, how many, and how to let them go. */
async function refuseUses(
  tx: Tx,
  noun: ResourceType,
  { id, key }: ResourceRow,
  going: ReadonlySet<string>,
): Promise<void> {
  if (!isTold(tx)) {
    if (!(await isInUse(tx, noun, id, going))) return;
    throw new ApiError('in_use', `Something refers to this ${noun.name}.`);
  }
  const counts = await countUses(tx, noun, id, going);
  if (counts.size === 0) return;
  const uses = await findUses(tx, noun, id, NAMED, { of: counts, except: going });
  const all = [...counts.values()];
  const sum = all.reduce((total, n) => total + Math.min(n, COUNTED), 0);
  const total = all.some((n) => n > COUNTED) ? { total_at_least: sum } : { total: sum };
  const detail =
    `${listed(counts)} ${sum === 1 ? 'refers' : 'refer'} to this ${noun.name}. Let each name another ${noun.name} (PATCH), or remove it first` +
    (uses.length < sum ? `; the errors name ${uses.length} of them` : '') +
    `. ${whereListed(noun, key ?? id, uses)}`;
  const faults = uses.map((use) => ({ code: 'in_use', detail: faultText(noun, use) }));
  throw new ApiError('in_use', detail.trimEnd(), faults, { referrers: { ...total, items: uses } });
}

/** “2 claims and more than 10,000 attributions”. */
function listed(counts: ReadonlyMap<ResourceName, number>): string {
  const parts = Array.from(counts, ([type, n]) => {
    if (n === 1) return `1 ${type}`;
    const number = Math.min(n, COUNTED).toLocaleString('en');
    return `${n > COUNTED ? 'more than ' : ''}${number} ${tableOf[type]}`;
  });
  return new Intl.ListFormat('en').format(parts);
}

function faultText(noun: ResourceType, { type, id, key, member }: Use): string {
  const name = key === null ? id : `\`${key}\` (${id})`;
  return `${type} ${name} names it under \`${member}\`: PATCH /v1/${tableOf[type]}/${key ?? id} with another ${noun.name} there`;
}

/** The lists that show all of them, where there is a filter for it. */
function whereListed(noun: ResourceType, reference: string, uses: readonly Use[]): string {
  const used = new Set(uses.map(({ type, member }) => `${type} ${member}`));
  const addresses = noun.referrers.flatMap(({ noun: type, member, filter }) =>
    filter && used.has(`${type} ${member}`) ? [`GET /v1/${tableOf[type]}?${filter}=${reference}`] : [],
  );
  return addresses.length === 0 ? '' : `${[...new Set(addresses)].join(', ')} lists them.`;
}
