import { describe, expect, it } from 'vitest';
import { encoded } from '../../../../src/http/response/encoded.js';

const cases: [name: string, parts: string[]][] = [
  ['no part', []],
  ['one part', ['“Kabul”']],
  ['empty parts', ['', 'a', '']],
  ['ASCII', ['{"items":[', '1', ',', '2', ']}']],
  ['two, three and four bytes a sign', ['é', '€', '😀', 'é€😀'.repeat(1_000)]],
  [
    'parts that need three bytes a unit, longer than what was made room for',
    ['€'.repeat(50_000), '€'.repeat(9)],
  ],
  ['a long part after many short ones', [...'abc'.repeat(2_000), '漢'.repeat(20_000)]],
];

describe('encoded', () => {
  it.each(cases)('%s becomes the UTF-8 of the joined text', (_, parts) => {
    expect(encoded(parts).equals(Buffer.from(parts.join('')))).toBe(true);
  });
});
