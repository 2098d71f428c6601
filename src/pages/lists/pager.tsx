import { useVisit } from '../frame/visiting.js';

/** Links to the pages before and after. The order of a list is its own, so a page has no number. */
export const Pager = ({ next, prev }: { next: string | null; prev: string | null }) => {
  const { path, query, moment } = useVisit();
  if (!next && !prev) return null;
  const to = (cursor: string) => moment.to(path, { ...query, cursor });
  return (
    <nav class="pager" aria-label="Pages">
      {prev ? (
        <a href={to(prev)} rel="prev">
          ← Back
        </a>
      ) : (
        <span />
      )}
      {next && (
        <a href={to(next)} rel="next">
          Next →
        </a>
      )}
    </nav>
  );
};
