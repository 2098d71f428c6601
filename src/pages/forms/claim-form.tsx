import { claimKinds } from '../../claims/claims.schemas.js';
import { AttributionFields } from './attribution-fields.js';
import { Entry, Given, Operation } from './entry.js';
import { Choice, DATE_HINT, ObjectField, TextField } from './fields.js';
import { NewObjects } from './new-objects.js';

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
        <ObjectField name="/predicate" label="What (predicate)" noun="predicate" n="claim" />
        <TextField name="/occurred" label="When it happened or held" hint={DATE_HINT} date />
        <Choice name="/kind" label="Kind" options={claimKinds} />
      </div>
      <ValueFields />
      <div data-rows>
        <AttributionRow i="0" n="1" />
      </div>
      <p>
        <button type="button" class="quiet" data-add-row>
          Add another who says, passes on or denies it
        </button>
      </p>
    </Operation>
    <template data-template="attribution">
      <AttributionRow i="{i}" n="{n}" />
    </template>
    <NewObjects />
  </Entry>
);

const ValueFields = () => (
  <>
    <Choice
      name="/value/type"
      label="Value"
      shows
      options={[
        ['none', 'In the words of the claim alone'],
        ['quantity', 'A number'],
        ['text', 'A text'],
        ['date', 'A date'],
        ['unknown', 'There is one, and nobody says which'],
        ['no_value', 'It is claimed that there is none'],
      ]}
    />
    <div class="fields" data-when="quantity" hidden>
      <TextField name="/value/value" label="Number" />
      <TextField name="/value/lower" label="At least" />
      <TextField name="/value/upper" label="At most" />
      <TextField name="/value/unit" label="Unit" />
    </div>
    <div data-when="text" hidden>
      <TextField name="/value/text" label="Text of the value" />
    </div>
    <div data-when="date" hidden>
      <TextField name="/value/date" label="Date" hint={DATE_HINT} date />
    </div>
  </>
);

/** One who says it; the script copies it, with its place for `{i}` and a number for `{n}`. */
const AttributionRow = ({ i, n }: { i: string; n: string }) => (
  <fieldset class="group" data-row>
    <legend>Who says it, or denies it</legend>
    <Given name={`/attributions/${i}/local_id`} value={`said-${n}`} />
    <AttributionFields at={`/attributions/${i}`} n={n} />
    <button type="button" class="quiet" data-remove-row>
      Leave this one out
    </button>
  </fieldset>
);
