import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Cursor,
  Cursors,
  effectiveFilters,
  linkHeader,
  presentation,
} from '../../../../src/http/request/paging.js';
import { ApiError } from '../../../../src/lib/errors.js';

const cursors = new Cursors('a secret of this register');
const LIST = '/v1/claims';
const place: Cursor = {
  list: LIST,
  filters: { stance: 'asserts,reports', sort: '-said,id', title: 'نور "ولی"' },
  at: { value: '2024-07-01', id: 'claim_01kahw2v9wfyy9k9vz3n2xq5ra' },
  back: false,
};
const text = cursors.encode(place);

/** The faults for which something is refused, or nothing. */
function refusal(fn: () => unknown): string[] {
  try {
    fn();
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.faults.map(({ parameter, code }) => `${parameter} ${code}`);
  }
}
const refused = (given: string, list = LIST) => refusal(() => cursors.decode(given, list));
const invalid = ['cursor invalid_cursor'];

describe('Cursors', () => {
  it.each<[what: string, cursor: Cursor]>([
    ['a place in the middle', place],
    ['the way back', { ...place, back: true }],
    ['an end of the list', { ...place, at: null }],
    ['a place without a value', { ...place, at: { value: null, id: 'party_1' } }],
    ['a number', { ...place, at: { value: -9_007_199_254_740_991, id: 'party_1' } }],
    ['no filters', { ...place, filters: {} }],
    ['a title of 2,000 letters', { ...place, at: { value: 'ٹ'.repeat(2_000), id: 'source_1' } }],
  ])('give back what they were made of: %s', (_, cursor) => {
    const encoded = cursors.encode(cursor);
    expect(encoded).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(cursors.decode(encoded, LIST)).toEqual(cursor);
  });

  it('refuse a cursor with any character changed', () => {
    for (let i = 0; i < text.length; i++) {
      for (const other of ['A', 'B', '-', '.', '=', ' ']) {
        if (other === text[i]) continue;
        expect(refused(text.slice(0, i) + other + text.slice(i + 1)), `${i} ${other}`).toEqual(invalid);
      }
    }
  });

  it('refuse a cursor that is cut at any place', () => {
    for (let length = 0; length < text.length; length++) {
      expect(refused(text.slice(0, length)), String(length)).toEqual(invalid);
    }
  });

  it('know one spelling of a cursor alone', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const end of alphabet.replace(text.at(-1)!, '')) {
      expect(refused(text.slice(0, -1) + end)).toEqual(invalid);
    }
    for (const more of ['A', '.', '=', '.A', ' ', '\n']) expect(refused(text + more)).toEqual(invalid);
    for (const before of ['A', '.', ' ']) expect(refused(before + text)).toEqual(invalid);
  });

  it.each(['', '0', 'null', '{}', '.', '..', 'WyIvdjEvY2xhaW1zIl0.', '💩'])('refuse %j', (given) => {
    expect(refused(given)).toEqual(invalid);
  });

  it('refuse a cursor of another list and say whose it is', () => {
    expect(refused(text, '/v1/parties')).toEqual(invalid);
    expect(() => cursors.decode(text, '/v1/parties')).toThrow('belongs to /v1/claims');
  });

  it('refuse a cursor of another register', () => {
    const other = new Cursors('the secret of another register');
    expect(refusal(() => other.decode(text, LIST))).toEqual(invalid);
  });

  it('name the parameter that the cursor came in', () => {
    expect(refusal(() => cursors.decode('x', LIST, 'after'))).toEqual(['after invalid_cursor']);
  });
});

describe('effectiveFilters', () => {
  const carried = { topic: 'ttp,attacks', sort: '-said,id' };
  const cursor: Cursor = { list: LIST, filters: carried, at: null, back: false };

  it('without a cursor are the parameters that choose and order', () => {
    const shape = {
      limit: '5',
      fields: 'id',
      count: 'exact',
      form: 'input',
      include: 'party',
    };
    expect(effectiveFilters({ ...carried, ...shape }, null)).toEqual(carried);
  });

  it.each<Record<string, string>>([
    {},
    { sort: '-said,id' },
    { topic: 'ttp,attacks', limit: '5', include: 'party' },
    carried,
  ])('with a cursor are those of the cursor, which %j may repeat', (given) => {
    expect(effectiveFilters(given, cursor)).toEqual(carried);
  });

  it.each<Record<string, string>>([
    { topic: 'ttp' },
    { topic: 'attacks,ttp' },
    { sort: 'said,id' },
    { sort: '-said' },
    { kind: 'fact' },
    { ...carried, party: 'ttp' },
  ])('refuse %j beside a cursor that does not carry it', (given) => {
    expect(refusal(() => effectiveFilters(given, cursor))).toEqual(invalid);
  });

  it('take 4,000 bytes and no more, whatever the characters', () => {
    const empty = JSON.stringify({ title: '' }).length;
    const title = (bytes: number) => ({ title: 'ٹ'.repeat((bytes - empty) / 2) });
    expect(refusal(() => effectiveFilters(title(4_000), null))).toEqual([]);
    expect(refusal(() => effectiveFilters(title(4_002), null))).toEqual([' too_long']);
    expect(refusal(() => effectiveFilters({ ...title(4_000), limit: '5' }, null))).toEqual([]);
  });
});

describe('linkHeader', () => {
  const raw = { stance: 'asserts', sort: '-said', limit: '5', include: 'party,source', cursor: 'old' };

  it('leads on and back with the shape of the answer and the cursor alone', () => {
    expect(linkHeader(LIST, raw, { next: 'a.b', prev: 'c.d' })).toBe(
      '</v1/claims?limit=5&include=party%2Csource&cursor=a.b>; rel="next", ' +
        '</v1/claims?limit=5&include=party%2Csource&cursor=c.d>; rel="prev"',
    );
  });

  it('leaves out the direction in which there is nothing', () => {
    expect(linkHeader(LIST, {}, { next: null, prev: 'c.d' })).toBe('</v1/claims?cursor=c.d>; rel="prev"');
    expect(linkHeader(LIST, raw, { next: null, prev: null })).toBe('');
  });
});

describe('limit', () => {
  const limit = (given: string) => presentation.limit.safeParse(given);

  it('is a number from 1 to 200', () => {
    for (let n = 1; n <= 200; n++) expect(limit(String(n)).data).toBe(n);
  });

  it.each([
    '0',
    '201',
    '210',
    '1000',
    '-1',
    '1e2',
    '0x10',
    ' ',
    ' 5',
    '5 ',
    '+5',
    '1.5',
    '005',
    'ten',
    '١',
    '5\n',
    '9'.repeat(30),
  ])('is refused as %j', (given) => {
    expect(limit(given).error!.issues.map(({ code, message }) => [code, message])).toEqual([
      ['invalid_format', 'write a number from 1 to 200'],
    ]);
  });
});

describe('presentation', () => {
  const schema = z.strictObject(presentation);

  it.each([{ cursor: 'x'.repeat(15_000) }, { count: 'exact' }, { fields: 'id,text' }])(
    'takes %.40j',
    (given) => {
      expect(schema.safeParse(given).success).toBe(true);
    },
  );

  it.each([
    { cursor: 'x'.repeat(15_001) },
    ...['estimated', 'true', 'EXACT'].map((count) => ({ count })),
    { fields: 'x'.repeat(1_001) },
  ])('refuses %.40j', (given) => {
    expect(schema.safeParse(given).error!.issues.map(({ path }) => path)).toEqual([Object.keys(given)]);
  });
});
