/** References as they stand in the JSON text of a stored document. */

/**
 * How a marker begins, behind a quote; what follows is `noun:id` and a quote. No text of a client can hold NUL. A
 * search for the quote, too, would stop at each of the many quotes.
 */
const START = '\\u0000';
const QUOTE = 34;

/** Calls `found` for each marker of a document in order: where it begins and ends, and what it names, as `noun:id`. */
function eachMarker(document: string, found: (begin: number, end: number, name: string) => void): void {
  for (let at = document.indexOf(START); at >= 0; ) {
    // Without a quote in front somebody wrote this text, and its backslash is escaped.
    const isMarker = document.charCodeAt(at - 1) === QUOTE;
    const from = at + START.length;
    const end = isMarker ? document.indexOf('"', from) : from;
    if (isMarker) found(at - 1, end + 1, document.slice(from, end));
    at = document.indexOf(START, end);
  }
}

/** What a document names, as `noun:id`, in order. */
export function namesIn(document: string): string[] {
  const names: string[] = [];
  eachMarker(document, (_begin, _end, name) => names.push(name));
  return names;
}

/** The document with a text in place of each marker. */
export function replaced(document: string, textOf: (name: string) => string): string {
  let text = '';
  let from = 0;
  eachMarker(document, (begin, end, name) => {
    text += document.slice(from, begin) + textOf(name);
    from = end;
  });
  return text + document.slice(from);
}

/** What is named anywhere in a document under one of the member names, be it in a list. */
export function namedUnder(document: string, members: readonly string[]): string[] {
  const names: string[] = [];
  let isMeant = false;
  eachMarker(document, (begin, _end, name) => {
    // After a comma it stands in the same list as the one before.
    if (document[begin - 1] !== ',') isMeant = members.includes(memberBefore(document, begin));
    if (isMeant) names.push(name);
  });
  return names;
}

/** The name of the member whose value begins here, or whose list does. */
function memberBefore(document: string, begin: number): string {
  const end = document.lastIndexOf('"', begin - 1);
  return document.slice(document.lastIndexOf('"', end - 1) + 1, end);
}
