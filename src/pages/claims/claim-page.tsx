import { alternatesOf } from '../frame/forms.js';
import type { Claim } from '../frame/outputs.js';
import type { Alternate, Page, Visit } from '../frame/page.js';
import { useVisit } from '../frame/visiting.js';
import { capital, clipped, numberWords, plain, regionWords } from '../frame/words.js';
import { AttributionItem } from '../parts/attribution.js';
import { Badge, originsWords, StandingBadges } from '../parts/badges.js';
import { Cite } from '../parts/cite.js';
import { Mending } from '../parts/mending.js';
import { pathOf, Ref } from '../parts/reference.js';
import { Section } from '../parts/section.js';
import { DateText, Fact, Heading, Instant, Text } from '../parts/text.js';
import { valueText } from '../parts/value.js';
import { claimLinkedData } from './claim-linked-data.js';
import type { ClaimPageData } from './claim-page.service.js';
import { Assessments, Chain, Conflicts, Estimates, Relations, TimelineList } from './claim-parts.js';

/** The page of a claim: what is claimed, how it stands, who says it through whom, and what speaks against it. */
export function claimPage(visit: Visit, data: ClaimPageData): Page {
  const { claim, explanation } = data;
  const path = pathOf('claim', claim);
  return {
    title: clipped(claim.text, 120),
    description: explanation.sentences.slice(0, 2).join(' '),
    path,
    section: '/claims',
    alternates: formsOf(visit, claim),
    linkedData: claimLinkedData(visit.origin, claim),
    body: <Body data={data} path={path} />,
  };
}

/** The same claim for machines, each form at its own address. */
function formsOf({ moment }: Visit, claim: Claim): Alternate[] {
  const api = `/v1/claims/${claim.key ?? claim.id}`;
  return alternatesOf(moment, [
    { path: api, title: 'JSON' },
    { path: `${api}/standing`, title: 'standing explained', knownBy: true },
    { path: `${api}/provenance`, title: 'chain as JSON', knownBy: true },
    { path: `${api}/provenance.svg`, title: 'chain as SVG', knownBy: true },
    { path: `${api}/provenance.dot`, title: 'DOT', knownBy: true },
    { path: `${api}/provenance.mermaid`, title: 'Mermaid', knownBy: true },
    { path: `${api}/attributions.csv`, title: 'attributions as CSV' },
    { path: `${api}/timeline.csv`, title: 'timeline as CSV' },
    { path: `${api}/input`, title: 'as it was entered (JSON)' },
    { path: `${api}/history`, title: 'history as JSON' },
  ]);
}

const Body = ({ data, path }: { data: ClaimPageData; path: string }) => {
  const { claim, explanation } = data;
  const { moment } = useVisit();
  const against = claim.attributions.filter(({ stance }) => opposing.has(stance));
  const supporting = claim.attributions.filter(({ stance }) => !opposing.has(stance));
  const left = claim.attribution_count - claim.attributions.length;
  return (
    <article class="claim">
      <header class="head">
        <p class="kind">{capital(claim.kind)}</p>
        <Heading text={claim.text} language={claim.language} />
        <StandingBadges standing={claim.standing} /> <Badge>{originsWords(claim.standing)}</Badge>
        <Reasons sentences={explanation.sentences} />
        <Mending
          links={[
            [`${path}/attributions/new`, 'Add a denial, or who else says it'],
            [`${path}/assessments/new`, 'Assess it'],
            [`${path}/merge`, 'Merge it into another claim'],
          ]}
        />
      </header>
      <Facts data={data} />
      <Section id="said" title="Who says it" count={left > 0 ? undefined : supporting.length}>
        {supporting.length === 0 ? (
          <p class="none">Nobody is recorded as saying it.</p>
        ) : (
          <ul class="attributions">
            {supporting.map((said) => (
              <AttributionItem said={said} />
            ))}
          </ul>
        )}
        {left > 0 && (
          <p class="hint">
            The first {numberWords(claim.attributions.length)} of {numberWords(claim.attribution_count)} are
            shown; <a href={moment.data(`/v1/claims/${claim.key ?? claim.id}/attributions.csv`)}>the CSV</a>{' '}
            has all.
          </p>
        )}
      </Section>
      {against.length > 0 && (
        <Section id="denied" title="Who denies or withdraws it" count={against.length}>
          <ul class="attributions">
            {against.map((said) => (
              <AttributionItem said={said} />
            ))}
          </ul>
        </Section>
      )}
      <Chain claim={claim} summary={explanation.sentences[0] ?? ''} />
      <Conflicts claim={claim} conflicts={data.conflicts} />
      <Estimates data={data} />
      <TimelineList timeline={data.timeline} />
      <Assessments assessments={data.assessments} />
      <Relations claim={claim} relations={data.relations} />
      <Cite noun="claim" path={path} version={claim.version} at={claim.updated_at}>
        <SentenceLinks claim={claim} />
      </Cite>
    </article>
  );
};

