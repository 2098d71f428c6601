import { z } from 'zod';
import type { ResourceName } from '../../lib/ids.js';
import { isFault, parseQuery } from './query.js';

const MAX_QUERY = 1_000;

const LANGUAGE =
  'All words must be found, in any order, whatever their case, accents or forms of letters: `"…"` is a phrase, ' +
  '`a OR b` finds either, `-word` excludes a word, `tehr*` finds words that begin with it.';

const search = z
  .string()
  .max(MAX_QUERY)
  .transform((text, context) => {
    const parsed = parseQuery(text);
    if (!isFault(parsed)) return parsed;
    context.addIssue({ code: 'custom', message: `at character ${parsed.at + 1}: ${parsed.detail}` });
    return z.NEVER;
  });

/** What to search for. */
export const searchText = search.meta({ description: LANGUAGE, examples: ['stipend -airport'] });

const searched: Record<ResourceName, string> = {
  claim: 'the claim, its topics and places, and in quotes and notes of its attributions',
  attribution: 'its quote, note and wordings',
  source: 'its title, key and address',
  party: 'its names, key and description',
  predicate: 'its label, key, description and unit',
  relation: 'its note',
  assessment: 'its verdict, rationale and assessor',
  judgement: 'its reason',
};

/** The filter of a list by words. */
export const wordsFilter = (noun: ResourceName) =>
  search.optional().meta({ description: `Words in ${searched[noun]}. ${LANGUAGE}`, examples: ['stipend'] });
