import type { Party } from '../graph/graph.js';
import { insideSentence } from './first-word.js';

/** A name that ends with one of these nouns, or goes on after it with "of", "for" or "in", takes an article. */
const HEADS =
  'administration|agency|alliance|army|assembly|association|authorit(?:y|ies)|battalion|board|brigades?|bureau|cabinet|' +
  'centre|center|coalition|commission|committee|company|congress|consulate|corporation|corps|council|court|department|' +
  'directorate|embassy|emirates?|federation|forces?|foundation|front|fund|government|group|guards?|institute|kingdom|' +
  'kremlin|league|maldives|military|militia|ministry|mission|movement|nations|navy|netherlands|network|observatory|' +
  'office|organi[sz]ation|outlet|panel|parliament|party|pentagon|philippines|police|presidency|republic|secretariat|' +
  'senate|service|society|states|taliban|team|tribunal|union|vatican';
/** Nouns with which a name takes an article only before "of": "the University of Kabul", but "Kabul University". */
const BEFORE_OF = 'bank|church|embassies|house|ministries|state|university';
const NEWSPAPERS =
  /\s(?:post|times|guardian|journal|telegraph|tribune|herald|observer|chronicle)$|^associated press$/i;
const INITIALS = /^(?:UN|US|USA|UK|EU|UAE|AU|IMF|ICRC|FBI|CIA|TTP)$/;

const WITH_ARTICLE = new RegExp(
  `(?:^|[\\s-])(?:${HEADS})(?:$|\\s+(?:of|for|on|in|to|against)\\s)|(?:^|\\s)(?:${BEFORE_OF})\\s+of\\s|` +
    '^world bank$|^white house$|^holy see$',
  'i',
);

/** The name of a party as it stands inside a sentence: "the United Nations", "Pakistan", "The Lancet". */
export function nameInSentence({ name, kind }: Pick<Party, 'name' | 'kind'>): string {
  if (kind === 'person') return name;
  if (kind === 'media') return NEWSPAPERS.test(name) && !/^the\s/i.test(name) ? `the ${name}` : name;
  const bare = name.replace(/^the\s+/i, '');
  return WITH_ARTICLE.test(bare) || INITIALS.test(bare) ? `the ${bare}` : name;
}

/**
 * A party without a name, in the words of the document and in quotation marks: “a number of credible sources”. Where
 * those words are not recorded, the register's own name for it, without the brackets that tell it from others.
 */
export function unnamedInSentence(party: Party, asStated: string | null): string {
  if (asStated !== null) return quoted(insideSentence(asStated.trim()));
  const name = insideSentence(party.name.replace(/\s+\([^()]*\)$/, ''));
  return /^outlet of\s/.test(name) ? `the ${name}` : name;
}

const quoted = (words: string): string => (/^[“"«„]/.test(words) ? words : `“${words}”`);

/** Whether the words for a part already say what it is part of: "Pakistani officials" of Pakistan, "UN staff" of the United Nations. */
export function tellsWhole(words: string, { name }: Party): boolean {
  const bare = name.replace(/^the\s+/i, '');
  const initials = bare.replace(/[^\p{Lu}]/gu, '');
  const isNamed = initials.length > 1 && words.split(/[^\p{L}\p{N}]+/u).includes(initials);
  return isNamed || words.toLowerCase().includes(bare.slice(0, 5).toLowerCase());
}
