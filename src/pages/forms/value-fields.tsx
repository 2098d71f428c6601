import type { ComponentChildren } from 'preact';
import { Choice, DATE_HINT, More, ObjectField, TextField, Tick } from './fields.js';
import { type RowProps, Rows } from './rows.js';

/** What is claimed, as a value of any type of the API. Fields that several types have are the same ones. */
export const ValueFields = () => (
  <fieldset class="group">
    <legend>The value</legend>
    <Choice
      name="/value/type"
      label="Value"
      hint="What can be compared with other claims: a number, a sum, a party, a date."
      shows
      options={[
        ['none', 'In the words of the claim alone'],
        ['quantity', 'A number of things'],
        ['money', 'A sum of money'],
        ['change', 'A change: up, down, or none'],
        ['party', 'A party'],
        ['place', 'A place'],
        ['date', 'A date'],
        ['text', 'A text'],
        ['unknown', 'There is one, and nobody says which'],
        ['no_value', 'It is claimed that there is none'],
      ]}
    />
    <When types="quantity money">
      <AmountFields at="/value" />
    </When>
    <When types="money">
      <CurrencyField at="/value" hint="ISO 4217: AFN, USD. Empty where the source does not say it." />
      <Choice name="/value/per" label="Per" none="Once" options={['day', 'week', 'month', 'year']} />
    </When>
    <When types="change">
      <Choice
        name="/value/direction"
        label="Direction"
        options={[
          ['up', 'Up'],
          ['down', 'Down'],
          ['none', 'No change'],
        ]}
      />
      <TextField name="/value/amount" label="By how much" hint="A number without a sign: 65." />
    </When>
    <When types="quantity change">
      <TextField name="/value/unit" label="Unit" hint="fighters, attacks, percent" />
    </When>
    <When types="quantity">
      <TextField name="/value/out_of" label="Out of" hint="The whole that it is a part of: 3 of 10." />
    </When>
    <When types="change">
      <TextField name="/value/baseline" label="Compared with" hint="compared with 2022" />
    </When>
    <When types="party">
      <ObjectField name="/value/party" label="Which party" noun="party" n="value" required />
    </When>
    <When types="place">
      <TextField name="/value/name" label="Name of the place" required />
      <RegionField at="/value" />
    </When>
    <When types="date">
      <TextField name="/value/date" label="Date" hint={DATE_HINT} date required />
    </When>
    <When types="text">
      <TextField name="/value/text" label="Text of the value" required />
    </When>
    <When types="unknown">
      <TextField name="/value/reason" label="Why nobody says it" />
    </When>
    <TextField
      name="/value/as_stated"
      label="The value in the words of the source"
      hint="Letter for letter: “some 3 million Afghanis”."
    />
    <div data-when="money" hidden>
      <Rows
        at="/value/equivalents"
        title="The same sum in another currency"
        add="Add the same sum in another currency"
        row={EquivalentFields}
      />
    </div>
  </fieldset>
);

const When = ({ types, children }: { types: string; children: ComponentChildren }) => (
  <div class="fields" data-when={types} hidden>
    {children}
  </div>
);

const AmountFields = ({ at }: { at: string }) => (
  <>
    <div class="pair">
      <TextField name={`${at}/value`} label="Number" hint="Digits alone: 3000000, 0.5." />
      <Tick name={`${at}/approximate`} label="About so much" />
    </div>
    <div class="pair">
      <TextField name={`${at}/lower`} label="At least" />
      <Tick name={`${at}/lower_exclusive`} label="More than that" />
    </div>
    <div class="pair">
      <TextField name={`${at}/upper`} label="At most" />
      <Tick name={`${at}/upper_exclusive`} label="Less than that" />
    </div>
  </>
);

const CurrencyField = ({ at, hint }: { at: string; hint: string }) => (
  <TextField name={`${at}/currency`} label="Currency" hint={hint} />
);

const EquivalentFields = ({ at }: RowProps) => (
  <>
    <div class="fields">
      <CurrencyField at={at} hint="ISO 4217: USD." />
      <AmountFields at={at} />
    </div>
    <TextField name={`${at}/as_stated`} label="In the words of the source" />
  </>
);

const RegionField = ({ at }: { at: string }) => (
  <TextField
    name={`${at}/iso_3166`}
    label="Code of the country or region"
    hint="ISO 3166: AF, or AF-KNR for Kunar in Afghanistan."
  />
);

/** Where it happened. */
export const PlaceFields = ({ at }: RowProps) => (
  <>
    <div class="fields">
      <TextField name={`${at}/name`} label="Name of the place" />
      <RegionField at={at} />
      <TextField name={`${at}/role`} label="Role" hint="scene, origin, destination" />
    </div>
    <More of="Coordinates">
      <div class="fields">
        <TextField name={`${at}/lat`} label="Latitude" hint="Degrees north: 34.85." as="number" />
        <TextField name={`${at}/lon`} label="Longitude" hint="Degrees east: 71.1." as="number" />
        <TextField name={`${at}/precision`} label="How exact" hint="district, 5 km" />
      </div>
    </More>
  </>
);
