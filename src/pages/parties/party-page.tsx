import { alternatesOf } from '../frame/forms.js';
import type { Some } from '../frame/objects.service.js';
import type { Claim, Party } from '../frame/outputs.js';
import type { Page, Visit } from '../frame/page.js';
import { useVisit } from '../frame/visiting.js';
import { capital, clipped, plain, regionWords } from '../frame/words.js';
import { Badge } from '../parts/badges.js';
import { Cite } from '../parts/cite.js';
import { ClaimList } from '../parts/claim-item.js';
import { Identifiers } from '../parts/identifiers.js';
import { Mending } from '../parts/mending.js';
import { PartyItem } from '../parts/object-items.js';
import { pathOf, Ref } from '../parts/reference.js';
import { Section } from '../parts/section.js';
import { DateText, Fact, Text } from '../parts/text.js';
import type { PartyPageData } from './party-page.service.js';
import { denying, saying } from './stances.js';

/** The page of a party: its names, what it says and denies, what is said about it, and its parts. */
export function partyPage(visit: Visit, data: PartyPageData): Page {
  const { party } = data;
  const path = pathOf('party', party);
  const api = `/v1/parties/${party.key ?? party.id}`;
  const of = party.key ?? party.id;
  return {
    title: party.name,
    description:
      party.description === null ? `What ${party.name} says and denies.` : clipped(party.description, 200),
    path,
    section: '/parties',
    alternates: alternatesOf(visit.moment, [
      { path: api, title: 'JSON' },
      { path: '/v1/claims', title: 'what it says as JSON', query: { party: of }, knownBy: true },
      { path: '/v1/attributions.csv', title: 'what it says as CSV', query: { party: of }, knownBy: true },
      { path: `${api}/dependents.csv`, title: 'what depends on it as CSV' },
      { path: `${api}/input`, title: 'as it was entered (JSON)' },
      { path: `${api}/history`, title: 'history as JSON' },
    ]),
    body: <Body data={data} path={path} of={of} />,
  };
}

const Body = ({ data, path, of }: { data: PartyPageData; path: string; of: string }) => {
  const { party, says, denies, about, parts } = data;
  const { moment } = useVisit();
  return (
    <article class="party">
      <header class="head">
        <p class="kind">
          {capital(plain(party.kind))} {party.unnamed && <Badge>not named</Badge>}
        </p>
        <h1>
          <bdi>{party.name}</bdi>
        </h1>
        {party.description && (
          <p>
            <Text text={party.description} />
          </p>
        )}
        <Mending links={[[`${path}/merge`, 'Merge it into another party']]} />
      </header>
      <Facts party={party} />
      <Claims id="says" title="What it says" claims={says} query={{ party: of, stance: saying.join(',') }} />
      <Claims
        id="denies"
        title="What it denies"
        claims={denies}
        query={{ party: of, stance: denying.join(',') }}
      />
      <Claims id="about" title="What is said about it" claims={about} query={{ about: of }} />
      {parts.items.length > 0 && (
        <Section
          id="parts"
          title="Its parts"
          more={
            parts.more ? { href: moment.to('/parties', { part_of: of }), text: 'All of them' } : undefined
          }
        >
          <ul class="list">
            {parts.items.map((part) => (
              <PartyItem party={part} />
            ))}
          </ul>
        </Section>
      )}
      <Cite noun="party" path={path} version={party.version} at={party.updated_at} />
    </article>
  );
};

const Facts = ({ party }: { party: Party }) => (
  <dl class="facts">
    <Fact name="Other names">
      {party.names.length > 0 &&
        party.names.map(({ name, kind, language }, i) => (
          <>
            {i > 0 && ', '}
            <bdi lang={language ?? undefined}>{name}</bdi> <span class="hint">({kind})</span>
          </>
        ))}
    </Fact>
    <Fact name="Part of">{party.part_of && <Ref noun="party" to={party.part_of} />}</Fact>
    <Fact name="Country">{party.country && regionWords(party.country)}</Fact>
    <Fact name="Born">{party.born && <DateText edtf={party.born} />}</Fact>
    <Fact name="Stands for">{party.count && countWords(party.count)}</Fact>
    <Fact name="Voice">{party.independent_voice && 'counts as an origin of its own'}</Fact>
    <Identifiers identifiers={party.identifiers} />
  </dl>
);

function countWords({ min, max }: NonNullable<Party['count']>): string {
  if (min !== null && max !== null) return min === max ? `${min}` : `${min} to ${max}`;
  if (min !== null) return `at least ${min}`;
  return max === null ? 'an unknown number' : `at most ${max}`;
}

interface ClaimsProps {
  id: string;
  title: string;
  claims: Some<Claim>;
  /** The filters by which the list of claims shows all of them. */
  query: Record<string, string>;
}

const Claims = ({ id, title, claims, query }: ClaimsProps) => {
  const { moment } = useVisit();
  return claims.items.length === 0 ? null : (
    <Section
      id={id}
      title={title}
      more={claims.more ? { href: moment.to('/claims', query), text: 'All of them' } : undefined}
    >
      <ClaimList claims={claims.items} />
    </Section>
  );
};
