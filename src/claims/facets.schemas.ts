import { z } from 'zod';
import { anyOf } from '../http/request/filters.js';
import { type Facet, facetNames, MOST_COUNTED, MOST_VALUES } from './facets.js';

export const facetsQuery = anyOf(facetNames).meta({
  description:
    `Counts the claims found by ${facetNames.join(', ')}; several with commas. Counted are the newest ` +
    `${MOST_COUNTED.toLocaleString('en')} of them; party, source, publisher and stance are those of attributions.`,
});

const FacetCounts = z
  .strictObject({
    values: z
      .array(
        z
          .strictObject({
            value: z.string().meta({ description: 'What the filter of this name takes.' }),
            name: z.string().nullable().meta({ description: 'Of an object.' }),
            count: z.int32().min(1).meta({ description: 'Number of claims that have it.' }),
          })
          .meta({ id: 'FacetValue', description: 'A value, and how many claims have it.' }),
      )
      .meta({ description: `At most ${MOST_VALUES}, those of most claims first.` }),
    has_more: z.boolean().meta({ description: 'Whether there are other values.' }),
  })
  .meta({ id: 'FacetCounts', description: 'The values of a facet.' });

export const Facets = z
  .strictObject({
    claims: z.int32().min(0).meta({ description: 'Number of claims that were counted.' }),
    complete: z.boolean().meta({ description: 'Whether these are all that were found.' }),
    counts: z
      .strictObject(
        Object.fromEntries(facetNames.map((name) => [name, FacetCounts.optional()])) as Record<
          Facet,
          z.ZodOptional<typeof FacetCounts>
        >,
      )
      .meta({ id: 'FacetsByName', description: 'The facets that were asked for.' }),
  })
  .meta({ id: 'Facets', description: 'What the claims found have in common.' });
