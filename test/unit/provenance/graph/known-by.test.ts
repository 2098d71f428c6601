import { expect, it } from 'vitest';
import { edtfDays } from '../../../../src/lib/edtf.js';
import { knownBy } from '../../../../src/provenance/graph/known-by.js';
import { standingOf } from '../../../../src/provenance/standing/standing.js';
import { build } from '../build.js';
import { short } from '../format.js';

const [, day] = edtfDays('2024-06');

/** What is known by June 2024 of a claim whose source `dated` was published in 2023 and `late` in 2025. */
function known(said: string) {
  const graph = build({ sources: 'dated late paper^press', said });
  const published = { dated: '2023', late: '2025' } as Record<string, string>;
  const sources = [...graph.sources].map(([id, source]): [string, typeof source] => {
    const [published_from, published_to] = edtfDays(published[id] ?? null);
    return [id, { ...source, published_from, published_to }];
  });
  return knownBy({ ...graph, sources: new Map(sources) }, day!);
}

it.each([
  ['the day of the words', 'a un asserts said:2024-06-30\nb us asserts said:2024-07-01', 'a', 0],
  ['else that of the source', 'a un asserts @dated\nb us asserts @late', 'a', 0],
  ['the words before the source', 'a un asserts said:2024 @dated\nb us asserts said:2022 @late', 'b', 0],
  ['no date is counted apart', 'a un asserts\nb us asserts @paper\nc uk asserts said:2020', 'c', 2],
  ['a year that is not over is not known yet', 'a un asserts said:2024\nb un asserts said:2024-06', 'b', 0],
  ['an open end: its other end', 'a un asserts said:2024/..\nb us asserts said:../2025', 'a', 0],
])('knownBy: %s', (_, said, ids, undated) => {
  const { graph, undated: without } = known(said);
  expect([graph.attributions.map(({ id }) => id).join(' '), without]).toEqual([ids, undated]);
});

it.each([
  [
    'a retraction counts from its own day',
    'a un asserts said:2023\nx un retracts re:a said:2025',
    'untraced 0-1 1/0/0',
  ],
  [
    'and takes back before',
    'a un asserts said:2023\nx un retracts re:a said:2024-01',
    'none 0-0 0/0/0 retracted',
  ],
  [
    'so does a withdrawal',
    'a un asserts said:2023 @paper\nw press retracts #paper said:2025',
    'untraced 0-1 1/0/0',
  ],
  [
    'what relays undated words is of unknown lineage',
    'a un asserts originates\nb p reports > a said:2023',
    'untraced 0-1 0/1/0',
  ],
])('knownBy: %s', (_, said, standing) => {
  expect(short(standingOf(known(said).graph))).toBe(standing);
});
