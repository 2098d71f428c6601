/** What people write around the value of an identifier: its scheme again, or the address of a resolver. */
const PREFIXES = new Map(
  Object.entries({
    doi: /^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i,
    isbn: /^isbn[:\s]*/i,
    issn: /^issn[:\s]*/i,
    orcid: /^https?:\/\/orcid\.org\//i,
    wikidata: /^https?:\/\/www\.wikidata\.org\/(wiki|entity)\//i,
    pmid: /^(https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/|pmid:\s*)|\/$/gi,
  }),
);

/** How values of a scheme that differ in case or hyphens are made alike. */
const LEVELS = new Map(
  Object.entries<(value: string) => string>({
    doi: (value) => value.toLowerCase(),
    isbn: (value) => isbn13(value.replace(/[\s-]/g, '').toUpperCase()),
    issn: (value) => value.replace(/[\s-]/g, '').toUpperCase(),
    orcid: (value) => value.toUpperCase(),
    wikidata: (value) => value.toUpperCase(),
  }),
);

/** An ISBN of ten digits under its thirteen; anything else as it is. */
function isbn13(text: string): string {
  if (!/^\d{9}[\dX]$/.test(text)) return text;
  const digits = `978${text.slice(0, 9)}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The value of an identifier alone, as formats with a field for its scheme take it. */
export function bareIdentifier(scheme: string, value: string): string {
  const prefix = PREFIXES.get(scheme);
  return prefix ? value.trim().replace(prefix, '') : value;
}

/** The form in which values of a scheme are compared; what an object shows is kept as it was sent. */
export function identifierForm(scheme: string, value: string): string {
  const bare = bareIdentifier(scheme, value);
  return LEVELS.get(scheme)?.(bare) ?? bare;
}
