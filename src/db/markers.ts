/** References as they stand in the JSON text of a stored document. */

/** How a marker begins; what follows is `noun:id` and a quote. No text of a client can hold NUL. */
const START = '"\\u0000';

/** The markers of a document in their order: where each begins and ends, and what it names, as `noun:id`. */
export interface Markers {
  begins: number[];
  ends: number[];
  names: string[];
}

export function markersIn(document: string): Markers {
  const found: Markers = { begins: [], ends: [], names: [] };
  for (let begin = document.indexOf(START); begin >= 0; ) {
    const end = document.indexOf('"', begin + START.length);
    found.begins.push(begin);
    found.ends.push(end + 1);
    found.names.push(document.slice(begin + START.length, end));
    begin = document.indexOf(START, end);
  }
  return found;
}

/** The document with a text in place of each marker. */
export function replaced(
  document: string,
  { begins, ends, names }: Markers,
  textOf: (name: string) => string,
): string {
  let text = '';
  let from = 0;
  for (const [n, name] of names.entries()) {
    text += document.slice(from, begins[n]) + textOf(name);
    from = ends[n]!;
  }
  return text + document.slice(from);
}

/** What is named anywhere in a document under one of the member names, be it in a list. */
export function namedUnder(document: string, members: readonly string[]): string[] {
  const { begins, names } = markersIn(document);
  let isMeant = false;
  return names.filter((_, n) => {
    const begin = begins[n]!;
    // After a comma it stands in the same list as the one before.
    if (document[begin - 1] !== ',') isMeant = members.includes(memberBefore(document, begin));
    return isMeant;
  });
}

/** The name of the member whose value begins here, or whose list does. */
function memberBefore(document: string, begin: number): string {
  const end = document.lastIndexOf('"', begin - 1);
  return document.slice(document.lastIndexOf('"', end - 1) + 1, end);
}
