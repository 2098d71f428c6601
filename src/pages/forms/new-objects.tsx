import { partyKinds } from '../../parties/parties.schemas.js';
import { sourceTypes } from '../../sources/citation/source-types.js';
import { reliabilities } from '../../sources/reliabilities.js';
import { Operation } from './entry.js';
import { Choice, DATE_HINT, More, ObjectField, TextField, Tick } from './fields.js';
import { type RowProps, Rows } from './rows.js';

/** Parties and sources that are entered along with what refers to them. The script copies these, with a number for `{n}`. */
export const NewObjects = () => (
  <>
    <template data-template="party">
      <Operation type="party" local="party-{n}" legend="New party">
        <PartyFields />
        <RemoveNew what="party" />
      </Operation>
    </template>
    <template data-template="source">
      <Operation type="source" local="source-{n}" legend="New source">
        <SourceFields />
        <RemoveNew what="source" />
      </Operation>
    </template>
  </>
);

const PartyFields = () => (
  <>
    <div class="fields">
      <TextField name="/name" label="Name of the party" required />
      <Choice name="/kind" label="Kind of party" none="Choose one" options={partyKinds} required />
      <ObjectField
        name="/part_of"
        label="Part of"
        hint="The body that it speaks for: both count as one origin."
        noun="party"
        n="{n}"
      />
    </div>
    <Tick name="/unnamed" label="The source does not name it: “a Member State”" />
    <More of="More: other names, country, identifiers">
      <div class="fields">
        <TextField name="/count/min" label="Not named: at least how many" as="number" />
        <TextField name="/count/max" label="Not named: at most how many" as="number" />
        <TextField name="/country" label="Country" hint="ISO 3166: AF." />
        <TextField name="/family_name" label="Family name of a person" />
        <TextField name="/given_name" label="Given name of a person" />
        <TextField name="/born" label="Born" hint={DATE_HINT} date />
      </div>
      <Tick name="/independent_voice" label="Speaks for itself, although it is a part" />
      <TextField name="/description" label="Description" tall />
      <Rows at="/names" title="Other name" add="Add another name" row={NameFields} />
      <Identifiers />
    </More>
  </>
);

const NameFields = ({ at }: RowProps) => (
  <div class="fields">
    <TextField name={`${at}/name`} label="Other name of the party" required />
    <Choice
      name={`${at}/kind`}
      label="Kind of name"
      options={['alias', 'acronym', 'former', 'transliteration']}
    />
    <TextField name={`${at}/language`} label="Language of the name" hint="Tag of BCP 47: ps." />
    <TextField name={`${at}/script`} label="Script of the name" hint="ISO 15924: Arab." />
  </div>
);

const SourceFields = () => (
  <>
    <TextField name="/title" label="Title" required />
    <div class="fields">
      <Choice name="/type" label="Type of source" none="Choose one" options={sourceTypes} required />
      <ObjectField name="/publisher" label="Publisher" noun="party" n="{n}" />
      <TextField name="/published" label="Published" hint={DATE_HINT} date />
      <TextField name="/url" label="Address (URL)" />
    </div>
    <More of="More: authors, what it draws on, archived copy, reliability">
      <Rows at="/authors" title="Author" add="Add an author" row={AuthorField} />
      <Rows at="/derived_from" title="Draws on" add="Add a source that it draws on" row={DerivedField} />
      <div class="fields">
        <ObjectField name="/part_of" label="Source that it stands in" noun="source" n="{n}" />
        <TextField name="/archived_url" label="Address of an archived copy" />
        <TextField
          name="/retrieved_at"
          label="When it was read"
          hint="Day and time with offset: 2026-01-31T09:00:00Z."
        />
        <TextField name="/modified" label="Changed, as it says itself" hint={DATE_HINT} date />
        <TextField
          name="/reporting_period"
          label="Time that it reports about"
          hint="From, to: 2024-07-01/2024-12-13."
          date
        />
        <TextField name="/language" label="Language of the source" hint="Tag of BCP 47: en." />
        <Choice
          name="/reliability"
          label="Reliability"
          none="Not graded"
          hint="Admiralty grade: A reliable to E unreliable, F cannot be judged."
          options={reliabilities}
        />
      </div>
      <Rows at="/supersedes" title="Takes the place of" add="Add an earlier edition" row={SupersedesField} />
      <Identifiers />
    </More>
  </>
);

const AuthorField = ({ at, n }: RowProps) => (
  <ObjectField name={at} label="Who wrote it" noun="party" n={n} required />
);
const DerivedField = ({ at, n }: RowProps) => (
  <ObjectField name={at} label="Source that it draws on" noun="source" n={n} required />
);
const SupersedesField = ({ at, n }: RowProps) => (
  <ObjectField name={at} label="Earlier edition" noun="source" n={n} required />
);

const Identifiers = () => (
  <Rows at="/identifiers" title="Identifier" add="Add an identifier" row={IdentifierFields} />
);
const IdentifierFields = ({ at }: RowProps) => (
  <div class="fields">
    <TextField name={`${at}/scheme`} label="Scheme" hint="wikidata, doi, isbn" required />
    <TextField name={`${at}/value`} label="Identifier" hint="Q1" required />
  </div>
);

const RemoveNew = ({ what }: { what: string }) => (
  <button type="button" class="quiet" data-remove-new>
    Leave out this new {what}
  </button>
);
