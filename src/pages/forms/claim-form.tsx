import { claimKinds } from '../../claims/claims.schemas.js';
import { AttributionFields } from './attribution-fields.js';
import { Entry, Given, Operation } from './entry.js';
import { Choice, DATE_HINT, More, ObjectField, TextField, Tick } from './fields.js';
import { NewObjects } from './new-objects.js';
import { type RowProps, Rows } from './rows.js';
import { PlaceFields, ValueFields } from './value-fields.js';

/** A claim with all who say it, and the parties and sources that are not in the register yet. */
export const ClaimForm = () => (
  <Entry
    title="Enter a claim"
    intro="One proposition, with who says it, where, and through whom. All of it is stored together, or nothing."
    then="/claims/{id}"
    send="Store the claim"
  >
    <Operation type="claim" legend="The claim">
      <TextField
        name="/text"
        label="Text"
        hint="In neutral words, affirmatively: a denial is entered below, as who denies it."
        tall
        required
      />
      <div class="fields">
        <ObjectField name="/subject" label="About" noun="party" n="claim" />
        <ObjectField
          name="/predicate"
          label="What of it (predicate)"
          hint="Makes it comparable with other claims: fighter strength, leader."
          noun="predicate"
          n="claim"
        />
        <TextField name="/occurred" label="When it happened or held" hint={DATE_HINT} date />
        <Choice name="/kind" label="Kind" options={claimKinds} />
      </div>
      <ValueFields />
      <More of="More: participants, places, topics, language">
        <Rows at="/participants" title="Participant" add="Add a participant" row={ParticipantFields} />
        <Rows at="/places" title="Place" add="Add a place" row={PlaceFields} />
        <div class="fields">
          <TextField
            name="/topics"
            label="Topics"
            hint="Words of a–z, 0–9 and -, separated by spaces: border weapons."
            as="list"
          />
          <TextField name="/language" label="Language of the text" hint="Tag of BCP 47: en, ps, fa-AF." />
          <TextField name="/scope" label="What is counted" hint="including family members" />
          <TextField name="/occurred_as_stated" label="When, in the words of the source" />
          <TextField name="/key" label="Key" hint="Readable name in its address: ttp-strength-2024." />
        </div>
        <Tick
          name="/occurred_inherited"
          label="When it happened is only the time that the source reports about"
        />
      </More>
      <Rows
        at="/attributions"
        title="Who says it, or denies it:"
        add="Add another who says, passes on or denies it"
        row={AttributionRow}
        begun
      />
    </Operation>
    <NewObjects />
  </Entry>
);

const ParticipantFields = ({ at, n }: RowProps) => (
  <div class="fields">
    <ObjectField name={`${at}/party`} label="Party that takes part" noun="party" n={n} required />
    <TextField name={`${at}/role`} label="Role" hint="recipient, supplier, mediator" required />
  </div>
);

const AttributionRow = ({ at, n }: RowProps) => (
  <>
    <Given name={`${at}/local_id`} value={`said-${n}`} />
    <AttributionFields at={at} n={n} />
    <p>
      <button type="button" class="quiet" data-add-relayed>
        Add whose words they pass on
      </button>
    </p>
  </>
);
