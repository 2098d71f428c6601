import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../../../src/provenance/explanation/explain.js';
import { standingOf } from '../../../../src/provenance/standing/standing.js';
import { build } from '../build.js';
import { cases } from '../cases.js';
import { short } from '../format.js';

const words = ({ sentences, ends, left_out }: Explanation): string =>
  [...sentences, ...ends.map(({ why }) => why), ...left_out.map(({ why }) => why)].join('\n');

describe('standingOf', () => {
  test('no two cases of the table share a name', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test.each(cases)('origins are counted by the rules: $name', ({ stands, says, ...written }) => {
    const explained = explain(build(written));
    expect(short(explained.standing, explained.unnamed_only)).toBe(stands);
    expect(words(explained)).toContain(says);
    expect(standingOf(build(written))).toEqual(explained.standing);
  });
});
