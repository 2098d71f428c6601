const set = (words: string) => new Set(words.split(' '));

/** Words that begin no name, and nouns that begin none unless a word with a capital letter follows. */
const PARTICLES = set(
  'a about after against all almost although among an and anonymous another any are armed around as at because ' +
    'before between both by certain credible during each eight eleven every few five following for former four ' +
    'from half he her here his hundreds if in inside is it its last less many millions more most much nearly nine ' +
    'no nobody none not of on one only or other others outside over parts senior several she since six so some ' +
    'such ten that the their there these they this those thousands three to twelve twenty two under unnamed until ' +
    'up various what when where while who with within without',
);
const NOUNS = set(
  'aid airstrikes analysts army arms attacks authorities bombings camps casualties children ' +
    'civilians clashes commanders countries crime deaths diplomats donors drones employees experts extremism ' +
    'eyewitnesses families fighters fighting food foreign fuel funds government half homes hospitals inflation ' +
    'insurgents intelligence investigators leaders local members men militants military money new officers officials ' +
    'outlet people police poverty prices prisoners protesters rebels refugees relations reports residents schools ' +
    'soldiers sources spokespeople staff support talks terrorism trade troops unemployment victims violence ' +
    'weapons witnesses women workers',
);
const ABSTRACT = /(?:tion|sion|ment|ness|ancy|ency|ship|ity)s?$/;

/** Gives a common word at the beginning a small letter, as it stands inside a sentence; names keep their capital. */
export function insideSentence(text: string): string {
  const [first = ''] = /^\p{L}+(?![\p{L}\p{N}’'.-])/u.exec(text) ?? [];
  const small = first.toLowerCase();
  if (first.slice(1) !== small.slice(1)) return text;
  const rest = text.slice(first.length);
  const isNoun = () => (NOUNS.has(small) || ABSTRACT.test(small)) && !/^\s+\p{Lu}/u.test(rest);
  return PARTICLES.has(small) || isNoun() ? small + rest : text;
}

/**
 * Gives the first letter of a sentence a capital. Names such as eBay keep theirs, and Georgian has none at the beginning of a
 * sentence: its capitals are for words that have no small letter.
 */
export const asSentence = (text: string): string =>
  text.replace(/^(?!\p{Script=Georgian}|\p{Ll}+\p{Lu})\p{Ll}/u, (letter) => letter.toUpperCase());

/** Ends a sentence, which may end in a full stop already: that of an abbreviation. */
export const ended = (text: string): string => text.replace(/(?<![.!?…])$/, '.');

/** A sentence without the full stop at its end, in whatever script; abbreviations keep theirs. */
export const withoutStop = (text: string): string =>
  text.trim().replace(/(?<!\.\p{L}|\b(?:Bros|Co|Corp|Inc|Jr|Ltd|Sr|etc))[.。।۔]$/u, '');
