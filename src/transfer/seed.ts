import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { attributionNoun } from '../attributions/attribution.js';
import { claimNoun } from '../claims/claim.js';
import type { Store } from '../db/store.js';
import { invalidBody } from '../http/zod.js';
import type { Change } from '../lib/change.js';
import { type Ids, newId } from '../lib/ids.js';
import { partyNoun } from '../parties/party.js';
import { predicateNoun } from '../predicates/predicate.js';
import { locate } from '../register/find.js';
import type { Noun } from '../register/noun.js';
import type { NounService } from '../register/service.js';
import { services } from '../services.js';
import { sourceNoun } from '../sources/source.js';

export const seedFolder = fileURLToPath(new URL('../../seeds/', import.meta.url));

export interface SeedResult {
  created: number;
  /** Objects whose key exists already; they are left as they are. */
  present: number;
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
  const { parties, sources, predicates, claims, attributions } = services(ids);
  const kinds: Record<string, { noun: Noun; service: NounService }> = {
    party: { noun: partyNoun, service: parties },
    source: { noun: sourceNoun, service: sources },
    predicate: { noun: predicateNoun, service: predicates },
    claim: { noun: claimNoun, service: claims },
    attribution: { noun: attributionNoun, service: attributions },
  };
  const result: SeedResult = { created: 0, present: 0 };
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort();
  for (const file of files) {
    const loading: Omit<Change, 'at'> = {
      actor: 'cli',
      onBehalfOf: null,
      reason: `loaded from ${file}`,
      requestId: ids('request'),
    };
    const lines = (await readFile(folder + file, 'utf8')).split('\n');
    await store.write(async (tx, at) => {
      const change = { ...loading, at };
      for (const [index, line] of lines.entries()) {
        if (line.trim() === '') continue;
        try {
          const [[name, body]] = Object.entries(JSON.parse(line)) as [[string, unknown]];
          const kind = kinds[name];
          if (!kind) throw new Error(`unknown noun "${name}"`);
          const input = kind.noun.input.safeParse(body);
          if (!input.success) throw invalidBody(input.error);
          const { key } = input.data as { key: string | null };
          if (key === null) throw new Error('every object needs a key');
          const found = await locate(tx, kind.noun, key);
          if (found.state === 'unknown') await kind.service.create(tx, change, input.data);
          result[found.state === 'unknown' ? 'created' : 'present'] += 1;
        } catch (error) {
          throw new Error(`${file}:${index + 1}: ${(error as Error).message}`, { cause: error });
        }
      }
    }, now);
  }
  return result;
}
