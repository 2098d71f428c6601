import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { assessmentType } from '../assessments/assessment.js';
import { attributionType } from '../attributions/attribution.js';
import { claimType } from '../claims/claim.js';
import type { Store, Tx } from '../db/store/store.js';
import { check } from '../http/validation/check.js';
import { judgementNoun } from '../judgements/judgement.js';
import type { Change } from '../lib/change.js';
import { validationError } from '../lib/errors.js';
import { type Ids, newId } from '../lib/ids.js';
import { partyType } from '../parties/party.js';
import { predicateType } from '../predicates/predicate.js';
import { drawingOnce } from '../provenance/consequences/consequences.service.js';
import { relationType } from '../relations/relation.js';
import { services } from '../resource-types/services.js';
import { attempted } from '../resources/attempted.js';
import { createAll } from '../resources/plans.js';
import { idsOfKeys } from '../resources/resources.store.js';
import type { Resource } from '../resources/service.js';
import { sourceType } from '../sources/source.js';
import { firstReason } from './seed.store.js';

export const seedFolder = fileURLToPath(new URL('../../seeds/', import.meta.url));

/** Begins the reason that is kept with everything loaded. */
const LOADED = 'loaded from ';

export interface SeedResult {
  created: number;
  /** Objects whose key exists already; they are left as they are. */
  present: number;
}

/** The sample goes where nothing is, or where it was the first thing to be loaded. */
export async function refuseOtherThanSample(store: Store): Promise<void> {
  const reason = await store.read(firstReason);
  if (reason !== null && !reason.startsWith(LOADED)) {
    throw new Error('the database holds a register already; the demo needs an empty one');
  }
}

/**
 * Loads NDJSON files whose lines are `{"<noun>": <input form>}`, each file in one transaction, through the
 * services that HTTP requests use. What exists is left alone, so a second load changes nothing.
 */
export async function loadSeeds(
  store: Store,
  now: string,
  folder = seedFolder,
  ids: Ids = newId,
): Promise<SeedResult> {
  const { parties, sources, predicates, claims, attributions, relations, assessments, judgements } =
    services(ids);
  const kinds: Record<string, Resource> = {
    party: { noun: partyType, service: parties },
    source: { noun: sourceType, service: sources },
    predicate: { noun: predicateType, service: predicates },
    claim: { noun: claimType, service: claims },
    attribution: { noun: attributionType, service: attributions },
    relation: { noun: relationType, service: relations },
    assessment: { noun: assessmentType, service: assessments },
    judgement: { noun: judgementNoun, service: judgements },
  };
  const result: SeedResult = { created: 0, present: 0 };
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort();
  for (const file of files) {
    const loading: Omit<Change, 'at'> = {
      actor: 'cli',
      onBehalfOf: null,
      reason: `${LOADED}${file}`,
      requestId: ids('request'),
    };
    const lines = (await readFile(folder + file, 'utf8')).split('\n');
    await store.write(async (tx, at) => {
      let waiting: Line[] = [];
      const flush = async () => {
        const created = await createNew(tx, { ...loading, at }, waiting);
        result.created += created;
        result.present += waiting.length - created;
        waiting = [];
      };
      await drawingOnce(tx, async () => {
        for (const [index, text] of lines.entries()) {
          if (text.trim() === '') continue;
          const place = `${file}:${index + 1}`;
          const line = await placed(place, async () => ({ place, ...readLine(kinds, text) }));
          if (waiting.length === AT_ONCE || (waiting[0] && waiting[0].kind !== line.kind)) await flush();
          waiting.push(line);
        }
        await flush();
      });
    }, now);
  }
  return result;
}

/** Objects of one noun that are created at once, where the noun can do that. */
const AT_ONCE = 50;

interface Line {
  /** The file and the number of the line. */
  place: string;
  kind: Resource;
  input: { key: string };
}

function readLine(kinds: Record<string, Resource>, text: string): Omit<Line, 'place'> {
  const [[name, body]] = Object.entries(JSON.parse(text)) as [[string, unknown]];
  const kind = kinds[name];
  if (!kind) throw new Error(`unknown noun "${name}"`);
  const input = check(kind.noun.input, body);
  if (!input.success) throw validationError(input.faults);
  const { key } = input.data as { key: string | null };
  if (key === null) throw new Error('every object needs a key');
  return { kind, input: { ...input.data, key } };
}

/** Creates those of one noun whose keys nothing has or had; gives their number. */
async function createNew(tx: Tx, change: Change, lines: Line[]): Promise<number> {
  const [first] = lines;
  if (!first) return 0;
  const { kind } = first;
  const known = await idsOfKeys(
    tx,
    kind.noun.name,
    lines.map(({ input }) => input.key),
  );
  const seen = new Set(known.keys());
  const fresh = lines.filter(({ input: { key } }) => !seen.has(key) && seen.add(key));
  const inputs = fresh.map(({ input }) => input);
  const done = await attempted(tx, () => createAll(tx, change, kind, inputs));
  if (done) return done.length;
  // Also where one of them is at fault, so that its line can be named.
  for (const { place, input } of fresh) await placed(place, () => createAll(tx, change, kind, [input]));
  return fresh.length;
}

async function placed<T>(place: string, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}
