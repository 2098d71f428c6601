import { expect, it } from 'vitest';
import { bySeverity, type Severe } from '../../../../src/provenance/conflicts/severity.js';

const pair = (kind: Severe['kind'], ...supports: [Severe['sides'][number]['support'], number][]): Severe => ({
  kind,
  sides: supports.map(([support, min]) => ({ support, origins: { min, max: null } })),
});

it('bySeverity: kinds first, then the support of the weaker side, then origins', () => {
  const right = [
    pair('contradiction', ['corroborated', 2], ['corroborated', 3]),
    pair('contradiction', ['corroborated', 2], ['corroborated', 2]),
    pair('contradiction', ['single_origin', 1], ['corroborated', 9]),
    pair('contradiction', ['none', 0], ['corroborated', 9]),
    pair('unknown_time', ['corroborated', 9], ['corroborated', 9]),
    pair('overlapping', ['corroborated', 2], ['corroborated', 2]),
    pair('different_scope', ['corroborated', 2], ['corroborated', 2]),
    pair('different_time', ['corroborated', 2], ['corroborated', 2]),
  ];
  expect(right.toReversed().sort(bySeverity)).toEqual(right);
});
