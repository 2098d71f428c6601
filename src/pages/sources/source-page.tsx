import { alternatesOf } from '../frame/forms.js';
import type { Source } from '../frame/outputs.js';
import type { Page, Visit } from '../frame/page.js';
import { useVisit } from '../frame/visiting.js';
import { capital, dateWords, plain } from '../frame/words.js';
import { AttributionItem } from '../parts/attribution.js';
import { Badge, originsWords, SupportBadge } from '../parts/badges.js';
import { Cite } from '../parts/cite.js';
import { ClaimList } from '../parts/claim-item.js';
import { reliabilityWords } from '../parts/grades.js';
import { Identifiers } from '../parts/identifiers.js';
import { Mending } from '../parts/mending.js';
import { SourceItem, SourceStatus } from '../parts/object-items.js';
import { External, pathOf, Ref, Refs } from '../parts/reference.js';
import { Section } from '../parts/section.js';
import { DateText, Fact, Heading, Instant } from '../parts/text.js';
import type { SourcePageData } from './source-page.service.js';

/** The page of a source: what it is, what it carries, what has become of it, and what depends on it. */
export function sourcePage(visit: Visit, data: SourcePageData): Page {
  const { source } = data;
  const path = pathOf('source', source);
  const api = `/v1/sources/${source.key ?? source.id}`;
  const by = source.publisher ? ` by ${source.publisher.name}` : '';
  return {
    title: source.title,
    description: `${capital(plain(source.type))}${by}${source.published ? `, ${dateWords(source.published)}` : ''}.`,
    path,
    section: '/sources',
    alternates: alternatesOf(visit.moment, [
      { path: api, title: 'JSON' },
      { path: `${api}/citation.bib`, title: 'BibTeX' },
      { path: `${api}/citation.ris`, title: 'RIS' },
      { path: `${api}/citation`, title: 'CSL-JSON' },
      { path: `${api}/dependents.csv`, title: 'what depends on it as CSV' },
      { path: `${api}/input`, title: 'as it was entered (JSON)' },
      { path: `${api}/history`, title: 'history as JSON' },
    ]),
    linkedData: {
      '@context': 'https://schema.org',
      '@type': 'CreativeWork',
      '@id': visit.origin + path,
      name: source.title,
      url: source.url ?? undefined,
      inLanguage: source.language ?? undefined,
      publisher: source.publisher && { '@type': 'Organization', name: source.publisher.name },
      author: source.authors.map(({ name }) => ({ '@type': 'Person', name })),
    },
    body: <Body data={data} path={path} api={api} />,
  };
}

const Body = ({ data, path, api }: { data: SourcePageData; path: string; api: string }) => {
  const { source, claims, about, parts, derived } = data;
  const { moment } = useVisit();
  const all = { source: source.key ?? source.id };
  return (
    <article class="source">
      <header class="head">
        <p class="kind">{capital(plain(source.type))}</p>
        <Heading text={source.title} language={source.language} />
        <SourceStatus source={source} />{' '}
        {source.reliability && (
          <Badge title="Admiralty grade of the source">{reliabilityWords(source.reliability)}</Badge>
        )}
        <Became source={source} />
        <Mending
          links={[
            [`${path}/attributions/new`, 'Add who denies, corrects or withdraws it'],
            [`${path}/merge`, 'Merge it into another source'],
          ]}
        />
      </header>
      <Facts source={source} />
      <Section
        id="claims"
        title="What it carries"
        more={claims.more ? { href: moment.to('/claims', all), text: 'All of them' } : undefined}
      >
        <ClaimList claims={claims.items} />
      </Section>
      {about.items.length > 0 && (
        <Section id="about" title="What is said of it as a whole" count={about.items.length}>
          <ul class="attributions">
            {about.items.map((said) => (
              <AttributionItem said={said} />
            ))}
          </ul>
        </Section>
      )}
      <Impact data={data} api={api} />
      <Sources id="parts" title="Its parts" sources={parts.items} />
      <Sources id="derived" title="What draws on it" sources={derived.items} />
      <Cite noun="source" path={path} version={source.version} at={source.updated_at}>
        <p>
          For a report: <a href={`${api}/citation.txt`}>as a reference (APA)</a> ·{' '}
          <a href={`${api}/citation.txt?style=vancouver`}>Vancouver</a> ·{' '}
          <a href={`${api}/citation.txt?style=harvard1`}>Harvard</a>
        </p>
      </Cite>
    </article>
  );
};

/** What has become of a source that does not stand as it was. */
const Became = ({ source }: { source: Source }) =>
  source.status === 'current' ? null : (
    <p class="note">
      {capital(source.status)}
      {source.status_date && ` ${dateWords(source.status_date)}`}
      {source.superseded_by.length > 0 && (
        <>
          , superseded by <Refs noun="source" to={source.superseded_by} />
        </>
      )}
      .
    </p>
  );

const Facts = ({ source }: { source: Source }) => (
  <dl class="facts">
    <Fact name="Published by">{source.publisher && <Ref noun="party" to={source.publisher} />}</Fact>
    <Fact name="Authors">{source.authors.length > 0 && <Refs noun="party" to={source.authors} />}</Fact>
    <Fact name="Published">{source.published && <DateText edtf={source.published} />}</Fact>
    <Fact name="Changed by its publisher">{source.modified && <DateText edtf={source.modified} />}</Fact>
    <Fact name="Reports about">{source.reporting_period && <DateText edtf={source.reporting_period} />}</Fact>
    <Fact name="Address">{source.url && <External url={source.url} />}</Fact>
    <Fact name="Archived copy">{source.archived_url && <External url={source.archived_url} />}</Fact>
    <Fact name="Read">{source.retrieved_at && <Instant at={source.retrieved_at} />}</Fact>
    <Fact name="Part of">{source.part_of && <Ref noun="source" to={source.part_of} />}</Fact>
    <Fact name="Draws on">
      {source.derived_from.length > 0 && <Refs noun="source" to={source.derived_from} />}
    </Fact>
    <Fact name="Takes the place of">
      {source.supersedes.length > 0 && <Refs noun="source" to={source.supersedes} />}
    </Fact>
    <Identifiers identifiers={source.identifiers} />
  </dl>
);

const Impact = ({ data: { dependents, source }, api }: { data: SourcePageData; api: string }) => {
  const { moment } = useVisit();
  const { items, total } = dependents;
  const title =
    source.status === 'withdrawn' ? 'What lost support with it' : 'What would lose support without it';
  return (
    <Section
      id="dependents"
      title={title}
      count={total}
      more={
        total > items.length ? { href: moment.data(`${api}/dependents.csv`), text: 'All as CSV' } : undefined
      }
    >
      {items.length === 0 ? (
        <p class="none">No claim depends on it.</p>
      ) : (
        <ul class="list">
          {items.map(({ claim, before, after, fallen }) => (
            <li>
              <p class="title">
                <Ref noun="claim" to={claim} />
              </p>
              <p>
                <SupportBadge standing={before} /> → <SupportBadge standing={after} />{' '}
                <span class="hint">
                  {originsWords(before)} → {originsWords(after)}, {fallen.length}{' '}
                  {fallen.length === 1 ? 'statement loses its ground' : 'statements lose their ground'}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};

const Sources = ({ id, title, sources }: { id: string; title: string; sources: readonly Source[] }) =>
  sources.length === 0 ? null : (
    <Section id={id} title={title} count={sources.length}>
      <ul class="list">
        {sources.map((source) => (
          <SourceItem source={source} />
        ))}
      </ul>
    </Section>
  );
