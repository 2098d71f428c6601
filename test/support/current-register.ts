import type { TestApp } from './app.js';

/** What clients set, of each noun, and what is computed: standing, status, and what was taken back. */
const LISTS = [
  ...['parties', 'predicates', 'relations', 'assessments', 'judgements'].map(
    (noun) => `${noun}.ndjson?form=input`,
  ),
  ...['claims.ndjson?form=input', 'claims.ndjson', 'sources.ndjson', 'attributions.ndjson'],
];

/** All that holds now, an object a line, without what tells when it was written. */
export async function currentRegister(t: TestApp): Promise<string[]> {
  const lists = await Promise.all(LISTS.map((list) => t.send('GET', `/v1/${list}`)));
  return lists.flatMap(({ text }) =>
    text
      .trim()
      .split('\n')
      .map((line) =>
        line.replace(/"(updated_at|activity_at|version|status_by)":("[^"]*"|\d+|\{[^}]*\})/g, ''),
      ),
  );
}
