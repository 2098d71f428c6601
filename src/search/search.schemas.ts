import { z } from 'zod';
import { claimFilters } from '../claims/claims.schemas.js';
import { Facets, facetsQuery } from '../claims/facets.schemas.js';
import { asOfQuery } from '../http/request/as-of.js';
import { anyOf } from '../http/request/filters.js';
import { presentation } from '../http/request/paging.js';
import { Reference } from '../http/schemas/common.js';
import { didYouMean } from '../resources/list.schemas.js';
import { MOST_RANKED, searchTypes } from './search.js';
import { searchText } from './words/query.schemas.js';

export const searchQuery = z.strictObject({
  q: searchText.optional(),
  type: anyOf(searchTypes).meta({
    description: `What to search: ${searchTypes.join(', ')}; several with commas. By default all, or only claims if a filter of claims is given.`,
  }),
  ...claimFilters,
  ...asOfQuery,
  facets: facetsQuery,
  limit: presentation.limit.meta({
    description: 'Items a page holds, 20 unless told.',
  }),
  cursor: presentation.cursor,
});

const Part = z
  .strictObject({
    text: z.string(),
    found: z.boolean().meta({ description: 'Whether it was searched for.' }),
  })
  .meta({ id: 'SnippetPart', description: 'A piece of a text, just as it was written.' });

const Snippet = z
  .strictObject({
    member: z
      .string()
      .meta({ description: 'The member of the object, or of the attribution, from which it is taken.' }),
    attribution: Reference.nullable().meta({ description: 'Of a claim: the attribution that has it.' }),
    parts: z.array(Part).meta({ description: 'The text; to be shown one after the other.' }),
    cut_before: z.boolean().meta({ description: 'Whether the text begins before it.' }),
    cut_after: z.boolean().meta({ description: 'Whether the text goes on behind it.' }),
  })
  .meta({ id: 'Snippet', description: 'Where words of the search stand in a text.' });

const SearchHit = z
  .strictObject({
    type: z.enum(searchTypes).meta({ description: 'Expect new values.' }),
    object: Reference,
    score: z.number().min(0).meta({ description: 'Only good for ordering within one answer.' }),
    snippets: z.array(Snippet).meta({ description: 'At most three.' }),
  })
  .meta({ id: 'SearchHit', description: 'An object that was found.' });

export const SearchPage = z
  .strictObject({
    items: z.array(SearchHit).meta({ description: 'The best first.' }),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    has_more: z.boolean().meta({ description: 'Whether a next page exists.' }),
    total: z
      .int32()
      .min(0)
      .optional()
      .meta({
        description: `Number of objects found; of each type, the ${MOST_RANKED.toLocaleString('en')} whose words changed last are ranked and listed. Left out beyond 10,000.`,
      }),
    total_at_least: z
      .int32()
      .min(0)
      .optional()
      .meta({ description: 'In place of a `total` that is larger.' }),
    facets: Facets.optional(),
    did_you_mean: didYouMean,
  })
  .meta({ id: 'SearchPage', description: 'What was found.' });
