import { confidences, likelihoods } from '../../assessments/assessments.schemas.js';
import type { Claim, FullAttribution, Source } from '../frame/outputs.js';
import { clipped } from '../frame/words.js';
import { credibilities } from '../parts/grades.js';
import { pathOf } from '../parts/reference.js';
import { AttributionFields } from './attribution-fields.js';
import { Entry, Given, Operation } from './entry.js';
import { Choice, ObjectField, TextField } from './fields.js';
import { NewObjects } from './new-objects.js';

const Why = ({ name = 'reason' }: { name?: string }) => (
  <TextField name={name} label="Why" hint="Stored with the change, for who reads the history." />
);

/** Somebody else who says, passes on or denies a claim. */
export const AttributionForm = ({ claim }: { claim: Claim }) => {
  const { attributions, attribution_count } = claim;
  return (
    <Entry
      title="Add a denial, or who else says it"
      intro={<q dir="auto">{claim.text}</q>}
      then={pathOf('claim', claim)}
      send="Store it"
    >
      <Operation type="attribution" legend="Who denies or says it">
        <Given name="/claim" value={claim.id} />
        <AttributionFields n="said" stance="denies" stored={attributions} />
        {attribution_count > attributions.length && (
          <TextField
            name="/relays"
            label="Passes on others, by id"
            hint={`Above are ${attributions.length} of ${attribution_count} who say it. Ids are separated by spaces.`}
            as="list"
          />
        )}
      </Operation>
      <NewObjects />
    </Entry>
  );
};

/** Somebody who denies, confirms, corrects or withdraws a whole source. */
export const SourceAttributionForm = ({ source }: { source: Source }) => (
  <Entry
    title="Add who denies, corrects or withdraws it"
    intro={
      <>
        Of the whole source: <q dir="auto">{source.title}</q>. Only its publisher or authors correct or
        withdraw it.
      </>
    }
    then={pathOf('source', source)}
    send="Store it"
  >
    <Operation type="attribution" legend="Who speaks of the source">
      <Given name="/about_source" value={source.id} />
      <AttributionFields n="said" to="source" />
    </Operation>
    <NewObjects />
  </Entry>
);

/** The passage that an attribution quotes; every version of it stays in the history. */
export const QuoteForm = ({ said, back }: { said: FullAttribution; back: string }) => (
  <Entry
    title="Correct a quote"
    intro={`What ${said.party.name} ${said.stance}, as the source has it, letter for letter.`}
    then={back}
    send="Store the quote"
    changes={{ api: `/v1/attributions/${said.id}`, version: said.version }}
  >
    <Operation type="attribution" id={said.id} legend="The quote">
      <TextField
        name="/quote/exact"
        label="Quote, letter for letter"
        value={said.quote?.exact}
        tall
        required
      />
      <TextField name="/quote/prefix" label="Words before it" value={said.quote?.prefix} tall />
      <TextField name="/quote/suffix" label="Words after it" value={said.quote?.suffix} tall />
      <Why />
    </Operation>
  </Entry>
);

export const AssessmentForm = ({ claim }: { claim: Claim }) => (
  <Entry
    title="Assess a claim"
    intro={<q dir="auto">{claim.text}</q>}
    then={pathOf('claim', claim)}
    send="Store the assessment"
  >
    <Operation type="assessment" legend="The assessment">
      <Given name="/claim" value={claim.id} />
      <div class="fields">
        <Choice
          name="/credibility"
          label="Credibility"
          none="Not graded"
          number
          options={Object.entries(credibilities).map(([grade, words]) => [grade, `${grade} ${words}`])}
        />
        <Choice name="/likelihood" label="Likelihood" none="Not said" options={likelihoods} />
        <Choice name="/confidence" label="Confidence" none="Not said" options={confidences} />
        <TextField name="/verdict" label="Verdict" hint="In a few words: not proven." />
        <TextField name="/assessor" label="Who judges" />
        <TextField
          name="/assessed_at"
          label="When it was judged"
          hint="Day and time with offset: 2026-01-31T09:00:00Z."
        />
      </div>
      <TextField name="/rationale" label="Reasons" tall />
    </Operation>
  </Entry>
);

const merged = {
  party: { api: 'parties', moves: 'its names go there' },
  source: { api: 'sources', moves: 'its addresses and identifiers go there' },
  claim: { api: 'claims', moves: 'who says it says the other' },
} as const;

interface MergeProps {
  noun: keyof typeof merged;
  object: { id: string; version: number };
  name: string;
}

/** Two objects that are one: what refers to this one refers to the other from then on. */
export const MergeForm = ({ noun, object, name }: MergeProps) => {
  const api = `/v1/${merged[noun].api}/${object.id}`;
  return (
    <Entry
      title={`Merge ${clipped(name, 120)} into another ${noun}`}
      intro={`What refers to this ${noun} refers to the other from then on, and ${merged[noun].moves}. A merge can be undone.`}
      then={`/${merged[noun].api}/{id}`}
      send="Merge them"
      changes={{ api, version: object.version }}
      post={`${api}/merges`}
    >
      <Operation type={noun} legend="The same as">
        <ObjectField name="/into" label={`The ${noun} that stays`} noun={noun} n="merge" required isKnown />
        <Why name="/reason" />
      </Operation>
    </Entry>
  );
};
