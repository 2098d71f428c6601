import { useVisit } from './visiting.js';
import { dateWords, instantWords } from './words.js';

/** The one control of time: which register is shown, and what the world knew. It stays through all pages. */
export const MomentControl = () => {
  const { moment, path, query } = useVisit();
  // A cursor belongs to the list of another moment.
  const { as_of, known_by, cursor, ...kept } = query;
  const { asOf, knownBy } = moment;
  return (
    <details class={moment.isPresent ? 'moment' : 'moment past'}>
      <summary>{moment.isPresent ? 'As of now' : <Shown asOf={asOf} knownBy={knownBy} />}</summary>
      <form action={path}>
        {Object.entries(kept).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label>
          Register as of
          <input name="as_of" value={asOf ?? ''} placeholder="2026-08-01" size={24} />
        </label>
        <label>
          Known to the world by
          <input name="known_by" value={knownBy ?? ''} placeholder="2024-12" size={12} />
        </label>
        <button type="submit">Show</button>
        {!moment.isPresent && <a href={present(path, kept)}>Back to now</a>}
        <p class="hint">
          <em>As of</em> shows what was recorded here by then; <em>known by</em> leaves out what was said
          later, whenever it was recorded.
        </p>
      </form>
    </details>
  );
};

const Shown = ({ asOf, knownBy }: { asOf: string | null; knownBy: string | null }) => (
  <>
    {asOf && `As of ${instantWords(asOf)}`}
    {asOf && knownBy && ' · '}
    {knownBy && `Known by ${dateWords(knownBy)}`}
  </>
);

function present(path: string, query: Record<string, string>): string {
  // A version is a moment of its own.
  const bare = path.replace(/@\d+$/, '');
  return Object.keys(query).length > 0 ? `${bare}?${new URLSearchParams(query)}` : bare;
}
