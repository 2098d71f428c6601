import { date, money, type Pair, party, plain, quantity, total } from './pairs.js';

const a = party('leader-a');
const b = party('leader-b');

/** Holders of an office, and other values that hold for a time. */
const handovers: Pair[] = [
  {
    name: 'one leader until a month, the next from that month on',
    a: { predicate: plain, value: a, occurred: '2013-11/2018-06' },
    b: { predicate: plain, value: b, occurred: '2018-06/..' },
    kind: 'different_time',
    says: 'Not comparable: one may have followed the other within the time they share (November 2013–June 2018 and since June 2018).',
  },
  {
    name: 'one ends on the day on which the other begins',
    a: { predicate: plain, value: a, occurred: '2013-11-02/2018-06-15' },
    b: { predicate: plain, value: b, occurred: '2018-06-15/2020-01-01' },
    kind: 'different_time',
  },
  {
    name: 'one ends in a year in whose June the other begins',
    a: { predicate: plain, value: a, occurred: '../2018' },
    b: { predicate: plain, value: b, occurred: '2018-06/..' },
    kind: 'different_time',
  },
  {
    name: 'one ends in June and the other begins in that year',
    a: { predicate: plain, value: a, occurred: '2013/2018-06' },
    b: { predicate: plain, value: b, occurred: '2018/2020' },
    kind: 'different_time',
  },
  {
    name: 'one ends in the month in which the other is seen in office',
    a: { predicate: plain, value: a, occurred: '2013-11/2018-06' },
    b: { predicate: plain, value: b, occurred: '2018-06-20' },
    kind: 'different_time',
  },
  {
    name: 'figures change hands as leaders do',
    a: { value: quantity('5000'), occurred: '2020/2021-08' },
    b: { value: quantity('10000'), occurred: '2021-08/2023' },
    kind: 'different_time',
  },
  {
    name: 'they share two months, of which one belongs to neither end',
    a: { predicate: plain, value: a, occurred: '2013-11/2018-07' },
    b: { predicate: plain, value: b, occurred: '2018-06/..' },
    kind: 'contradiction',
    says: 'leader-a and leader-b cannot both be right.\nTheir times meet (November 2013–July 2018 and since June 2018).',
  },
  {
    name: 'one lies within the other',
    a: { predicate: plain, value: a, occurred: '2013/2020' },
    b: { predicate: plain, value: b, occurred: '2018-06/2018-07' },
    kind: 'contradiction',
  },
  {
    name: 'two intervals begin together',
    a: { predicate: plain, value: a, occurred: '2018-06/2019' },
    b: { predicate: plain, value: b, occurred: '2018-06/2020' },
    kind: 'contradiction',
  },
  {
    name: 'two leaders in one month, neither said to end or begin in it',
    a: { predicate: plain, value: a, occurred: '2018-06' },
    b: { predicate: plain, value: b, occurred: '2018-06' },
    kind: 'contradiction',
  },
];

const qualified: Pair[] = [
  ...(
    [
      ['1961~', 'About 1961'],
      ['1961?', '1961 (uncertain)'],
      ['1961%', 'About 1961 (uncertain)'],
    ] as const
  ).map(
    ([text, words]): Pair => ({
      name: `born ${text} and 1962`,
      a: { predicate: plain, value: date(text) },
      b: { predicate: plain, value: date('1962') },
      kind: 'overlapping',
      says: `${words} and 1962 can both be right.\nAn approximate or uncertain date is taken as one year`,
    }),
  ),
  {
    name: 'a qualified month reaches the next day but not the next but one month',
    a: { predicate: plain, value: date('1961-12~') },
    b: { predicate: plain, value: date('1962-01-31') },
    kind: 'overlapping',
  },
  {
    name: 'a qualified month ends before the month after the next',
    a: { predicate: plain, value: date('1961-12~') },
    b: { predicate: plain, value: date('1962-02-01') },
    kind: 'contradiction',
  },
  {
    name: 'a qualified day and the next day',
    a: { predicate: plain, value: date('2024-02-29~') },
    b: { predicate: plain, value: date('2024-03-01') },
    kind: 'overlapping',
  },
  {
    name: 'a qualified year is no closer to one two years off',
    a: { predicate: plain, value: date('1961~') },
    b: { predicate: plain, value: date('1963') },
    kind: 'contradiction',
  },
  {
    name: 'around 2022 and January 2023 may be one time',
    a: { value: quantity('10000'), occurred: '2022~' },
    b: { value: quantity('5000'), occurred: '2023-01' },
    kind: 'unknown_time',
    says: 'Perhaps not comparable: the dates are not certain and may be one time (c. 2022 and January 2023).',
  },
  {
    name: 'an interval with an uncertain end reaches one unit beyond it',
    a: { value: quantity('10000'), occurred: '2020/2022-11?' },
    b: { value: quantity('5000'), occurred: '2022-12' },
    kind: 'unknown_time',
  },
  {
    name: 'and not before its certain start',
    a: { value: quantity('10000'), occurred: '2020/2022-11?' },
    b: { value: quantity('5000'), occurred: '2019-12' },
    kind: 'different_time',
  },
];

