import type { Assessment, Claim, Relation } from '../frame/outputs.js';
import { useVisit } from '../frame/visiting.js';
import { numberWords, plain } from '../frame/words.js';
import { Badge, StandingBadges } from '../parts/badges.js';
import { ConflictBadge, Figure, Voices } from '../parts/conflict.js';
import { credibilityWords } from '../parts/grades.js';
import { Ref } from '../parts/reference.js';
import { Section } from '../parts/section.js';
import { DateText, Instant, Text } from '../parts/text.js';
import type { ClaimPageData } from './claim-page.service.js';

/** Attributions of which a page shows the picture: one of more cannot be read at the width of a page. */
const MOST_DRAWN = 100;

/** The way of the words as a picture, which the API draws. */
export const Chain = ({ claim, summary }: { claim: Claim; summary: string }) => {
  const { moment } = useVisit();
  const picture = moment.data(`/v1/claims/${claim.key ?? claim.id}/provenance.svg`, {}, { knownBy: true });
  return claim.attribution_count === 0 ? null : (
    <Section id="chain" title="How it came here">
      <figure class="picture">
        {claim.attribution_count > MOST_DRAWN ? (
          <a href={picture}>A picture of all {numberWords(claim.attribution_count)} attributions</a>
        ) : (
          <a href={picture}>
            <img src={picture} alt={`The chain of who says it through whom. ${summary}`} loading="lazy" />
          </a>
        )}
        <figcaption>Who passes on whose words; the same is listed above.</figcaption>
      </figure>
    </Section>
  );
};

export const Conflicts = ({ claim, conflicts }: { claim: Claim; conflicts: ClaimPageData['conflicts'] }) => {
  const { moment } = useVisit();
  if (conflicts.items.length === 0) return null;
  return (
    <Section
      id="conflicts"
      title="Other figures for the same"
      count={conflicts.items.length}
      more={
        conflicts.more
          ? {
              href: moment.data(`/v1/claims/${claim.id}/conflicts`, {}, { knownBy: true }),
              text: 'All as JSON',
            }
          : undefined
      }
    >
      <ul class="list">
        {conflicts.items.map((conflict) => {
          const other = conflict.sides.find((side) => side.claim.id !== claim.id) ?? conflict.sides[0]!;
          return (
            <li>
              <p>
                <ConflictBadge kind={conflict.kind} /> <Figure side={other} />
              </p>
              <p>
                <Ref noun="claim" to={other.claim} />
              </p>
              <Voices side={other} />
              <p class="why" dir="auto">
                {conflict.why.join(' ')}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
};

/** The competing figures over time, where a claim is one of them. */
export const Estimates = ({ data: { claim, predicate, conflicts } }: { data: ClaimPageData }) => {
  const { moment } = useVisit();
  const { subject } = claim;
  if (!subject || !predicate || conflicts.items.length === 0) return null;
  if (predicate.value_type !== 'quantity' && predicate.value_type !== 'money') return null;
  const asked = { subject: subject.key ?? subject.id, predicate: predicate.id };
  const page = moment.to(`/predicates/${predicate.id}`, { subject: asked.subject });
  return (
    <Section id="estimates" title="Estimates over time" more={{ href: page, text: 'All figures' }}>
      <figure class="picture">
        <a href={page}>
          <img
            src={moment.data('/v1/estimates.svg', asked, { knownBy: true })}
            alt={`Chart of the figures for ${predicate.label} of ${subject.name}.`}
            loading="lazy"
          />
        </a>
      </figure>
    </Section>
  );
};

export const TimelineList = ({ timeline }: { timeline: ClaimPageData['timeline'] }) =>
  timeline.items.length === 0 ? null : (
    <Section id="timeline" title="Timeline">
      <ol class="timeline">
        {timeline.items.map((event) => (
          <li>
            <span class="when">
              {event.said ? <DateText edtf={event.said} /> : <DateText edtf={event.date} />}
              {event.dated_by === 'source' && <span class="hint"> (date of the source)</span>}
            </span>
            <span>
              <Ref noun="party" to={event.party} /> {event.stance}{' '}
              {event.about_source ? <Ref noun="source" to={event.about_source} /> : 'it'}
              {event.source && (
                <>
                  {' in '}
                  <Ref noun="source" to={event.source} />
                </>
              )}
            </span>
            <span>
              <span class="hint">standing then: </span>
              <StandingBadges standing={event.standing} />
            </span>
          </li>
        ))}
      </ol>
      {timeline.undated > 0 && <p class="hint">{undatedWords(timeline.undated)}</p>}
    </Section>
  );

const undatedWords = (undated: number): string =>
  undated === 1
    ? '1 statement has no date and is left out.'
    : `${numberWords(undated)} statements have no date and are left out.`;

export const Assessments = ({ assessments }: { assessments: ClaimPageData['assessments'] }) =>
  assessments.items.length === 0 ? null : (
    <Section id="assessments" title="How analysts judge it" count={assessments.items.length}>
      <ul class="list">
        {assessments.items.map((one) => (
          <AssessmentItem one={one} />
        ))}
      </ul>
    </Section>
  );

const AssessmentItem = ({ one }: { one: Assessment }) => (
  <li>
    <p>
      {one.verdict && (
        <strong>
          <bdi>{one.verdict}</bdi>
        </strong>
      )}{' '}
      {one.credibility && (
        <Badge title="Admiralty grade of the information">{credibilityWords(one.credibility)}</Badge>
      )}{' '}
      {one.likelihood && <Badge>{plain(one.likelihood)}</Badge>}{' '}
      {one.confidence && <Badge>{`${one.confidence} confidence`}</Badge>}
    </p>
    {one.rationale && (
      <p>
        <Text text={one.rationale} />
      </p>
    )}
    <p class="hint">
      {one.assessor && <bdi>{one.assessor}</bdi>}
      {one.assessor && one.assessed_at && ', '}
      {one.assessed_at && <Instant at={one.assessed_at} />}
    </p>
  </li>
);

export const Relations = ({ claim, relations }: { claim: Claim; relations: ClaimPageData['relations'] }) =>
  relations.items.length === 0 ? null : (
    <Section id="relations" title="What it is to other claims" count={relations.items.length}>
      <ul class="list">
        {relations.items.map((relation) => (
          <RelationItem claim={claim} relation={relation} />
        ))}
      </ul>
    </Section>
  );

const RelationItem = ({
  claim,
  relation: { from, type, to, note },
}: {
  claim: Claim;
  relation: Relation;
}) => (
  <li>
    <p>
      {from.id === claim.id ? 'This one' : <Ref noun="claim" to={from} />} <Badge>{plain(type)}</Badge>{' '}
      {to.id === claim.id ? 'this one' : <Ref noun="claim" to={to} />}
    </p>
    {note && (
      <p>
        <Text text={note} />
      </p>
    )}
  </li>
);
