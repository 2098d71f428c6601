/** A small strict reader of XML: enough to say whether a picture is well-formed, and what it holds. */

export interface Element {
  name: string;
  attributes: Map<string, string>;
  /** The text of the element and of all in it. */
  text: string;
  children: Element[];
}

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const token = new RegExp(
  `<(?<close>/)?(?<name>${NAME})(?<attributes>(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  'uy',
);
const attribute = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gu');
/** Of the named entities, XML knows these alone without a declaration. */
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ALLOWED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

function decoded(raw: string): string {
  const text = raw.replace(/&([^;&]*;?)/g, (whole, reference: string) => {
    const [, hex, decimal, name] = /^(?:#x([\dA-Fa-f]+)|#(\d+)|(\w+));$/.exec(reference) ?? [];
    const known =
      name === undefined
        ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
        : entities[name];
    if (known === undefined || Number.isNaN(known.codePointAt(0))) throw new Error(`bad reference ${whole}`);
    return known;
  });
  if (!ALLOWED.test(raw) || !ALLOWED.test(text)) throw new Error('a character that XML does not allow');
  return text;
}

/** The root element. Throws for all that is not well-formed, and for prologues, comments and CDATA. */
export function readXml(xml: string): Element {
  const top: Element = { name: '', attributes: new Map(), text: '', children: [] };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const groups = token.exec(xml)?.groups;
    if (!groups) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    const { close, name, attributes = '', empty, text } = groups;
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error(']]> in text');
      for (const element of open) element.text += decoded(text);
      continue;
    }
    if (close) {
      if (attributes || empty || open.length < 2 || open.pop()!.name !== name)
        throw new Error(`stray </${name}>`);
      continue;
    }
    const element: Element = { name: name!, attributes: new Map(), text: '', children: [] };
    for (const [, key, double, single] of attributes.matchAll(attribute)) {
      if (element.attributes.has(key!)) throw new Error(`${key} twice`);
      element.attributes.set(key!, decoded(double ?? single!));
    }
    open.at(-1)!.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length > 1 || top.children.length !== 1) throw new Error('not one closed root');
  return top.children[0]!;
}

export const elementsOf = (root: Element): Element[] => [root, ...root.children.flatMap(elementsOf)];

/** The texts that are drawn, in the order of the picture. */
export const drawnTexts = (root: Element): string[] =>
  elementsOf(root)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
