import {
  and,
  asc,
  type Column,
  desc,
  isNotNull,
  isNull,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';

/** An order of rows: by one column (rows without a value last, either way), then by id. */
export interface Order {
  column: Column;
  desc: boolean;
  idDesc: boolean;
  /** What an index holds in place of a text of the column; it comes before the text itself, in the same order. */
  beginning?: ((text: SQLWrapper) => SQL) | undefined;
  /** How columns are written where rows that were found otherwise are sorted. */
  as?: ((column: Column) => SQL) | undefined;
}

/** A place in that order: just after (or, going back, just before) this row. */
export interface Position {
  value: string | number | null;
  id: string;
}

type Fetch<Row> = (where: SQL | undefined, order: SQL[], limit: number) => Promise<Row[]>;

/**
 * Up to `limit` rows beyond a position, in the order asked for. Rows with and without a value are read as
 * two sections, so that each is one range of the index on (column, id).
 */
export async function keysetRows<Row>(
  fetch: Fetch<Row>,
  id: Column,
  { column, beginning, as, ...dir }: Order,
  at: Position | null,
  back: boolean,
  limit: number,
): Promise<Row[]> {
  const valueDesc = dir.desc !== back;
  const idDesc = dir.idDesc !== back;
  const ordered = (by: SQLWrapper) => (valueDesc ? desc(by) : asc(by));
  const [by, byId] = as ? [as(column), as(id)] : [column, id];
  const idOrder = idDesc ? desc(byId) : asc(byId);
  const afterId = (position: Position) => sql`${byId} ${sql.raw(idDesc ? '<' : '>')} ${position.id}`;

  const rows: Row[] = [];
  const take = async (where: SQL | undefined, order: SQL[]) => {
    rows.push(...(await fetch(where, order, limit - rows.length)));
  };

  if (column === id) {
    await take(at ? afterId(at) : undefined, [idOrder]);
  } else {
    const withValue = () =>
      take(and(isNotNull(by), at && at.value !== null ? afterValue(at.value, at) : undefined), [
        ...(beginning ? [ordered(beginning(by))] : []),
        ordered(by),
        idOrder,
      ]);
    const withoutValue = () =>
      take(and(isNull(by), at && at.value === null ? afterId(at) : undefined), [idOrder]);
    const sections = back ? [withoutValue, withValue] : [withValue, withoutValue];
    // A position in the second section has left the first one behind.
    const inSecond = at !== null && (at.value === null) !== back;
    const left = column.notNull ? [withValue] : inSecond ? sections.slice(1) : sections;
    for (const section of left) {
      if (rows.length < limit) await section();
    }
  }
  return back ? rows.reverse() : rows;

  function afterValue(value: string | number, position: Position): SQL | undefined {
    const operator = sql.raw(valueDesc ? '<=' : '>=');
    const bound = beginning && sql`${beginning(by)} ${operator} ${beginning(sql`${value}`)}`;
    return and(bound, afterText(value, position));
  }

  function afterText(value: string | number, position: Position): SQL | undefined {
    if (valueDesc === idDesc) {
      const operator = sql.raw(valueDesc ? '<' : '>');
      return sql`(${by}, ${byId}) ${operator} (${value}, ${position.id})`;
    }
    const beyond = sql`${by} ${sql.raw(valueDesc ? '<' : '>')} ${value}`;
    const bound = sql`${by} ${sql.raw(valueDesc ? '<=' : '>=')} ${value}`;
    return and(bound, or(beyond, afterId(position)));
  }
}
