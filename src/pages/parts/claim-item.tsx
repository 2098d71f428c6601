import type { Claim } from '../frame/outputs.js';
import { useVisit } from '../frame/visiting.js';
import { clipped, dateWords, LONG } from '../frame/words.js';
import { StandingBadges } from './badges.js';
import { pathOf, Ref } from './reference.js';

/** A claim in a list: what is claimed, how it stands, about whom. */
export const ClaimItem = ({ claim }: { claim: Claim }) => (
  <li>
    <p class="title">
      <a href={useVisit().moment.to(pathOf('claim', claim))} dir="auto" lang={claim.language ?? undefined}>
        {clipped(claim.text, LONG)}
      </a>
    </p>
    <p class="hint">
      <StandingBadges standing={claim.standing} />
      {claim.subject && (
        <>
          {' · '}
          <Ref noun="party" to={claim.subject} />
        </>
      )}
      {claim.occurred && ` · ${dateWords(claim.occurred)}`}
    </p>
  </li>
);

export const ClaimList = ({ claims }: { claims: readonly Claim[] }) =>
  claims.length === 0 ? (
    <p class="none">No claims.</p>
  ) : (
    <ul class="list">
      {claims.map((claim) => (
        <ClaimItem claim={claim} />
      ))}
    </ul>
  );
