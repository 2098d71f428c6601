import { useVisit } from '../frame/visiting.js';
import { plain } from '../frame/words.js';

/** Parameters that choose nothing. */
const shaping: ReadonlySet<string> = new Set([
  'as_of',
  'known_by',
  'cursor',
  'limit',
  'facets',
  'sort',
  'count',
]);

/** What a list was narrowed by, each with a way to leave it out. */
export const Chosen = () => {
  const { path, query, moment } = useVisit();
  const { cursor: _, ...kept } = query;
  const chosen = Object.entries(query).filter(([name]) => !shaping.has(name));
  return chosen.length === 0 ? null : (
    <ul class="chosen" aria-label="Filters">
      {chosen.map(([name, value]) => (
        <li class="badge plain">
          {name === 'q' ? 'words' : plain(name)}: <bdi>{value.replaceAll('\n', ' or ')}</bdi>{' '}
          <a
            href={moment.to(path, { ...kept, [name]: undefined })}
            aria-label={`Leave out ${name === 'q' ? 'words' : plain(name)}`}
          >
            ×
          </a>
        </li>
      ))}
    </ul>
  );
};
