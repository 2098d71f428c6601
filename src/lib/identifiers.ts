/** Ways to write one identifier, by the schemes that are known; each gives the form that identifiers are compared in. */
const levels: Record<string, (value: string) => string> = {
  doi: (value) => value.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '').toLowerCase(),
  isbn: (value) =>
    isbn13(
      value
        .replace(/^isbn[:\s]*/i, '')
        .replace(/[\s-]/g, '')
        .toUpperCase(),
    ),
  issn: (value) => value.replace(/[\s-]/g, '').toUpperCase(),
  orcid: (value) => value.replace(/^https?:\/\/orcid\.org\//i, '').toUpperCase(),
  wikidata: (value) => value.replace(/^https?:\/\/www\.wikidata\.org\/(wiki|entity)\//i, '').toUpperCase(),
  pmid: (value) =>
    value.replace(/^(https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/|pmid:\s*)/i, '').replace(/\/$/, ''),
};

/** An ISBN of ten digits under its thirteen; anything else as it is. */
function isbn13(text: string): string {
  if (!/^\d{9}[\dX]$/.test(text)) return text;
  const digits = `978${text.slice(0, 9)}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The form in which values of a scheme are compared; what an object shows is kept as it was sent. */
export const identifierForm = (scheme: string, value: string): string =>
  Object.hasOwn(levels, scheme) ? levels[scheme]!(value.trim()) : value;
