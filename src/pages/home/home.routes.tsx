import type { App } from '../../http/openapi/operation.js';
import { storeAsOf } from '../../http/request/as-of.js';
import { someOf } from '../frame/objects.service.js';
import type { Claim } from '../frame/outputs.js';
import { pageHandler, pageRoute, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { useVisit } from '../frame/visiting.js';
import { ClaimList } from '../parts/claim-item.js';
import { Section } from '../parts/section.js';

const SHOWN = 10;

/** Where people begin: what this is, where to look, and what was changed last. */
export function homePage(app: App, site: Site): void {
  app.get('/', {
    ...pageRoute('range'),
    handler: pageHandler(site, async (site, request, reply) => {
      const visit = visitOf(request, site.origin);
      const { items } = await storeAsOf(site, request, reply).read((tx) =>
        someOf<Claim>(tx, site.lists.claim, {}, SHOWN, 'activity'),
      );
      const page = {
        title: 'Register of claims and their sources',
        description: 'Who says what, where, when and through whom, and how each claim stands.',
        path: '/',
        alternates: [{ href: '/v1', type: 'application/json', title: 'JSON' }],
        body: <Home claims={items} />,
      };
      return { visit, page };
    }),
  });
}

const ways = [
  ['/claims', 'Claims', 'What is said, each proposition once, with its standing.'],
  ['/sources', 'Sources', 'The documents in which claims stand, and what depends on them.'],
  ['/parties', 'Parties', 'Who says, denies, or is spoken about.'],
  ['/conflicts', 'Conflicts', 'Facts that give different values for the same thing.'],
  ['/predicates', 'Predicates', 'The vocabulary of claims, with estimates over time.'],
  ['/changes', 'Changes', 'What was recorded here last, by whom, and why.'],
] as const;

const Home = ({ claims }: { claims: readonly Claim[] }) => {
  const { moment } = useVisit();
  return (
    <>
      <h1>Who says so?</h1>
      <p class="lead">
        This register holds claims: who says what, in which source, when, and through whom. From that it
        computes how many independent origins each claim has, who denies it, and what would lose support
        without a source.
      </p>
      <ul class="cards">
        {ways.map(([path, name, what]) => (
          <li>
            <h2>
              <a href={moment.to(path)}>{name}</a>
            </h2>
            <p class="hint">{what}</p>
          </li>
        ))}
      </ul>
      <p>
        With a key you can <a href="/claims/new">enter a claim</a>. The <a href="/docs">API</a> gives all of
        it to programs, and <a href="/docs/questions">questions with their answers</a> show how.
      </p>
      <Section
        id="newest"
        title="Changed last"
        more={{ href: moment.to('/claims', { sort: '-activity' }), text: 'All claims' }}
      >
        <ClaimList claims={claims} />
      </Section>
    </>
  );
};
