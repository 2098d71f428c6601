import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/provenance/explanation/explain.js';
import { build } from '../build.js';

const each = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n');

describe('explain', () => {
  it('cuts every list and every way and circle at the limit, and counts them in full', () => {
    const graph = build({
      said: [
        each(5, (i) => `way${i} w${i} reports > ${i === 4 ? 'end' : `way${i + 1}`}`),
        'end un asserts originates',
        each(4, (i) => `own${i} o${i} asserts originates`),
        each(5, (i) => `ring${i} r${i} reports > ring${(i + 1) % 5}`),
        each(4, (i) => `self${i} s${i} reports > self${i}`),
        each(4, (i) => `no${i} n${i} declines`),
      ].join('\n'),
    });
    const cut = explain(graph, 3);
    expect(cut.ends).toHaveLength(3);
    expect(cut.paths.map((path) => path.join(' '))).toEqual(['way0 way1 way2', 'own0', 'own1']);
    expect(cut.circles.map(({ attributions }) => attributions.join(' '))).toEqual([
      'ring0 ring1 ring2',
      'self0',
      'self1',
    ]);
    expect(cut.left_out).toHaveLength(3);
    expect(cut.totals).toEqual({ ends: 5, paths: 5, circles: 5, left_out: 13 });
  });

  it('tells circles in the order of their first members', () => {
    const graph = build({ said: 'a p reports > c\nb q reports > b\nc r reports > a,b' });
    expect(explain(graph).circles.map(({ attributions }) => attributions)).toEqual([['a', 'c'], ['b']]);
  });
});
