import { useVisit } from '../frame/visiting.js';

/**
 * Links to where people with a key enter or mend. The past is as it was: a page of an earlier moment has none. A form is
 * a page of its own (`data-plain`, also in a tab with a key), so that the browser warns before it leaves what was typed.
 */
export const Mending = ({ links }: { links: readonly (readonly [path: string, words: string])[] }) =>
  useVisit().moment.isPresent ? (
    <p class="mending">
      {links.map(([path, words]) => (
        <a href={path} data-plain>
          {words}
        </a>
      ))}
    </p>
  ) : null;
