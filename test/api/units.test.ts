import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';

/** One normal form of a unit, and claims that count in the unit of their predicate. */

const t = await testApp();
const read = async (url: string) => (await t.send('GET', `/v1/${url}`)).json;
const keys = async (query: string) =>
  (await read(`claims?${query}`)).items.map(({ key }: { key: string }) => key).sort();

async function put(path: string, body: object) {
  const answer = await t.send('PUT', `/v1/${path}`, body, { 'if-match': '*' });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
}
const strength = (unit: string | null) => ({
  key: 'strength',
  label: 'strength',
  value_type: 'quantity',
  functional: true,
  measure: 'level',
  unit,
});
const claim = (unit: string | null, value: string) => ({
  text: `${value} ${unit}`,
  subject: 'group',
  predicate: 'strength',
  occurred: '2024',
  value: { type: 'quantity', value, unit },
});

await t.send('PUT', '/v1/parties/group', { kind: 'armed_group', name: 'Group' });
await t.send('PUT', '/v1/predicates/strength', strength('fighters'));
for (const [key, unit, value] of [
  ['none', null, '100'],
  ['one', 'Fighter', '200'],
  ['loud', 'FIGHTERS', '300'],
  ['people', 'people', '400'],
] as const) {
  await t.send('PUT', `/v1/claims/${key}`, claim(unit, value));
}

describe('a unit', () => {
  it.each(['fighters', 'Fighter', 'FIGHTERS', 'fighter'])(
    '%s is found however it is spelled',
    async (unit) => {
      expect(await keys(`unit=${unit}`)).toEqual(['loud', 'none', 'one']);
      expect(await keys(`unit=${unit}&value_min=150`)).toEqual(['loud', 'one']);
      expect(await keys(`unit=${unit}&value_max=150`)).toEqual(['none']);
    },
  );

  it('stays as it was sent', async () => {
    expect((await read('claims/loud')).value.unit).toBe('FIGHTERS');
    expect((await read('claims/none')).value.unit).toBeNull();
  });

  it('is one in conflicts, estimates and CSV', async () => {
    const { items } = await read('claims/none/conflicts');
    const kinds = items.map((pair: { kind: string; sides: { claim: { key: string }; unit: string }[] }) => [
      pair.sides.map(({ claim }) => claim.key).find((key) => key !== 'none'),
      pair.kind,
      ...pair.sides.map(({ unit }) => unit),
    ]);
    expect(kinds.sort()).toEqual([
      ['loud', 'contradiction', 'fighters', 'fighters'],
      ['one', 'contradiction', 'fighters', 'fighters'],
      ['people', 'different_scope', 'fighters', 'people'],
    ]);
    const expected = { none: 'fighters', one: 'fighters', loud: 'fighters', people: 'people' };
    const table = async (url: string, column: string) =>
      Object.fromEntries(csvObjects((await t.send('GET', url)).text).map((row) => [row[column], row.unit]));
    expect(await table('/v1/claims.csv', 'key')).toEqual(expected);
    expect(await table('/v1/estimates.csv?subject=group&predicate=strength', 'claim')).toEqual(expected);
    const estimates = (await read('estimates?subject=group&predicate=strength')).items;
    expect(estimates.map(({ unit }: { unit: string }) => unit).sort()).toEqual(
      Object.values(expected).sort(),
    );
  });

  it('of a predicate that changes is that of its claims at once, and stays what it was in the past', async () => {
    t.setClock('2030-01-01T00:00:00.000Z');
    await put('predicates/strength', strength('soldiers'));
    expect(await keys('unit=soldier')).toEqual(['none']);
    expect(await keys('unit=fighters')).toEqual(['loud', 'one']);
    t.setClock('2030-01-02T00:00:00.000Z');
    await put('predicates/strength', strength(null));
    expect(await keys('unit=soldier')).toEqual([]);
    expect(await keys('unit=soldier&as_of=2030-01-01T12:00:00Z')).toEqual(['none']);
    expect(await keys('unit=fighters&as_of=2029-12-31')).toEqual(['loud', 'none', 'one']);
  });

  it('of a claim that moves to another predicate is that of the other one', async () => {
    await t.send('PUT', '/v1/predicates/size', { ...strength('guards'), key: 'size' });
    await put('claims/none', { ...claim(null, '100'), predicate: 'size' });
    expect(await keys('unit=guard')).toEqual(['none']);
  });
});
