import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, dayOut, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { edtf, evidence, key, label, optional, reference, whenSound } from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';
import { knownByFilter } from '../provenance/graph/known-by.schemas.js';
import { sourceStatuses } from '../provenance/withdrawals/source-status.js';
import { accesses, bases, lineages, manners, stances } from './stances.js';

const stance = z.enum(stances).meta({
  description:
    "`reports` passes on without taking a side; `retracts` takes the party's own words back, or withdraws a " +
    'whole source; `corrects` is said of a whole source by its publisher or authors.',
});
const lineage = z.enum(lineages).meta({
  description:
    "`originates` with relays: own knowledge and others' too. Unknown lineage is no independent origin.",
});

const locatorInput = z
  .strictObject({
    page: optional(label(100)),
    paragraph: optional(label(100)),
    section: optional(label(500)),
    timecode: optional(label(50)),
  })
  .meta({ id: 'LocatorInput', description: 'Where in the source.' });

const quoteInput = z
  .strictObject({
    exact: evidence(10_000),
    prefix: optional(evidence(1_000)),
    suffix: optional(evidence(1_000)),
  })
  .meta({ id: 'QuoteInput', description: 'The passage, kept byte for byte (W3C TextQuoteSelector).' });

const members = {
  key: optional(key),
  party: reference.meta({ description: 'The body bound by the words.' }),
  speaker: optional(reference).meta({ description: 'The person who spoke them.' }),
  party_as_stated: optional(evidence(500)).meta({
    description: 'The wording of the document, such as "Kabul".',
  }),
  stance,
  manner: optional(z.enum(manners)),
  basis: optional(z.enum(bases)),
  said: optional(edtf),
  said_as_stated: optional(evidence(500)),
  source: optional(reference),
  source_access: optional(z.enum(accesses)).meta({
    description: '`through_relay`: the source is known only from the one that retells it.',
  }),
  locator: optional(locatorInput),
  quote: optional(quoteInput),
  lineage: optional(lineage).meta({
    description: 'Left out: relays where relays[] is not empty, else unknown.',
  }),
  relays: z.array(reference).max(1_000).optional().default([]).meta({
    description: 'Attributions of the same claim that this one passes on.',
  }),
  in_reply_to: optional(reference).meta({ description: 'The attribution answered, or taken back.' }),
  capacity: optional(evidence(500)).meta({ description: 'In which capacity the speaker spoke.' }),
  note: optional(evidence(5_000)),
};

type Members = { stance: string; in_reply_to: string | null };

function checkOfClaim(attribution: Members, context: z.RefinementCtx): void {
  if (attribution.stance === 'retracts' && attribution.in_reply_to === null) {
    const message = 'a retraction names the attribution that is taken back';
    context.addIssue({ code: 'custom', path: ['in_reply_to'], message, params: { code: 'missing_member' } });
  }
  if (attribution.stance === 'corrects') {
    const message =
      'a source is corrected, not a claim: give about_source in place of claim; of the claim itself, ' +
      'write "retracts" with in_reply_to, and "asserts" on the claim that is right';
    context.addIssue({ code: 'custom', path: ['stance'], message, params: { code: 'needs_about_source' } });
  }
}

/** An attribution inside a claim. */
export const InlineAttribution = z
  .strictObject({
    id: optional(z.string().max(100)).meta({ description: 'The stored attribution that this one replaces.' }),
    local_id: optional(
      z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'write 1–64 characters of A–Z, a–z, 0–9, - and _'),
    ).meta({
      description: 'Name by which others in this request refer to it, as `@name`.',
    }),
    ...members,
  })
  .superRefine(checkOfClaim, { when: whenSound('stance', 'in_reply_to') })
  .meta({ id: 'InlineAttribution', description: 'An attribution inside a claim.' });
export type InlineAttribution = z.infer<typeof InlineAttribution>;

/** An attribution sent to its claim. */
export const ClaimAttributionInput = z
  .strictObject(members)
  .superRefine(checkOfClaim, { when: whenSound('stance', 'in_reply_to') })
  .meta({ id: 'ClaimAttributionInput', description: 'An attribution of the claim in the address.' });

