import type { Party, Predicate, Source } from '../frame/outputs.js';
import { useVisit } from '../frame/visiting.js';
import {
  capital,
  clipped,
  dateWords,
  LONG,
  measureWords,
  plain,
  regionWords,
  valueTypeWords,
} from '../frame/words.js';
import { Badge } from './badges.js';
import { reliabilityWords } from './grades.js';
import { pathOf, Ref } from './reference.js';

/** Objects in lists: their name, and what tells them from others. */

export const SourceItem = ({ source }: { source: Source }) => (
  <li>
    <p class="title">
      <a href={useVisit().moment.to(pathOf('source', source))} dir="auto" lang={source.language ?? undefined}>
        {clipped(source.title, LONG)}
      </a>{' '}
      <SourceStatus source={source} />
    </p>
    <p class="hint">
      {capital(plain(source.type))}
      {source.publisher && (
        <>
          {' · '}
          <Ref noun="party" to={source.publisher} />
        </>
      )}
      {source.published && ` · ${dateWords(source.published)}`}
      {source.reliability && ` · ${reliabilityWords(source.reliability)}`}
    </p>
  </li>
);

const statusTones = { withdrawn: 'bad', corrected: 'fair', superseded: 'weak', current: 'plain' } as const;

/** What has become of a source; nothing where it stands as it was. */
export const SourceStatus = ({ source: { status } }: { source: Pick<Source, 'status'> }) =>
  status === 'current' ? null : <Badge tone={statusTones[status]}>{capital(status)}</Badge>;

export const PartyItem = ({ party }: { party: Party }) => (
  <li>
    <p class="title">
      <a href={useVisit().moment.to(pathOf('party', party))}>
        <bdi>{clipped(party.name, LONG)}</bdi>
      </a>{' '}
      {party.unnamed && <Badge>not named</Badge>}
    </p>
    <p class="hint">
      {capital(plain(party.kind))}
      {party.country && ` · ${regionWords(party.country)}`}
      {party.part_of && (
        <>
          {' · part of '}
          <Ref noun="party" to={party.part_of} />
        </>
      )}
    </p>
  </li>
);

export const PredicateItem = ({ predicate }: { predicate: Predicate }) => (
  <li>
    <p class="title">
      <a href={useVisit().moment.to(pathOf('predicate', predicate))}>
        <bdi>{predicate.label}</bdi>
      </a>
    </p>
    <p class="hint">
      {valueTypeWords(predicate.value_type)}
      {predicate.unit && `, in ${predicate.unit}`}
      {predicate.functional && ' · one value at a time'}
      {predicate.symmetric && ' · in both directions'}
      {predicate.measure && ` · ${measureWords[predicate.measure]}`}
    </p>
    {predicate.description && <p dir="auto">{predicate.description}</p>}
  </li>
);
