import { alternatesOf } from '../frame/forms.js';
import type { Predicate } from '../frame/outputs.js';
import type { Page, Visit } from '../frame/page.js';
import { useVisit } from '../frame/visiting.js';
import { capital, measureWords, valueTypeWords } from '../frame/words.js';
import { StandingBadges } from '../parts/badges.js';
import { Cite } from '../parts/cite.js';
import { ClaimList } from '../parts/claim-item.js';
import { Figure, Voices } from '../parts/conflict.js';
import { pathOf, Ref } from '../parts/reference.js';
import { Section } from '../parts/section.js';
import { Fact, Text } from '../parts/text.js';
import type { PredicatePageData } from './predicate-page.service.js';

/** The page of a predicate: what it means, its claims, and the estimates for one subject over time. */
export function predicatePage(visit: Visit, data: PredicatePageData): Page {
  const { predicate, estimates } = data;
  const path = pathOf('predicate', predicate);
  const api = `/v1/predicates/${predicate.id}`;
  const of = visit.query.subject;
  const asked = { subject: of ?? '', predicate: predicate.id };
  return {
    title: estimates ? `${estimates.subject.name} ${predicate.label}` : capital(predicate.label),
    description: predicate.description ?? `Claims in which something ${predicate.label} something.`,
    path,
    section: '/predicates',
    alternates: alternatesOf(visit.moment, [
      { path: api, title: 'JSON' },
      ...(estimates
        ? ['', '.csv', '.svg'].map((ending) => ({
            path: `/v1/estimates${ending}`,
            title: `estimates as ${ending === '' ? 'JSON' : ending.slice(1).toUpperCase()}`,
            query: asked,
            knownBy: true,
          }))
        : []),
      { path: '/v1/claims.csv', title: 'claims as CSV', query: { predicate: predicate.id }, knownBy: true },
      { path: `${api}/input`, title: 'as it was entered (JSON)' },
      { path: `${api}/history`, title: 'history as JSON' },
    ]),
    body: <Body data={data} path={path} />,
  };
}

const Body = ({ data, path }: { data: PredicatePageData; path: string }) => {
  const { predicate, claims } = data;
  const { moment } = useVisit();
  const all = { href: moment.to('/claims', { predicate: predicate.id }), text: 'All of them' };
  return (
    <article class="predicate">
      <header class="head">
        <p class="kind">Predicate</p>
        <h1>
          <bdi>{predicate.label}</bdi>
        </h1>
        {predicate.description && (
          <p>
            <Text text={predicate.description} />
          </p>
        )}
      </header>
      <Facts predicate={predicate} />
      <Estimates data={data} path={path} />
      <Section id="claims" title="Its newest claims" more={claims.more ? all : undefined}>
        <ClaimList claims={claims.items} />
      </Section>
      <Cite noun="predicate" path={path} version={predicate.version} at={predicate.updated_at} />
    </article>
  );
};

const Facts = ({ predicate }: { predicate: Predicate }) => (
  <dl class="facts">
    <Fact name="Values">{valueTypeWords(predicate.value_type)}</Fact>
    <Fact name="Unit">{predicate.unit}</Fact>
    <Fact name="At a time">{predicate.functional && 'one value is true'}</Fact>
    <Fact name="Directions">{predicate.symmetric && 'holds in both'}</Fact>
    <Fact name="Measure">{predicate.measure && measureWords[predicate.measure]}</Fact>
  </dl>
);

/** The competing figures for one subject: a chart, and the same as a table. */
const Estimates = ({
  data: { predicate, subjects, estimates },
  path,
}: {
  data: PredicatePageData;
  path: string;
}) => {
  const { moment, query } = useVisit();
  const asked = { subject: query.subject ?? '', predicate: predicate.id };
  if (subjects.length === 0 && !estimates) return null;
  return (
    <Section
      id="estimates"
      title={estimates ? `Estimates: ${estimates.subject.name}` : 'Estimates over time'}
    >
      <p>
        {estimates ? 'Others: ' : 'Choose whose: '}
        {subjects.slice(0, 12).map((subject, i) => (
          <>
            {i > 0 && ', '}
            <a href={moment.to(path, { subject: subject.key ?? subject.id })}>
              <bdi>{subject.name}</bdi>
            </a>
          </>
        ))}
      </p>
      {estimates && (
        <>
          <figure class="picture">
            <a href={moment.data('/v1/estimates.svg', asked, { knownBy: true })}>
              <img
                src={moment.data('/v1/estimates.svg', asked, { knownBy: true })}
                alt={`Chart of the figures for “${predicate.label}” of ${estimates.subject.name}; the table below has the same.`}
                loading="lazy"
              />
            </a>
          </figure>
          <FigureTable
            estimates={estimates}
            rest={moment.data('/v1/estimates.csv', asked, { knownBy: true })}
          />
        </>
      )}
    </Section>
  );
};

const FigureTable = ({
  estimates: { items, complete },
  rest,
}: {
  estimates: NonNullable<PredicatePageData['estimates']>;
  /** Where all figures are. */
  rest: string;
}) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Claim, and who says it</th>
          <th scope="col">Standing</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr>
            <td>
              <Figure side={item} />
            </td>
            <td>
              <Ref noun="claim" to={item.claim} />
              <Voices side={item} />
            </td>
            <td>
              <StandingBadges standing={item.standing} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {!complete && (
      <p class="hint">
        There are more; <a href={rest}>the CSV</a> has them.
      </p>
    )}
  </div>
);
