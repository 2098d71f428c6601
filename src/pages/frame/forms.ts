import type { Moment } from './moment.js';
import type { Alternate } from './page.js';

/** Media types by the ending of an address; one without an ending answers JSON. */
const types: readonly (readonly [ending: RegExp, type: string])[] = [
  [/\.svg$/, 'image/svg+xml'],
  [/\.csv$/, 'text/csv'],
  [/\.ndjson$/, 'application/x-ndjson'],
  [/\.bib$/, 'application/x-bibtex'],
  [/\.ris$/, 'application/x-research-info-systems'],
  [/\.csl\.json$|\/citation$/, 'application/vnd.citationstyles.csl+json'],
  [/\.dot$/, 'text/vnd.graphviz'],
  [/\.mermaid$/, 'text/vnd.mermaid'],
  [/\.txt$/, 'text/plain'],
  [/\.atom$/, 'application/atom+xml'],
];

const typeOf = (path: string): string =>
  types.find(([ending]) => ending.test(path))?.[1] ?? 'application/json';

interface Form {
  path: string;
  title: string;
  query?: Readonly<Record<string, string>>;
  /** Whether the address takes `known_by`. */
  knownBy?: boolean;
}

/** The addresses of the API that have what a page shows, at the same moment. */
export const alternatesOf = (moment: Moment, forms: readonly Form[]): Alternate[] =>
  forms.map(({ path, title, query = {}, knownBy = false }) => ({
    href: moment.data(path, query, { knownBy }),
    type: typeOf(path),
    title,
  }));
