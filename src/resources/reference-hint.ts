import type { Tx } from '../db/store/store.js';
import { isKey, keyPattern, type ResourceName, resourceNames, slugOf } from '../lib/ids.js';
import { nearest } from '../lib/nearest.js';
import { fold, withArticle } from '../lib/text.js';
import { letterOf } from '../search/words/entry.js';
import { newestFound } from '../search/words/matching.store.js';
import { wordsOf } from '../search/words/split.js';
import { keyOrId, keysLike, nounsOfKey, partiesNamed } from './reference-hint.store.js';
import { liveIdsOfKeys } from './resources.store.js';
import { isTold } from './told.js';

/** References of one request that are looked up in other ways when they lead nowhere. */
const MOST_HINTS = 100;
/** Words by which an object is looked for. */
const MOST_WORDS = 8;
/** Keys that are compared with one that nothing has. */
const MOST_KEYS = 200;

/** What was looked up in a request: by noun and reference, as long as nothing more is recorded. */
interface Hints {
  known: Map<string, string>;
  lastSeq: number | null | undefined;
  left: number;
}
const hints = new WeakMap<Tx, Hints>();

/**
 * What is likely meant by a reference that leads nowhere, for the end of a sentence. Null where that was told of many others
 * before, or nobody is told of it.
 */
export async function referenceHint(tx: Tx, noun: ResourceName, reference: string): Promise<string | null> {
  if (!isTold(tx)) return null;
  const lastSeq = tx.pending?.lastSeq;
  const before = hints.get(tx);
  const known = before?.lastSeq === lastSeq ? before?.known : undefined;
  const now: Hints = { known: known ?? new Map(), lastSeq, left: before?.left ?? MOST_HINTS };
  hints.set(tx, now);
  const name = `${noun} ${reference}`;
  if (!now.known.has(name) && now.left > 0) {
    now.left -= 1;
    now.known.set(name, await lookUpHint(tx, noun, reference));
  }
  return now.known.get(name) ?? null;
}

/**
 * A few look-ups by index: the reference as a slug, as the name of a party, as the key of another noun, the keys that begin
 * alike, and what has all its words.
 */
async function lookUpHint(tx: Tx, noun: ResourceName, reference: string): Promise<string> {
  const meant = await likelyReference(tx, noun, reference);
  if (meant !== null) return `did you mean \`${meant}\`?`;
  const [other] = isKey(reference)
    ? await nounsOfKey(
        tx,
        resourceNames.filter((name) => name !== noun),
        reference,
      )
    : resourceNames.filter((name) => name !== noun && reference.startsWith(`${name}_`));
  if (other) return `this is the ${isKey(reference) ? 'key' : 'id'} of ${withArticle(other)}`;
  const slug = slugOf(reference);
  if (!keyPattern.test(reference) && slug !== '' && !reference.startsWith(`${noun}_`)) {
    return `keys are lower case letters, digits and hyphens: \`${slug}\``;
  }
  return 'give the id or key of one that exists';
}

async function likelyReference(tx: Tx, noun: ResourceName, reference: string): Promise<string | null> {
  const slug = slugOf(reference);
  if (slug === '') return null;
  if ((await liveIdsOfKeys(tx, noun, [slug])).length > 0) return slug;
  const [named] = noun === 'party' ? await partiesNamed(tx, fold(reference), 1) : [];
  if (named !== undefined) return named;
  for (const start of [slug.slice(0, 3), slug.slice(0, 1)]) {
    const near = nearest(slug, await keysLike(tx, noun, start, MOST_KEYS));
    if (near !== null && (await liveIdsOfKeys(tx, noun, [near])).length > 0) return near;
  }
  return isKey(reference) ? null : nameOfWords(tx, noun, reference);
}

/** The key or id of the one object that has all the words of a reference; null where none has, or several have. */
async function nameOfWords(tx: Tx, noun: ResourceName, reference: string): Promise<string | null> {
  const words = wordsOf(reference);
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const all = words.map((word) => [[letterOf[noun] + word]]);
  const [id, another] = await newestFound(tx, noun, { all, none: [] }, 2);
  return id !== undefined && another === undefined ? keyOrId(tx, noun, id) : null;
}
