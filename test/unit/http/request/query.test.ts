import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../../src/http/request/query.js';

const read = (text: string) => ({ ...readQuery(text).values });
const faultsOf = (text: string) =>
  readQuery(text).faults.map(({ parameter, code }) => `${parameter} ${code}`);

describe('readQuery', () => {
  it.each<[text: string, values: Record<string, string>]>([
    ['', {}],
    ['limit=5', { limit: '5' }],
    ['&limit=5&&', { limit: '5' }],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=b+c%20d%2Be', { a: 'b c d+e' }],
    ['a+b=c', { 'a b': 'c' }],
    ['%6cimit=5', { limit: '5' }],
    ['name=%D9%86%D9%88%D8%B1', { name: 'نور' }],
    ['key[]=ttp', { 'key[]': 'ttp' }],
    ['=x', { '': 'x' }],
    ['toString=3&constructor=1', { toString: '3', constructor: '1' }],
    ['Limit=1&limit=2', { Limit: '1', limit: '2' }],
  ])('?%s gives %j', (text, values) => {
    expect(read(text)).toEqual(values);
    expect(faultsOf(text)).toEqual([]);
  });

  it('takes __proto__ as a name like any other', () => {
    const { values } = readQuery('__proto__=1&__proto__[limit]=2');
    expect(Object.keys(values)).toEqual(['__proto__', '__proto__[limit]']);
    expect(values.limit).toBeUndefined();
    expect(({} as Record<string, unknown>).limit).toBeUndefined();
  });

  it.each<[text: string, ...faults: string[]]>([
    ['nope', 'nope empty_parameter'],
    ['nope=', 'nope empty_parameter'],
    ['limit=&view', 'limit empty_parameter', 'view empty_parameter'],
    ['a=1&a=1', 'a repeated_parameter'],
    ['limit=1&limit=2', 'limit repeated_parameter'],
    ['limit=1&%6cimit=2', 'limit repeated_parameter'],
    ['limit=1&limit=', 'limit repeated_parameter'],
    ['__proto__=1&__proto__=2', '__proto__ repeated_parameter'],
    ['toString=1&toString=2', 'toString repeated_parameter'],
    ['a=%', 'a invalid_encoding'],
    ['a=%f', 'a invalid_encoding'],
    ['a=%zz', 'a invalid_encoding'],
    ['a=%ff', 'a invalid_encoding'],
    ['a=%c0%ae', 'a invalid_encoding'],
    ['a=%ed%a0%80', 'a invalid_encoding'],
    ['%ff=1', ' invalid_encoding'],
    ['%zz=%zz', ' invalid_encoding'],
    ['a=%00', 'a invalid_encoding'],
    ['a=b%00c', 'a invalid_encoding'],
    ['%00=1', '\0 invalid_encoding'],
    ['a=%zz&b=&c=1&c=2', 'a invalid_encoding', 'b empty_parameter', 'c repeated_parameter'],
  ])('?%s is refused for %j', (text, ...faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('takes 50 parameters and refuses 51, without a look at any', () => {
    const query = (count: number) => Array.from({ length: count }, (_, i) => `p${i}=1`).join('&');
    expect(Object.keys(read(query(50)))).toHaveLength(50);
    expect(faultsOf(query(51))).toEqual([' too_many_parameters']);
    expect(read(query(51))).toEqual({});
    expect(faultsOf(`${query(50)}&&&`)).toEqual([]);
    expect(faultsOf('&'.repeat(10_000))).toEqual([]);
  });

  it('names a parameter by its first 100 characters', () => {
    const [fault] = readQuery(`${'n'.repeat(5_000)}=`).faults;
    expect(fault!.parameter).toBe('n'.repeat(100));
    expect(fault!.detail).toMatch(/^the parameter has no value/);
  });
});
