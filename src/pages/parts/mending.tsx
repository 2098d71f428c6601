import { useVisit } from '../frame/visiting.js';

/** Links to where people with a key enter or mend. The past is as it was: a page of an earlier moment has none. */
export const Mending = ({ links }: { links: readonly (readonly [path: string, words: string])[] }) =>
  useVisit().moment.isPresent ? (
    <p class="mending">
      {links.map(([path, words]) => (
        <a href={path}>{words}</a>
      ))}
    </p>
  ) : null;
