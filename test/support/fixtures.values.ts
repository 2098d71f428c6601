import { nameOf, type Party } from './fixtures.js';
import { currencies, exact, numbers, type Place, places, units } from './fixtures.pools.js';
import type { Random } from './random.js';

/** Bounds of a number in hundredths, open ones null. */
export interface Range {
  lower: bigint | null;
  upper: bigint | null;
  /** Only numbers above `lower`, or below `upper`. */
  lower_exclusive: boolean;
  upper_exclusive: boolean;
}

/** A value as it is entered, with what a test must know of it. */
export interface MadeValue {
  type: string;
  value: object;
  object: Party | null;
  places: Place[];
  range: Range | null;
  unit: string | null;
  currency: string | null;
}

const shapes = ['b', 'b', 'a-', '-c', 'a-c', 'abc', 'ab-', '-bc'];
const types = ['quantity', 'quantity', 'money', 'change', 'party', 'place', 'unknown', 'no_value', 'none'];

export function makeValue(random: Random, parties: Party[]): MadeValue {
  const type = random.pick(types);
  const made = { type, object: null, places: [], range: null, unit: null, currency: null, value: { type } };
  if (type === 'party') {
    const object = random.pick(parties);
    return { ...made, object, value: { type, party: nameOf(random, object) } };
  }
  if (type === 'place') {
    const place = random.pick(places.filter(({ name }) => name !== null));
    return { ...made, places: [place], value: { type, name: place.name, iso_3166: place.iso_3166 } };
  }
  if (type === 'change') {
    const amount = random.pick(['0.25', '10', '10.0']);
    const [lower_exclusive, upper_exclusive] = [false, false];
    const range = { lower: exact(amount), upper: exact(amount), lower_exclusive, upper_exclusive };
    return { ...made, range, unit: 'percent', value: { type, direction: 'up', amount, unit: 'percent' } };
  }
  if (type !== 'quantity' && type !== 'money') return made;

  const shape = random.pick(shapes);
  const [a, b, c] = random.some(numbers, 3, 3).sort((x, y) => (exact(x) < exact(y) ? -1 : 1));
  const lower = shape.includes('a') ? a! : null;
  const value = shape.includes('b') ? b! : null;
  const upper = shape.includes('c') ? c! : null;
  const [low, high] = [lower ?? value, upper ?? value];
  const isApart = (x: string | null, y: string | null) => x === null || y === null || exact(x) < exact(y);
  const excludes = {
    lower_exclusive: lower !== null && isApart(lower, value ?? upper) && random.chance(0.4),
    upper_exclusive: upper !== null && isApart(value ?? lower, upper) && random.chance(0.4),
  };
  const range = {
    lower: low === null ? null : exact(low),
    upper: high === null ? null : exact(high),
    ...excludes,
  };
  const number = { lower, value, upper, ...excludes };
  if (type === 'quantity') {
    const unit = random.pick([...units, ...units, null]);
    return { ...made, unit, range, value: { type, ...number, unit } };
  }
  const currency = random.pick(currencies);
  return { ...made, currency, range, value: { type, ...number, currency } };
}
