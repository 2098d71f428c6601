import { describe, expect, it } from 'vitest';
import { insertion } from '../../../../src/db/postgres/insertion.js';
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
