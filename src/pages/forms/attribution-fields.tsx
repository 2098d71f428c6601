import { accesses, bases, manners } from '../../attributions/stances.js';
import type { Attribution } from '../frame/outputs.js';
import { Choice, DATE_HINT, More, ObjectField, TextField } from './fields.js';

/** What a party can do with a claim or, of a whole source, with what that says. */
const stancesTo = {
  claim: ['asserts', 'confirms', 'reports', 'denies', 'disputes', 'declines', 'retracts'],
  source: ['denies', 'disputes', 'confirms', 'corrects', 'retracts'],
} as const;

interface Props {
  /** The pointer before those of its members. */
  at?: string;
  /** Sets the ids of this row apart. */
  n: string;
  /** What it is about. */
  to?: keyof typeof stancesTo;
  /** The stance that is offered first. */
  stance?: string;
  /** Attributions that are stored already, which it can pass on or answer. */
  stored?: readonly Pick<Attribution, 'id' | 'party' | 'stance'>[];
}

/** Who says it, in which source, in which words, and through whom. */
export const AttributionFields = ({ at = '', n, to = 'claim', stance, stored = [] }: Props) => {
  const stances: readonly string[] = stancesTo[to];
  const first = stance ?? stances[0]!;
  return (
    <>
      <div class="fields">
        <ObjectField name={`${at}/party`} label="Who" noun="party" n={n} required />
        <Choice
          name={`${at}/stance`}
          label="Stance"
          options={[first, ...stances.filter((other) => other !== first)]}
        />
        <ObjectField name={`${at}/source`} label="In which source" noun="source" n={n} />
        <TextField name={`${at}/said`} label="Said" hint={DATE_HINT} date />
      </div>
      <TextField
        name={`${at}/quote/exact`}
        label="Quote, letter for letter"
        hint="The passage as the source has it, also with its mistakes."
        tall
      />
      {to === 'claim' && <Chain at={at} stored={stored} />}
      <More of="More: the speaker, the place in the source, how it was said">
        <div class="fields">
          <ObjectField
            name={`${at}/speaker`}
            label="Person who spoke"
            hint="For whom they spoke stands above, under who."
            noun="party"
            n={n}
          />
          <TextField name={`${at}/capacity`} label="In which capacity" hint="as governor of Kunar" />
          <TextField
            name={`${at}/party_as_stated`}
            label="What the source calls them"
            hint="Letter for letter: “Kabul”."
          />
          <TextField name={`${at}/said_as_stated`} label="When, in the words of the source" />
        </div>
        <div class="fields">
          <TextField name={`${at}/locator/page`} label="Page" />
          <TextField name={`${at}/locator/paragraph`} label="Paragraph" />
          <TextField name={`${at}/locator/section`} label="Section" />
          <TextField name={`${at}/locator/timecode`} label="Time in the recording" hint="00:12:30" />
        </div>
        <div class="fields">
          <TextField name={`${at}/quote/prefix`} label="Words before the quote" />
          <TextField name={`${at}/quote/suffix`} label="Words after the quote" />
        </div>
        <div class="fields">
          <Choice name={`${at}/manner`} label="How they put it" none="Not said" options={manners} />
          <Choice name={`${at}/basis`} label="What they base it on" none="Not said" options={bases} />
          <Choice
            name={`${at}/source_access`}
            label="How the source is known"
            none="Not said"
            options={accesses.map((access) => [
              access,
              access === 'read' ? 'It was read' : 'Only through who passes it on',
            ])}
          />
        </div>
        <TextField name={`${at}/note`} label="Note" tall />
      </More>
    </>
  );
};

/** Where they have it from. Those who are entered in the same form are offered by the script. */
const Chain = ({ at, stored }: { at: string; stored: NonNullable<Props['stored']> }) => (
  <>
    <fieldset class="field choices" data-relays={`${at}/relays`}>
      <legend>Passes on the words of</legend>
      {stored.map(({ id, party, stance }) => (
        <label class="tick">
          <input type="checkbox" name={`${at}/relays`} value={id} data-as="item" />
          <span>
            <bdi>{party.name}</bdi> {stance}
          </span>
        </label>
      ))}
      <div data-offered />
    </fieldset>
    <div class="fields">
      <Choice
        name={`${at}/lineage`}
        label="How they know"
        hint="Only who knows it themselves counts as an independent origin."
        none="From those marked above; else not known"
        options={[
          ['originates', 'From their own knowledge'],
          ['relays', 'From others, also where these are not entered'],
          ['unknown', 'Not known'],
        ]}
      />
      <Choice
        name={`${at}/in_reply_to`}
        label="In answer to"
        hint="A retraction names what it takes back."
        none="Nothing named"
        options={stored.map(({ id, party, stance }) => [id, `${party.name} ${stance}`] as const)}
      />
    </div>
  </>
);