/** The standing in words; what is behind the numbers opens on request. */
const Reasons = ({ sentences: [first, second, ...rest] }: { sentences: readonly string[] }) => (
  <div class="reasons">
    <p dir="auto">
      {first} {second}
    </p>
    {rest.length > 0 && (
      <details>
        <summary>How the origins are counted</summary>
        <ul>
          {rest.map((sentence) => (
            <li dir="auto">{sentence}</li>
          ))}
        </ul>
      </details>
    )}
  </div>
);

const opposing: ReadonlySet<string> = new Set(['denies', 'disputes', 'declines', 'retracts']);

/** The same as data: what the words of the claim say, member by member. */
const Facts = ({ data: { claim, predicate } }: { data: ClaimPageData }) => {
  const { moment } = useVisit();
  const value = valueText(claim.value, predicate?.unit ?? null);
  return (
    <dl class="facts">
      <Fact name="About">{claim.subject && <Ref noun="party" to={claim.subject} />}</Fact>
      <Fact name="What">{claim.predicate && <Ref noun="predicate" to={claim.predicate} />}</Fact>
      <Fact name="Value">
        {value && (
          <strong class="value">
            <bdi>{value}</bdi>
          </strong>
        )}
        {value && claim.value.as_stated && (
          <>
            {' '}
            “<Text text={claim.value.as_stated} />”
          </>
        )}
      </Fact>
      <Fact name="Counted">{claim.scope && <Text text={claim.scope} />}</Fact>
      <Fact name="When">
        {claim.occurred && <DateText edtf={claim.occurred} />}
        {claim.occurred_inherited && <span class="hint"> (the time that the source reports about)</span>}
        {claim.occurred && claim.occurred_as_stated && (
          <>
            {' '}
            “<Text text={claim.occurred_as_stated} />”
          </>
        )}
      </Fact>
      <Fact name="Where">
        {claim.places.length > 0 &&
          claim.places.map((place, i) => (
            <>
              {i > 0 && ', '}
              <bdi>{placeWords(place)}</bdi>
            </>
          ))}
      </Fact>
      <Fact name="With">
        {claim.participants.length > 0 &&
          claim.participants.map(({ party, role }, i) => (
            <>
              {i > 0 && ', '}
              <Ref noun="party" to={party} /> ({role})
            </>
          ))}
      </Fact>
      <Fact name="Topics">
        {claim.topics.length > 0 &&
          claim.topics.map((topic, i) => (
            <>
              {i > 0 && ', '}
              <a href={moment.to('/claims', { topic })}>{plain(topic)}</a>
            </>
          ))}
      </Fact>
      <Fact name="Recorded">
        <Instant at={claim.created_at} />
        {claim.version > 1 && (
          <>
            , version {claim.version} since <Instant at={claim.updated_at} />
          </>
        )}
      </Fact>
    </dl>
  );
};

/** A place by its name, with the region where the name does not say that already. */
function placeWords({ name, iso_3166: code, lat, lon }: Claim['places'][number]): string {
  if (code === null) return name ?? `${lat}, ${lon}`;
  const region = regionWords(code);
  return name === null || name === region ? region : `${name} (${region})`;
}

const SentenceLinks = ({ claim }: { claim: Claim }) => {
  const sentence = `/v1/claims/${claim.key ?? claim.id}/attribution-sentence.txt`;
  return (
    <p>
      For a report: <a href={sentence}>the claim in one sentence, with who says it</a> ·{' '}
      <a href={`${sentence}?style=footnote`}>a footnote</a>
    </p>
  );
};
