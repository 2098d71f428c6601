import { z } from 'zod';
import { readVersions } from '../../history/history.routes.js';
import type { App } from '../../http/openapi/operation.js';
import { presentation } from '../../http/request/paging.js';
import type { ResourceName } from '../../lib/ids.js';
import { alternatesOf } from '../frame/forms.js';
import { objectPageHandler, objectPageRoute } from '../frame/object-page.routes.js';
import { momentQuery, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { useVisit } from '../frame/visiting.js';
import { capital, clipped, LONG } from '../frame/words.js';
import { Pager } from '../lists/pager.js';
import { Badge } from '../parts/badges.js';
import { Instant, Text } from '../parts/text.js';
import { type Difference, differencesOf, type VersionView } from './differences.js';

const nouns: readonly ResourceName[] = ['claim', 'source', 'party', 'predicate'];
const { limit, cursor } = presentation;
const query = z.strictObject({ limit, cursor, ...momentQuery });

/** Every version of an object: who changed what, when and why, with what was there before. */
export function historyPages(app: App, site: Site): void {
  for (const name of nouns) {
    const { noun } = site.lists[name];
    app.get(`/${noun.plural}/:id/history`, {
      ...objectPageRoute('range', query),
      handler: objectPageHandler<typeof query>(site, async (site, request, reply) => {
        const visit = visitOf(request, site.origin);
        const { id: reference } = request.params;
        const asked = { reference, list: visit.path, query, whole: true };
        const { texts, next, prev } = await readVersions(site, noun, request, reply, asked);
        const versions = texts.map((text) => JSON.parse(text) as VersionView);
        const object = visit.path.replace(/\/history$/, '');
        const page = {
          title: `History of a ${name}`,
          path: visit.path,
          section: `/${noun.plural}`,
          alternates: alternatesOf(visit.moment, [{ path: `/v1${visit.path}`, title: 'JSON' }]),
          body: (
            <>
              <p class="kind">{capital(name)}</p>
              <h1>
                History of{' '}
                <a href={visit.moment.to(object)}>
                  <bdi>{clipped(nameIn(versions) ?? object, LONG)}</bdi>
                </a>
              </h1>
              <ul class="list">
                {versions.map((version, i) => (
                  <Version version={version} before={versions[i + 1]} path={object} />
                ))}
              </ul>
              <Pager next={next} prev={prev} />
            </>
          ),
        };
        return { visit, page };
      }),
    });
  }
}

function nameIn(versions: readonly VersionView[]): string | undefined {
  const { text, title, name, label } = versions.find(({ object }) => object !== null)?.object ?? {};
  return (text ?? title ?? name ?? label) as string | undefined;
}

const operationWords: Readonly<Record<string, string>> = {
  create: 'entered',
  update: 'changed',
  remove: 'removed',
  restore: 'restored',
  merge: 'merged',
};

interface Props {
  version: VersionView;
  before: VersionView | undefined;
  /** The page of the object. */
  path: string;
}

const Version = ({ version, before, path }: Props) => {
  const { origin } = useVisit();
  const { operation, recorded_at, actor, on_behalf_of, reason } = version;
  const differences = differencesOf(version, before);
  return (
    <li>
      <h2>
        {operation === 'remove' ? (
          `Version ${version.version}`
        ) : (
          <a href={`${origin}${path}@${version.version}`}>Version {version.version}</a>
        )}{' '}
        <Badge tone={operation === 'remove' ? 'bad' : 'plain'}>
          {operationWords[operation] ?? operation}
        </Badge>
      </h2>
      <p class="hint">
        <Instant at={recorded_at} /> · <bdi>{on_behalf_of ?? actor.name ?? actor.id}</bdi>
        {reason && (
          <>
            {' · “'}
            <Text text={reason} />”
          </>
        )}
      </p>
      {differences.length > 0 && (
        <dl class="facts">
          {differences.map((difference) => (
            <DifferenceItem difference={difference} />
          ))}
        </dl>
      )}
    </li>
  );
};

const DifferenceItem = ({ difference: { member, before, after } }: { difference: Difference }) => (
  <div>
    <dt>{member}</dt>
    <dd>
      {before !== null && <del dir="auto">{before}</del>} {after !== null && <ins dir="auto">{after}</ins>}
    </dd>
  </div>
);
