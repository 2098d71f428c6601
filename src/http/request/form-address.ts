/** Extensions of the forms that `?format=` had other names for. */
const formerNames = new Map([
  ['bibtex', 'bib'],
  ['csl', 'csl.json'],
  ['text', 'txt'],
]);

/**
 * Where to find what a query asks for by `format` or `view`, which no operation takes: the address of the form, of
 * those that there are below the address of the request. Null when it asks for something else.
 */
export function addressOfForm(
  addresses: ReadonlySet<string>,
  url: string,
  parameter: string,
  value: string,
): string | null {
  const candidates = [];
  if (parameter === 'format') candidates.push(`${url}.${value}`, `${url}.${formerNames.get(value)}`);
  if (parameter === 'view') candidates.push(`${url}/${value}`, `${url}.ndjson?form=${value}`);
  const found = candidates.find((address) => addresses.has(address));
  return found?.replace(/:(\w+)/g, '{$1}') ?? null;
}
