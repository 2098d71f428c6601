import { partyKinds } from '../../parties/parties.schemas.js';
import { sourceTypes } from '../../sources/citation/source-types.js';
import { Operation } from './entry.js';
import { Choice, DATE_HINT, ObjectField, TextField } from './fields.js';

/** Parties and sources that are entered along with what refers to them. The script copies these, with a number for `{n}`. */
export const NewObjects = () => (
  <>
    <template data-template="party">
      <Operation type="party" local="party-{n}" legend="New party">
        <div class="fields">
          <TextField name="/name" label="Name of the party" required />
          <Choice name="/kind" label="Kind of party" options={partyKinds} />
        </div>
        <RemoveNew what="party" />
      </Operation>
    </template>
    <template data-template="source">
      <Operation type="source" local="source-{n}" legend="New source">
        <TextField name="/title" label="Title" required />
        <div class="fields">
          <Choice name="/type" label="Type of source" options={sourceTypes} />
          <ObjectField name="/publisher" label="Publisher" noun="party" n="{n}" />
          <TextField name="/published" label="Published" hint={DATE_HINT} date />
          <TextField name="/url" label="Address (URL)" />
        </div>
        <RemoveNew what="source" />
      </Operation>
    </template>
  </>
);

const RemoveNew = ({ what }: { what: string }) => (
  <button type="button" class="quiet" data-remove-new>
    Leave out this new {what}
  </button>
);
