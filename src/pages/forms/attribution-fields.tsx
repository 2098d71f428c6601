import { lineages } from '../../attributions/stances.js';
import { Choice, DATE_HINT, ObjectField, TextField } from './fields.js';

/** Stances to a claim that stand by themselves: words are taken back where they stand. */
const stances = ['asserts', 'confirms', 'reports', 'denies', 'disputes', 'declines'] as const;

interface Props {
  /** The pointer before those of its members. */
  at?: string;
  /** Sets the ids of this row apart. */
  n: string;
  /** The stance that is offered first. */
  stance?: (typeof stances)[number];
  /** Attributions that it can pass on or answer. */
  others?: readonly (readonly [id: string, words: string])[];
}

/** Who says it, in which source, in which words, and through whom. */
export const AttributionFields = ({ at = '', n, stance = 'asserts', others }: Props) => (
  <>
    <div class="fields">
      <ObjectField name={`${at}/party`} label="Who" noun="party" n={n} required />
      <Choice
        name={`${at}/stance`}
        label="Stance"
        options={[stance, ...stances.filter((other) => other !== stance)]}
      />
      <ObjectField name={`${at}/source`} label="In which source" noun="source" n={n} />
      <TextField name={`${at}/locator/page`} label="Page" />
      <TextField name={`${at}/said`} label="Said" hint={DATE_HINT} date />
    </div>
    <TextField name={`${at}/quote/exact`} label="Quote, letter for letter" tall />
    <div class="fields">
      <Choice
        name={`${at}/relays/0`}
        label="Through whom"
        none="Nobody: these are their own words"
        options={others ?? []}
        hint="Whose words it passes on, among those who say it here."
      />
      {others && (
        <Choice name={`${at}/in_reply_to`} label="In answer to" none="Nothing named" options={others} />
      )}
      <Choice
        name={`${at}/lineage`}
        label="Where it is from"
        none="As the fields above say"
        options={lineages}
      />
    </div>
    <TextField name={`${at}/note`} label="Note" />
  </>
);