export const AttributionInput = z
  .strictObject({
    claim: optional(reference),
    about_source: optional(reference).meta({
      description: 'A whole document that is denied, confirmed, corrected or withdrawn (`retracts`).',
    }),
    ...members,
  })
  .superRefine(
    (attribution, context) => {
      if (attribution.about_source === null) checkOfClaim(attribution, context);
    },
    { when: whenSound('stance', 'in_reply_to', 'about_source') },
  )
  .superRefine(
    (attribution, context) => {
      if ((attribution.claim === null) === (attribution.about_source === null)) {
        const message = 'give either claim or about_source';
        context.addIssue({ code: 'custom', path: ['claim'], message, params: { code: 'one_target' } });
      }
    },
    { when: whenSound('claim', 'about_source') },
  )
  .meta({ id: 'AttributionInput', description: 'An attribution as clients send it.' });
export type AttributionInput = z.infer<typeof AttributionInput>;

const text = z.string().nullable();

export const Attribution = z
  .strictObject({
    ...base,
    claim: Reference.nullable(),
    about_source: Reference.nullable(),
    party: Reference,
    speaker: Reference.nullable(),
    party_as_stated: text,
    stance: stance.meta({ description: 'Expect new values.' }),
    manner: z.enum(manners).nullable(),
    basis: z.enum(bases).nullable(),
    said: text.meta({ description: 'EDTF.' }),
    said_from: dayOut,
    said_to: dayOut,
    said_as_stated: text,
    source: Reference.nullable(),
    source_access: z.enum(accesses).nullable(),
    locator: z
      .strictObject({ page: text, paragraph: text, section: text, timecode: text })
      .meta({ id: 'Locator' })
      .nullable(),
    quote: z.strictObject({ exact: z.string(), prefix: text, suffix: text }).meta({ id: 'Quote' }).nullable(),
    lineage,
    relays: z.array(Reference),
    in_reply_to: Reference.nullable(),
    capacity: text,
    note: text,
    ...systemFields,
    retracted: z.boolean().meta({ description: 'Whether it was taken back: it no longer counts.' }),
    retracted_by: Reference.nullable().meta({
      description: 'The attribution that takes it back, or that withdraws the source it stands in. Computed.',
    }),
  })
  .meta({ id: 'Attribution', description: 'Who says what about a claim, where, when, through whom.' });
pairForms(Attribution, InlineAttribution, ClaimAttributionInput, AttributionInput);

export const AttributionContent = contentOf('Attribution', Attribution, AttributionInput);

/** An attribution in the output form of its claim, which says what it is about. */
export const ClaimAttribution = Attribution.omit({ claim: true, about_source: true }).meta({
  id: 'ClaimAttribution',
  description: 'An attribution inside its claim: without `claim` and `about_source`.',
});

export const attributionFilters = {
  key: filter.anyKey('attribution'),
  claim: filter.anyReference('claim'),
  about_source: filter.anyReference('source'),
  party: filter.anyReference('party').meta({ description: 'Party or speaker, or what is part_of it.' }),
  party_exact: filter.flag('party does not include what is part_of it.'),
  speaker: filter.anyReference('party').meta({ description: 'Speaker, or what is part_of it.' }),
  speaker_exact: filter.flag('speaker does not include what is part_of it.'),
  unnamed: filter.flag('Whether the party is unnamed.'),
  stance: filter.anyOf(stances),
  manner: filter.anyOf(manners),
  basis: filter.anyOf(bases),
  lineage: filter.anyOf(lineages),
  source: filter.anyReference('source'),
  source_depth: filter.sourceDepth,
  source_access: filter.anyOf(accesses),
  said_from: filter.dayFrom('Said on or after'),
  said_to: filter.dayTo('Said on or before'),
  known_by: knownByFilter,
  ...filter.recorded(),
  retracted: filter.flag('Whether it was taken back, by its party or with its source.'),
  source_status: filter.anyOf(sourceStatuses).meta({ description: 'Status of its source.' }),
};
