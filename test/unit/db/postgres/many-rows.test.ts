import { describe, expect, it } from 'vitest';
import { insertion, modification } from '../../../../src/db/postgres/many-rows.js';
import { postgresKit } from '../../../../src/db/schema/postgres-columns.js';
import { defineTables } from '../../../../src/db/schema/tables.js';

const { reserved_keys: table } = defineTables(postgresKit);

describe('insertion', () => {
  const { text, params } = insertion(table, [table.noun, table.key, table.valid_from]);

  it('is one statement, with a parameter for each column', () => {
    expect(text).toBe(
      'insert into "reserved_keys" ("noun", "key", "valid_from") select * from unnest($1::text[], $2::text[], $3::bigint[])',
    );
  });

  it('keeps texts as they are, and tells the text NULL from nothing', () => {
    const texts = ['', 'NULL', null, 'a,b', '{c}', 'say "d"', 'back\\slash', ' \n\t', 'é'];
    expect(params(texts.map((one, i) => [one, 'k', i]))).toEqual([
      '{"","NULL",NULL,"a,b","{c}","say \\"d\\"","back\\\\slash"," \n\t","é"}',
      `{${texts.map(() => '"k"').join(',')}}`,
      '{0,1,2,3,4,5,6,7,8}',
    ]);
  });
});

describe('modification', () => {
  it('is one statement that finds each row by the first of the columns', () => {
    const { text, params } = modification(table, [table.key, table.noun, table.valid_from]);
    expect(text).toBe(
      'update "reserved_keys" set "noun" = given."noun", "valid_from" = given."valid_from" ' +
        'from unnest($1::text[], $2::text[], $3::bigint[]) as given ("key", "noun", "valid_from") ' +
        'where "reserved_keys"."key" = given."key"',
    );
    expect(
      params([
        ['k', null, 1],
        ['l', 'party', 2],
      ]),
    ).toEqual(['{"k","l"}', '{NULL,"party"}', '{1,2}']);
  });
});