const sets: Pair[] = [
  {
    name: 'born in 1963 or 1965, and in 1964',
    a: { predicate: plain, value: date('[1963,1965]') },
    b: { predicate: plain, value: date('1964') },
    kind: 'contradiction',
    says: '“1963 or 1965” and 1964 cannot both be right.',
  },
  {
    name: 'born in one of three years, and in the one between',
    a: { predicate: plain, value: date('[1963..1965]') },
    b: { predicate: plain, value: date('1964') },
    kind: 'overlapping',
  },
  {
    name: 'born in 1963 or from 1966 on',
    a: { predicate: plain, value: date('[1963,1966..]') },
    b: { predicate: plain, value: date('1970-05') },
    kind: 'overlapping',
  },
  {
    name: 'a set is the same as itself in other words',
    a: { predicate: plain, value: date('[1963,1965]') },
    b: { predicate: plain, value: date('{1963,1965}') },
    kind: null,
  },
  {
    name: 'held in 2020 and 2022, and in 2021',
    a: { value: quantity('10000'), occurred: '{2020,2022}' },
    b: { value: quantity('5000'), occurred: '2021' },
    kind: 'different_time',
  },
  {
    name: 'held in 2020 and 2022, and in May 2022',
    a: { value: quantity('10000'), occurred: '{2020,2022}' },
    b: { value: quantity('5000'), occurred: '2022-05' },
    kind: 'contradiction',
  },
];

const count = (text: string, occurred: string) => ({ predicate: total, value: quantity(text), occurred });

const nested: Pair[] = [
  {
    name: 'at least 20,000 by 19 May and about 7,000 by the end of May',
    a: count('20000.. tests', '../2020-05-19'),
    b: count('~7000 tests', '../2020-05-31'),
    kind: 'contradiction',
    says: 'At least 20,000 tests and about 7,000 tests cannot both be right.\nThe total of a part cannot exceed that of the whole.',
  },
  {
    name: 'more in a month than in its year',
    a: count('500', '2024'),
    b: count('600', '2024-03'),
    kind: 'contradiction',
  },
  {
    name: 'less by 19 May than by the end of May',
    a: count('5000', '../2020-05-19'),
    b: count('7000', '../2020-05-31'),
    kind: 'different_time',
  },
  {
    name: 'the tenth of an approximate whole is room for the part',
    a: count('7600', '2020-05'),
    b: count('~7000', '2020'),
    kind: 'overlapping',
  },
  {
    name: 'the part begins before the whole',
    a: count('20000', '2019-12/2020-05'),
    b: count('7000', '2020'),
    kind: 'different_time',
  },
  {
    name: 'a part that is only the period of the source tells nothing',
    a: { ...count('20000', '2020-05'), occurred_inherited: true },
    b: count('7000', '2020'),
    kind: 'unknown_time',
  },
  {
    name: 'balances can be below zero, so a part may exceed the whole',
    a: count('-5', '2024'),
    b: count('600', '2024-03'),
    kind: 'different_time',
  },
  {
    name: 'sums of money nest as counts do',
    a: { predicate: total, value: money('10 USD'), occurred: '2024' },
    b: { predicate: total, value: money('11 USD'), occurred: '2024-01' },
    kind: 'contradiction',
  },
  {
    name: 'a part of something else does not exceed the whole',
    a: { ...count('600', '2024-03'), scope: 'including attempts' },
    b: count('500', '2024'),
    kind: 'different_scope',
  },
  {
    name: 'two counts of all that happened up to one day',
    a: count('67', '../2020-04-21'),
    b: count('72', '../2020-04-21'),
    kind: 'contradiction',
    says: 'Both are totals of the time until 21 April 2020.',
  },
];

const words: Pair[] = [
  {
    name: 'the bound comes before the word for approximate',
    a: count('~..7000', '2024'),
    b: count('8000..', '2024'),
    kind: 'contradiction',
    says: 'At most about 7,000 attacks and at least 8,000 attacks cannot both be right.',
  },
  {
    name: 'an approximate range',
    a: { value: quantity('~180..200'), occurred: '2024' },
    b: { value: quantity('500'), occurred: '2023' },
    kind: 'different_time',
    says: 'One gives about 180–200 fighters, the other 500 fighters.',
  },
];

export const timePairs: Pair[] = [...handovers, ...qualified, ...sets, ...nested, ...words];
