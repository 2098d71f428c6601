import type { Conflict, Reference } from '../frame/outputs.js';
import { dateWords } from '../frame/words.js';
import { Badge, type Tone } from './badges.js';
import { Ref, Refs } from './reference.js';
import { valueText } from './value.js';

const tones: Partial<Record<Conflict['kind'], Tone>> = { contradiction: 'bad', overlapping: 'fair' };

const words: Record<Conflict['kind'], string> = {
  contradiction: 'Contradiction',
  overlapping: 'Both can be right',
  different_time: 'Another time',
  different_scope: 'Something else is counted',
  unknown_time: 'A time is not known',
};

export const ConflictBadge = ({ kind }: Pick<Conflict, 'kind'>) => (
  <Badge tone={tones[kind] ?? 'plain'}>{words[kind]}</Badge>
);

/** Two claims that were compared, side by side, and why they do or do not exclude each other. */
export const ConflictPair = ({
  conflict: { kind, why, subject, predicate, sides },
}: {
  conflict: Conflict;
}) => (
  <li>
    <p>
      <ConflictBadge kind={kind} /> <Ref noun="party" to={subject} /> <Ref noun="predicate" to={predicate} />
    </p>
    <div class="sides">
      {sides.map((side) => (
        <div>
          <p>
            <Figure side={side} />
          </p>
          <p class="title">
            <Ref noun="claim" to={side.claim} />
          </p>
          <Voices side={side} />
        </div>
      ))}
    </div>
    <p class="why" dir="auto">
      {why.join(' ')}
    </p>
  </li>
);

type Side = Conflict['sides'][number];

/** What one of the claims gives, and of which time it speaks. */
export const Figure = ({
  side: { value, unit, occurred },
}: {
  side: Pick<Side, 'value' | 'unit' | 'occurred'>;
}) => {
  const text = valueText(value, unit);
  return (
    <>
      {text && (
        <strong class="value">
          <bdi>{text}</bdi>
        </strong>
      )}
      {occurred && ` · ${dateWords(occurred)}`}
    </>
  );
};

interface Speakers {
  asserted_by: readonly Reference[];
  reported_by: readonly Reference[];
  denied_by: readonly Reference[];
}

/** Who says and who denies a figure. */
export const Voices = ({ side: { asserted_by, reported_by, denied_by } }: { side: Speakers }) => (
  <p class="hint">
    {asserted_by.length > 0 && (
      <>
        Asserted by <Refs noun="party" to={asserted_by} />.{' '}
      </>
    )}
    {reported_by.length > 0 && (
      <>
        Reported by <Refs noun="party" to={reported_by} />.{' '}
      </>
    )}
    {denied_by.length > 0 && (
      <>
        Denied by <Refs noun="party" to={denied_by} />.
      </>
    )}
  </p>
);
