export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Reads a document as strictly as XML 1.0 says, as far as we write it: elements, attributes, text. Throws where it is not well formed. */
export function readXml(document: string): XmlElement {
  const fault = (at: number, what: string) => new Error(`${what} at ${at}: ${document.slice(at, at + 80)}`);
  const forbidden = FORBIDDEN.exec(document);
  if (forbidden) throw fault(forbidden.index, 'a forbidden character');
  const decoded = (text: string, at: number) => {
    if (/[<>]|&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw fault(at, 'an unescaped character');
    return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
      code === undefined ? ENTITIES[name]! : String.fromCodePoint(Number(code)),
    );
  };
  const [declaration = ''] = /^<\?xml version="1\.0" encoding="utf-8"\?>\s*/.exec(document) ?? [];
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  token.lastIndex = declaration.length;
  for (let at = token.lastIndex; at < document.length; at = token.lastIndex) {
    const match = token.exec(document);
    if (!match) throw fault(at, 'no element and no text');
    const [, closing, name, attributes, empty, text] = match;
    if (text !== undefined) open.at(-1)!.text += decoded(text, at);
    else if (closing) {
      if (open.pop()!.name !== name) throw fault(at, 'the end of another element');
    } else {
      const read = [...attributes!.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [
        key!,
        decoded(value!, at),
      ]);
      if (new Set(read.map(([key]) => key)).size < read.length) throw fault(at, 'an attribute twice');
      const element: XmlElement = {
        name: name!,
        attributes: Object.fromEntries(read),
        children: [],
        text: '',
      };
      open.at(-1)!.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw fault(document.length, 'not one whole element');
  return root.children[0]!;
}
