import type { FastifyInstance } from 'fastify';
import type { ProblemPage } from '../../http/response/problem.js';
import { Inline } from '../docs/inline.js';
import { Moment } from '../frame/moment.js';
import { documentOf, pageHeaders, type Visit, visitOf } from '../frame/page.js';
import { useVisit } from '../frame/visiting.js';
import { Section } from '../parts/section.js';
import { Fact, Instant, Text } from '../parts/text.js';

type Problem = Parameters<ProblemPage['write']>[0];

/** A problem as a page, for those who read no JSON: what is wrong, where, and what to do. */
export function registerProblemPage(app: FastifyInstance, origin: string): void {
  app.problemPage = {
    headers: pageHeaders,
    write: (problem, request) =>
      documentOf(visitAfter(problem, visitOf(request, origin)), {
        title: problem.title,
        body: <Body problem={problem} />,
      }),
  };
}

/** A moment that was refused is not carried on: every link would be refused again. */
function visitAfter({ errors }: Problem, visit: Visit): Visit {
  const refused = new Set(errors.map(({ parameter }) => parameter));
  const { asOf, knownBy } = visit.moment;
  const moment = new Moment(refused.has('as_of') ? null : asOf, refused.has('known_by') ? null : knownBy);
  return { ...visit, moment };
}

const Body = ({ problem }: { problem: Problem }) => (
  <article class="problem">
    <p class="kind">{problem.status}</p>
    <h1>{problem.title}</h1>
    {problem.errors.length > 0 ? (
      <ul>
        {problem.errors.map(({ parameter, detail }) => (
          <li>
            {parameter && (
              <>
                <code>{parameter}</code>:{' '}
              </>
            )}
            <span dir="auto">
              <Inline text={detail} />
            </span>
          </li>
        ))}
      </ul>
    ) : (
      // What is left of a removed object says more than the sentence for programs.
      !('tombstone' in problem) && (
        <p dir="auto">
          <Inline text={problem.detail} />
        </p>
      )
    )}
    <Gone problem={problem} />
    {problem.code === 'unauthenticated' && <KeyForm />}
    <Onward />
    <p class="hint">Request {problem.request_id}</p>
  </article>
);

interface Tombstone {
  version: number;
  removed_at: string;
  removed_by: string;
  on_behalf_of: string | null;
  reason: string | null;
}

/** What is left of a removed object: when, by whom and why it was removed, and where to see what it was. */
const Gone = ({ problem }: { problem: Problem & { tombstone?: Tombstone } }) => {
  const { tombstone } = problem;
  if (!tombstone) return null;
  const { instance: path } = problem;
  return (
    <Section id="gone" title="What was here">
      <dl class="facts">
        <Fact name="Removed">
          <Instant at={tombstone.removed_at} />
        </Fact>
        <Fact name="By">{tombstone.on_behalf_of ?? tombstone.removed_by}</Fact>
        <Fact name="Why">{tombstone.reason && <Text text={tombstone.reason} />}</Fact>
      </dl>
      <p>
        <a href={`${path}@${tombstone.version - 1}`}>The last version of it</a> ·{' '}
        <a href={`${path}/history`}>its history</a>
      </p>
    </Section>
  );
};

/** The script of the page takes the key; it stays in the tab of the browser, and goes with each of its requests. */
const KeyForm = () => (
  <Section id="key" title="This register asks for a key">
    <form class="fields" data-key>
      <label>
        API key
        <input name="key" type="password" autocomplete="off" required placeholder="att_…" />
      </label>
      <button type="submit">Read with this key</button>
    </form>
    <p class="hint">
      The key is kept in this tab alone, until you close it. Without scripts, read with{' '}
      <code>curl -H "Authorization: Bearer att_…"</code>.
    </p>
  </Section>
);

const Onward = () => {
  const { moment } = useVisit();
  return (
    <p>
      <a href={moment.to('/')}>Start page</a> · <a href={moment.to('/search')}>Search</a> ·{' '}
      <a href={moment.to('/claims')}>All claims</a>
    </p>
  );
};
