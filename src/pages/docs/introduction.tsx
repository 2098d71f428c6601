import type { Group } from './document.js';
import { Code } from './inline.js';

const words = [
  ['Claim', 'one proposition, whoever says it'],
  ['Party', 'anyone who says, denies or is spoken about'],
  ['Source', 'a document or a speech that contains the words'],
  ['Attribution', 'who says what about a claim: party, stance, source, passage, date'],
  ['Relays', 'an attribution passes on another: an article relays a report, which relays an official'],
  ['Standing', 'what follows from the attributions: support, number of independent origins, who denies it'],
] as const;

/** Where a developer begins. */
export const Introduction = ({ groups, q, base }: { groups: Group[]; q: string; base: string }) => (
  <>
    <h1>The API of this register</h1>
    <p class="lead">
      Everything that the pages show, and more, is read and written over HTTP. It needs no client: curl, a
      spreadsheet or a few lines in any language will do.
    </p>
    <ul class="row">
      <li>
        <a href="/docs/questions">Questions, as worked examples</a>
      </li>
      <li>
        <a href="#reference">Reference</a>
      </li>
      <li>
        <a href="/openapi.json">OpenAPI 3.1</a>
      </li>
      <li>
        <a href="/openapi-3.0.json">OpenAPI 3.0</a>
      </li>
      <li>
        <a href="/v1">what there is, with an address each</a>
      </li>
    </ul>
    <section id="first">
      <h2>The first requests</h2>
      <p>Claims about which somebody disagrees, and one claim with all who speak of it, by its id or key:</p>
      <Code
        text={[
          `curl -s '${base}/v1/claims?contested=true&limit=5'`,
          `curl -s '${base}/v1/claims/<id or key>'`,
        ].join('\n')}
      />
      <p>
        A write needs a key (<code>Authorization: Bearer att_…</code>). A claim comes with its chain: what
        stands in one request is named by <code>local_id</code>.
      </p>
      <Code text={write(base)} />
    </section>
    <section id="words">
      <h2>Six words</h2>
      <dl class="facts">
        {words.map(([word, meaning]) => (
          <div>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
    <section id="rules">
      <h2>What holds everywhere</h2>
      <ul>
        <li>
          Wherever an id is accepted, the key is too (<code>ttp</code>). References come back as{' '}
          <code>{'{id, key, name}'}</code>.
        </li>
        <li>
          One address, one form: <code>/v1/claims</code> is JSON, <code>/v1/claims.csv</code> a table,{' '}
          <code>/v1/claims.ndjson</code> the whole list a line an object.
        </li>
        <li>
          Lists go on with <code>next_cursor</code> or the header <code>Link</code>; <code>limit</code> is 1
          to 200.
        </li>
        <li>
          Dates are EDTF, numbers decimal strings, instants (<code>…_at</code>) RFC 3339 in UTC.
        </li>
        <li>
          Every read takes <code>as_of</code>: the register as it was recorded then. Many take{' '}
          <code>known_by</code>: what had been said by a day.
        </li>
        <li>
          An error is problem+json with the place and the fix; a change needs <code>If-Match</code>; a{' '}
          <code>POST</code> with an <code>Idempotency-Key</code> is safe to repeat.
        </li>
        <li>
          Nothing is lost: every version is kept, and a change, a removal or a whole request can be undone.
        </li>
      </ul>
    </section>
    <section id="reference">
      <h2>Reference</h2>
      <form class="fields" action="/docs#reference">
        <label>
          Find an operation
          <input type="search" name="q" value={q} placeholder="merge party" />
        </label>
        <button type="submit">Find</button>
        {q && <a href="/docs#reference">Show all</a>}
      </form>
      {groups.length === 0 && <p class="none">No operation has all of these words.</p>}
      {groups.map(({ slug, name, description, operations }) => (
        <details open={q !== ''}>
          <summary>
            {name} <span class="hint">{description}</span>
          </summary>
          <ul class="operations">
            {operations.map(({ id, method, path, summary }) => (
              <li>
                <a href={`/docs/${slug}#${id}`}>
                  <span class={`method ${method.toLowerCase()}`}>{method}</span> <code>{path}</code>
                </a>{' '}
                <span class="hint">{summary}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  </>
);

const write = (base: string): string => `curl -s ${base}/v1/claims -H "Authorization: Bearer $KEY" \\
  -H 'Content-Type: application/json' -d '{
  "text": "The depot was moved to Khost.",
  "attributions": [
    {"party": "<a newspaper>", "stance": "reports", "relays": ["@official"]},
    {"local_id": "official", "party": "<a ministry>", "stance": "asserts", "lineage": "originates"}
  ]
}'`;
