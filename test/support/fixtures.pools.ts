/** What the claims of a made-up register are made of. */

/** A date with its first and last day; an open end is before or after all days. */
export type Span = { text: string; first: string; last: string };
const span = (text: string, first: string, last: string): Span => ({ text, first, last });
export const FIRST = '0000';
export const LAST = '9999';

export const dates = [
  span('2022', '2022-01-01', '2022-12-31'),
  span('2023-06', '2023-06-01', '2023-06-30'),
  span('2023-06-15', '2023-06-15', '2023-06-15'),
  span('2023-01-01/2023-06-14', '2023-01-01', '2023-06-14'),
  span('2024-02~', '2024-02-01', '2024-02-29'),
  span('202X', '2020-01-01', '2029-12-31'),
  span('[2022,2024]', '2022-01-01', '2024-12-31'),
  span('2024/..', '2024-01-01', LAST),
  span('2024-03-01/', '2024-03-01', LAST),
  span('../2023-06-15', FIRST, '2023-06-15'),
  span('/2022', FIRST, '2022-12-31'),
];

/** Places as they are entered, with the name in its folded form where there is one. */
export const places = [
  { iso_3166: 'AF', name: null, folded: null },
  { iso_3166: 'AF-KNR', name: 'Kunar', folded: 'kunar' },
  { iso_3166: 'AE', name: null, folded: null },
  { iso_3166: 'PK', name: 'Pakistan', folded: 'pakistan' },
  { iso_3166: 'PK-KP', name: 'Khyber Pakhtunkhwā', folded: 'khyber pakhtunkhwa' },
  { iso_3166: null, name: 'Islāmābād', folded: 'islamabad' },
  { iso_3166: null, name: 'D.I. Khan', folded: 'd i khan' },
  { iso_3166: 'XK', name: null, folded: null },
];
export type Place = (typeof places)[number];

export const instants = [
  '2026-01-01T00:00:00.000Z',
  '2026-01-31T23:59:59.999Z',
  '2026-02-01T00:00:00.000Z',
  '2026-02-01T10:30:00.500Z',
];
export const numbers = [
  '-7.5',
  '-7',
  '0',
  '0.25',
  '10',
  '9007199254740992',
  '9007199254740993',
  '40000000000000000000',
];
/** A hundred times the number: exact, whatever its size. */
export const exact = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
};

export const units = ['fighters', 'Fighter', 'attacks', 'ATTACKS'];
/** In which quantities under their predicate count that give no unit. */
export const predicateUnit = 'FIGHTERS';
export const currencies = ['AFN', 'PKR'];
export const topics = ['ttp', 'attacks', 'money', 'aid'];
export const languages = ['en', 'ur', 'ur-PK'];
export const kinds = ['fact', 'forecast', 'demand', 'commitment', 'opinion'];
export const stances = ['asserts', 'confirms', 'denies', 'disputes', 'declines', 'reports'];
/** Predicates by the type of value they take. */
export const predicates = {
  quantity: 'strength',
  money: 'stipend',
  party: 'ally',
  place: 'base',
  change: 'growth',
};
