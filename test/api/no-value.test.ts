import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';

/** The claim that there is none, beside claims of a number, of a party, and of nothing at all. */

const t = await testApp();
const read = async (url: string) => (await t.send('GET', `/v1/${url}`)).json;
const keys = async (query: string) =>
  (await read(`claims?${query}`)).items.map(({ key }: { key: string }) => key).sort();

beforeAll(async () => {
  const put = async (path: string, body: object) => {
    const answer = await t.send('PUT', `/v1/${path}`, body);
    expect(answer.status, answer.text).toBe(201);
  };
  for (const name of ['Acme', 'Person', 'Ministry']) {
    await put(`parties/${name.toLowerCase()}`, { kind: 'organization', name });
  }
  await put('predicates/chairman', { label: 'chairman', value_type: 'party', functional: true });
  await put('predicates/staff', { label: 'staff', value_type: 'quantity', unit: 'people', functional: true });
  const says = [{ party: 'ministry', stance: 'asserts', lineage: 'originates' }];
  const claim = (key: string, predicate: string, value?: object) =>
    put(`claims/${key}`, {
      ...{ text: key, subject: 'acme', predicate, occurred: '2024', attributions: says },
      ...(value && { value }),
    });
  await claim('no-chairman', 'chairman', { type: 'no_value', as_stated: 'nobody chairs it' });
  await claim('chairman', 'chairman', { type: 'party', party: 'person' });
  await claim('not-given', 'chairman');
  await claim('no-staff', 'staff', { type: 'no_value' });
  await claim('staff', 'staff', { type: 'quantity', value: '20' });
});

describe('a value of type no_value', () => {
  it('contradicts a value, and not a claim that gives none', async () => {
    const { items } = await read('conflicts');
    const found = items.map(
      ({ kind, why, sides }: { kind: string; why: string[]; sides: { claim: { key: string } }[] }) => [
        kind,
        why[0],
        ...sides.map(({ claim }) => claim.key),
      ],
    );
    expect(found).toEqual([
      ['contradiction', 'None and Person cannot both be right.', 'no-chairman', 'chairman'],
      ['contradiction', 'None and 20 people cannot both be right.', 'no-staff', 'staff'],
    ]);
  });

  it('is in no range of numbers', async () => {
    expect(await keys('predicate=staff&value_max=100')).toEqual(['staff']);
    expect(await keys('predicate=staff&value_min=0')).toEqual(['staff']);
  });

  it('stands in estimates as JSON, as CSV and as a chart', async () => {
    const about = 'subject=acme&predicate=staff';
    const { items } = await read(`estimates?${about}`);
    expect(items.map(({ value }: { value: { type: string } }) => value.type)).toEqual([
      'no_value',
      'quantity',
    ]);
    const rows = csvObjects((await t.send('GET', `/v1/estimates.csv?${about}`)).text);
    expect(rows).toMatchObject([
      { claim: 'no-staff', value_type: 'no_value', value: '', unit: '', value_text: '' },
      { claim: 'staff', value_type: 'quantity', value: '20', unit: 'people' },
    ]);
    const svg = (await t.send('GET', `/v1/estimates.svg?${about}`)).text;
    expect(svg).toContain('There is none, according to Ministry.');
  });

  it('is told from a party and from nothing in CSV', async () => {
    const rows = csvObjects((await t.send('GET', '/v1/estimates.csv?subject=acme&predicate=chairman')).text);
    const cells = rows.map(({ claim, value_type, value_text }) => [claim, value_type, value_text]);
    expect(cells).toEqual([
      ['no-chairman', 'no_value', ''],
      ['chairman', 'party', 'Person'],
      ['not-given', 'none', ''],
    ]);
    const [claims] = csvObjects((await t.send('GET', '/v1/claims.csv?key=no-chairman')).text);
    expect(claims).toMatchObject({ value_type: 'no_value', value_text: '', as_stated: 'nobody chairs it' });
  });

  it('goes back in as it came out', async () => {
    const form = await read('claims/no-chairman/input');
    expect(form.value).toEqual({ type: 'no_value', as_stated: 'nobody chairs it' });
    const answer = await t.send('PUT', '/v1/claims/no-chairman', form);
    expect([answer.status, answer.json.version]).toEqual([200, 1]);
  });
});
