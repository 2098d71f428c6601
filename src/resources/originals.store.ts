import { eq } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { namesIn } from '../db/query/reference-tokens.js';
import { byNoun } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { append, chunksWithin, groupBy, lookUp, type NonEmpty } from '../lib/collections.js';
import { isMergeable, type ResourceName } from '../lib/ids.js';
import { contentOf, unmergedDocument } from './documents.js';
import { mergeIn } from './merged.store.js';
import { carriedOver, type Standing, shown } from './originals.js';
import type { Representation } from './resource-type.js';
import type { Version } from './resources.store.js';

/** Characters of the newest documents of objects whose histories are read together. */
const UNITS_AT_ONCE = 200_000;

/** A version of an object, with its document. */
type Mark = Pick<Version, 'object_id' | 'version' | 'doc'>;

/**
 * The documents of versions, at most one of each object, as they are shown now: what was written, with references that
 * follow the merges in force now. Merges made since then count, merges undone since then do not.
 */
export async function documentsNow(
  tx: Tx,
  noun: ResourceName,
  marks: readonly Mark[],
): Promise<Map<string, string>> {
  const documents = new Map<string, string>();
  for (const some of chunksWithin(marks, tx.dialect.objectsAtOnce, UNITS_AT_ONCE, ({ doc }) => doc.length)) {
    const versions = await versionsUpTo(tx, noun, some);
    const moves = await movesFrom(tx, versions);
    for (const [id, history] of groupBy(versions, ({ object_id }) => object_id)) {
      await tx.yield();
      documents.set(id, latestShown(history, moves));
    }
  }
  return documents;
}

export async function documentNow(tx: Tx, noun: ResourceName, mark: Mark): Promise<string> {
  return lookUp(await documentsNow(tx, noun, [mark]), mark.object_id);
}

/** A version, and its number among those of all objects. */
type HistoryRow = Mark & { seq: number };

/** These versions and those before them, of each object in their order. */
async function versionsUpTo(tx: Tx, noun: ResourceName, marks: readonly Mark[]): Promise<HistoryRow[]> {
  // Nothing was before a first version, wherever it stands among others.
  const firsts = marks.flatMap((mark) => (mark.version === 1 ? [{ ...mark, seq: 0 }] : []));
  if (firsts.length === marks.length) return firsts;
  const last = new Map(marks.map(({ object_id, version }) => [object_id, version]));
  const ids = [...last.keys()].filter((id) => lookUp(last, id) > 1);
  const rows = await historiesOf(tx, null, { ids: JSON.stringify(ids) });
  const later = rows.filter((row) => row.noun === noun && row.version <= lookUp(last, row.object_id));
  return [...firsts, ...later];
}

/** Without the noun, for which SQLite would rather read all that there is of it. */
const historiesOf = prepared((tx) => {
  const { history: t } = tx.tables;
  return tx.db
    .select({ noun: t.noun, object_id: t.object_id, version: t.version, seq: t.seq, doc: t.doc })
    .from(t)
    .where(isMeant(tx, t.object_id))
    .orderBy(t.object_id, t.version);
});

/** A merge: `to` stands for an object from one version of the register up to another. */
interface Move {
  to: string;
  from: number;
  until: number;
}
/** By the object that was merged, as `noun:id`. */
type Moves = ReadonlyMap<string, readonly Move[]>;

/** All merges, undone ones too, of what these versions refer to, directly or through other merges. */
async function movesFrom(tx: Tx, versions: readonly HistoryRow[]): Promise<Moves> {
  const moves = new Map<string, Move[]>();
  let edge = new Set(versions.flatMap(({ doc }) => namesIn(doc)));
  while (edge.size > 0) {
    const ids = [...byNoun(edge)].flatMap(([noun, some]) => (isMergeable(noun) ? [...some] : []));
    for (const name of edge) moves.set(name, []);
    const next = new Set<string>();
    if (ids.length > 0) {
      for (const { noun, object_id, into_id, seq, undone_seq, doc } of await mergesOf(tx, null, {
        ids: JSON.stringify(ids),
      })) {
        const to = `${noun}:${into_id}`;
        const from = seq - mergeIn(doc).versions;
        append(moves, `${noun}:${object_id}`, { to, from, until: undone_seq ?? Number.POSITIVE_INFINITY });
        if (!moves.has(to)) next.add(to);
      }
    }
    edge = next;
  }
  return moves;
}

const mergesOf = prepared((tx) => {
  const { merges: t, history } = tx.tables;
  return tx.db
    .select({
      noun: t.noun,
      object_id: t.object_id,
      into_id: t.into_id,
      seq: t.seq,
      undone_seq: t.undone_seq,
      doc: history.doc,
    })
    .from(t)
    .innerJoin(history, eq(history.seq, t.seq))
    .where(isMeant(tx, t.object_id));
});

/** Tells what stood for an object right after a version of the register. */
function standingAt(moves: Moves, seq: number): Standing {
  return (name) => {
    let at = name;
    for (;;) {
      const move = moves.get(at)?.find(({ from, until }) => from <= seq && seq < until);
      if (!move) return at;
      at = move.to;
    }
  };
}

const NOW = Number.MAX_SAFE_INTEGER;

/** The last of the versions of an object, as it is shown now. */
function latestShown(history: NonEmpty<HistoryRow>, moves: Moves): string {
  const last = history.at(-1) ?? history[0];
  const isLed = history.some(({ doc }) => namesIn(doc).some((name) => lookUp(moves, name).length > 0));
  const document = unmergedDocument(last.doc);
  if (!isLed) return document;
  return JSON.stringify({
    ...(JSON.parse(document) as Representation),
    ...shown(originalOf(history, moves), standingAt(moves, NOW)),
  });
}

/** What was written, made anew from all that is stored: versions that merges made, or their ends, change nothing in it. */
function originalOf([first, ...later]: NonEmpty<HistoryRow>, moves: Moves): Representation {
  let original = contentOf(first.doc);
  const earlier: Representation[] = [];
  for (const { seq, doc } of later) {
    const next = contentOf(doc);
    const standing = standingAt(moves, seq);
    if (JSON.stringify(shown(original, standing)) === JSON.stringify(next)) continue;
    earlier.push(original);
    original = carriedOver(original, next, standing, earlier);
  }
  return original;
}
