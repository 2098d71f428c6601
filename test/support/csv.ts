/** The rows of a CSV as RFC 4180 has it: quotes only around whole cells, doubled inside them. */
export function parseCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`"((?:[^"]|"")*)"|[^"${separator}\r\n]*`, 'y');
  const mark = new RegExp(`^(${separator}|\r?\n|$)`);
  for (let at = 0; at < text.length; ) {
    cell.lastIndex = at;
    const [raw, quoted] = cell.exec(text)!;
    rows.at(-1)!.push(quoted === undefined ? raw : quoted.replaceAll('""', '"'));
    at += raw.length;
    const end = mark.exec(text.slice(at, at + 2));
    if (!end) throw new Error(`stray character at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    at += end[0].length;
    if (end[0] === separator) {
      if (at === text.length) rows.at(-1)!.push('');
    } else if (at < text.length) rows.push([]);
  }
  return rows;
}

/** The rows after the first as objects by its names. */
export function csvObjects(text: string, separator?: string): Record<string, string>[] {
  const [names = [], ...rows] = parseCsv(text, separator);
  return rows.map((row) => {
    if (row.length !== names.length) throw new Error(`${row.length} cells under ${names.length} names`);
    return Object.fromEntries(names.map((name, i) => [name, row[i]!]));
  });
}
