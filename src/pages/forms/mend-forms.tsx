import { confidences, likelihoods } from '../../assessments/assessments.schemas.js';
import type { Claim, FullAttribution, Party } from '../frame/outputs.js';
import { clipped } from '../frame/words.js';
import { pathOf } from '../parts/reference.js';
import { AttributionFields } from './attribution-fields.js';
import { Entry, Given, Operation } from './entry.js';
import { Choice, ObjectField, TextField } from './fields.js';
import { NewObjects } from './new-objects.js';

const Why = ({ name = 'reason' }: { name?: string }) => (
  <TextField name={name} label="Why" hint="Stored with the change, for who reads the history." />
);

/** Somebody else who says, passes on or denies a claim. */
export const AttributionForm = ({ claim }: { claim: Claim }) => (
  <Entry
    title="Add a denial, or who else says it"
    intro={<q dir="auto">{claim.text}</q>}
    then={pathOf('claim', claim)}
    send="Store it"
  >
    <Operation type="attribution" legend="Who denies or says it">
      <Given name="/claim" value={claim.id} />
      <AttributionFields
        n="said"
        stance="denies"
        others={claim.attributions.map(({ id, party, stance }) => [id, `${party.name} ${stance}`] as const)}
      />
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
  >
    <Operation type="attribution" changes={said} legend="The quote">
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
          options={[
            ['1', '1 confirmed'],
            ['2', '2 probably true'],
            ['3', '3 possibly true'],
            ['4', '4 doubtful'],
            ['5', '5 improbable'],
            ['6', '6 cannot be judged'],
          ]}
        />
        <Choice name="/likelihood" label="Likelihood" none="Not said" options={likelihoods} />
        <Choice name="/confidence" label="Confidence" none="Not said" options={confidences} />
        <TextField name="/verdict" label="Verdict" hint="In a few words: not proven." />
        <TextField name="/assessor" label="Who judges" />
      </div>
      <TextField name="/rationale" label="Reasons" tall />
    </Operation>
  </Entry>
);

/** Two parties that are one: what refers to this one refers to the other from then on. */
export const MergeForm = ({ party }: { party: Party }) => (
  <Entry
    title={`Merge ${clipped(party.name, 120)} into another party`}
    intro="What refers to this party refers to the other from then on, and its names go there. A merge can be undone."
    then="/parties/{id}"
    send="Merge them"
    post={{ path: `/v1/parties/${party.id}/merges`, version: party.version }}
  >
    <Operation type="party" legend="The same as">
      <ObjectField name="/into" label="The party that stays" noun="party" n="merge" required isKnown />
      <Why name="/reason" />
    </Operation>
  </Entry>
);
