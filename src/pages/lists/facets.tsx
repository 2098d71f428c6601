import type { z } from 'zod';
import type { Facets as FacetsSchema } from '../../claims/facets.schemas.js';
import { counted } from '../../provenance/graph/text.js';
import { useVisit } from '../frame/visiting.js';
import { capital, numberWords, plain } from '../frame/words.js';
import { choiceWords } from './choice-words.js';

export type FacetCounts = z.infer<typeof FacetsSchema>;

/** What the claims found have in common; each value narrows the list to it. */
export const Facets = ({ facets: { claims, complete, counts } }: { facets: FacetCounts }) => {
  const { path, query, moment } = useVisit();
  const { cursor: _, ...kept } = query;
  const shown = Object.entries(counts).flatMap(([name, facet]) =>
    facet && facet.values.length > 0 ? { name, values: facet.values.slice(0, SHOWN) } : [],
  );
  if (shown.length === 0) return null;
  return (
    <nav aria-label="Narrow down">
      <p class="hint">
        {complete ? 'Of ' : 'Of the newest '}
        {counted(claims, 'claim')}
      </p>
      <div class="facets">
        {shown.map(({ name, values }) => (
          <div>
            <h2>{capital(plain(name))}</h2>
            <ul>
              {values.map(({ value, name: called, count }) => (
                <li>
                  <a href={moment.to(path, { ...kept, ...filterOf(name, value) })}>
                    <bdi>{called ?? choiceWords(name, value)}</bdi>
                  </a>{' '}
                  <span class="count">{numberWords(count)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
};

const SHOWN = 6;

/** The filter that a value of a facet stands for. */
const filterOf = (facet: string, value: string): Record<string, string> =>
  facet === 'year' ? { occurred_from: value, occurred_to: value } : { [facet]: value };
