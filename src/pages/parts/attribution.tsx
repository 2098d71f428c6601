import type { Attribution } from '../frame/outputs.js';
import { useVisit } from '../frame/visiting.js';
import { plain } from '../frame/words.js';
import { Badge, type Tone } from './badges.js';
import { Mending } from './mending.js';
import { Ref } from './reference.js';
import { DateText, Text } from './text.js';

const tones: Partial<Record<Attribution['stance'], Tone>> = {
  asserts: 'good',
  confirms: 'good',
  denies: 'bad',
  disputes: 'bad',
  retracts: 'bad',
};

/** Who says it: whose words these are, where they stand, when they were said, and from whom they are. */
export const AttributionItem = ({ said }: { said: Attribution }) => (
  <li id={said.id} class={said.retracted ? 'said taken-back' : 'said'}>
    <p class="who">
      <Ref noun="party" to={said.party} />
      {said.speaker && (
        <>
          , in the words of <Ref noun="party" to={said.speaker} />
        </>
      )}{' '}
      <Badge tone={tones[said.stance] ?? 'plain'}>{said.stance}</Badge>{' '}
      {said.retracted && (
        <Badge tone="bad" title="It was taken back and no longer counts.">
          taken back
        </Badge>
      )}{' '}
      {said.said && (
        <span class="when">
          <DateText edtf={said.said} />
        </span>
      )}
    </p>
    {said.quote && (
      <blockquote dir="auto">
        {said.quote.prefix && <span class="around">{said.quote.prefix}</span>}
        <mark>{said.quote.exact}</mark>
        {said.quote.suffix && <span class="around">{said.quote.suffix}</span>}
      </blockquote>
    )}
    {said.quote && <Mending links={[[`/attributions/${said.id}/quote`, 'Correct the quote']]} />}
    <Where said={said} />
    <From said={said} />
    {said.note && (
      <p class="note">
        <Text text={said.note} />
      </p>
    )}
  </li>
);

/** What somebody does, which is from nobody else. */
const ACTS: ReadonlySet<string> = new Set(['retracts', 'corrects', 'declines']);

/** From whom the words are, and what became of them. */
const From = ({ said }: { said: Attribution }) => {
  const { moment } = useVisit();
  return (
    <p class="from">
      {said.lineage === 'originates' && 'From their own knowledge. '}
      {said.relays.length > 0 && (
        <>
          {'Passes on what is said by '}
          {said.relays.map((relayed, i) => (
            <>
              {i > 0 && ', '}
              <a href={`#${relayed.id}`}>
                <bdi>{relayed.name}</bdi>
              </a>
            </>
          ))}
          .{' '}
        </>
      )}
      {said.lineage === 'unknown' && !ACTS.has(said.stance) && 'From whom they have it is not known. '}
      {said.retracted_by && (
        <>
          Taken back by{' '}
          <a href={moment.to(`/attributions/${said.retracted_by.id}`)}>
            <bdi>{said.retracted_by.name}</bdi>
          </a>
          .
        </>
      )}
    </p>
  );
};

const Where = ({ said }: { said: Attribution }) => {
  const parts = [
    said.source && (
      <>
        in <Ref noun="source" to={said.source} />
        {locatorWords(said)}
        {said.source_access === 'through_relay' && ' (known only through those who pass it on)'}
      </>
    ),
    said.party_as_stated && (
      <>
        named in the document as “<Text text={said.party_as_stated} />”
      </>
    ),
    said.capacity && <Text text={said.capacity} />,
    said.manner && said.manner !== said.stance && `${said.manner} it`,
    said.basis && basisWords[said.basis],
  ].filter((part) => part);
  return parts.length === 0 ? null : (
    <p class="where">
      {parts.map((part, i) => (
        <>
          {i > 0 && ' · '}
          {part}
        </>
      ))}
    </p>
  );
};

const basisWords: Record<NonNullable<Attribution['basis']>, string> = {
  witnessed: 'saw it',
  documented: 'from documents',
  told: 'was told',
  deduced: 'concludes it',
  unknown: 'how it is known is not said',
};

function locatorWords({ locator }: Attribution): string {
  if (!locator) return '';
  const parts = Object.entries(locator).filter(([, value]) => value !== null);
  return parts.map(([name, value]) => `, ${plain(name)} ${value}`).join('');
}
