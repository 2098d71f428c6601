import { z } from 'zod';
import * as filter from '../http/request/filters.js';
import { base, dayOut, Identifier, Reference, systemFields } from '../http/schemas/common.js';
import { contentOf } from '../http/schemas/content.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import {
  edtf,
  edtfInterval,
  evidence,
  identifiers,
  instant,
  key,
  language,
  optional,
  reference,
  url,
} from '../http/schemas/fields.js';
import { pairForms } from '../http/validation/check.js';
import { sourceStatuses } from '../provenance/withdrawals/source-status.js';
import { sourceTypes } from './citation/source-types.js';
import { reliabilities } from './reliabilities.js';

const reliability = z.enum(reliabilities).meta({
  description: 'Admiralty grade of the source; the credibility of one piece of information is an assessment.',
});

export const SourceInput = z
  .strictObject({
    key: optional(key),
    type: z.enum(sourceTypes),
    title: evidence(2_000).meta({ examples: ['35th report of the Monitoring Team'] }),
    url: optional(url),
    archived_url: optional(url),
    publisher: optional(reference),
    authors: z.array(reference).max(200).optional().default([]),
    published: optional(edtf),
    modified: optional(edtf).meta({ description: 'When the document says that it was changed. EDTF.' }),
    reporting_period: optional(edtfInterval).meta({ description: 'The time the source reports about.' }),
    retrieved_at: optional(instant),
    language: optional(language),
    reliability: optional(reliability),
    part_of: optional(reference).meta({ description: 'The source this stands in: the page of an article.' }),
    derived_from: z.array(reference).max(200).optional().default([]).meta({
      description: 'Sources it draws on: wire copy, the report that an article retells.',
    }),
    supersedes: z.array(reference).max(200).optional().default([]).meta({
      description: 'Earlier editions of this source, which it takes the place of.',
    }),
    identifiers,
  })
  .meta({ id: 'SourceInput', description: 'A source as clients send it.' });

export type SourceInput = z.infer<typeof SourceInput>;

export const Source = z
  .strictObject({
    ...base,
    type: z.enum(sourceTypes).meta({ description: 'Expect new values.' }),
    title: z.string(),
    url: z.string().nullable(),
    archived_url: z.string().nullable(),
    publisher: Reference.nullable(),
    authors: z.array(Reference),
    published: z.string().nullable().meta({ description: 'EDTF.' }),
    published_from: dayOut,
    published_to: dayOut,
    modified: z
      .string()
      .nullable()
      .meta({ description: 'When the document says that it was changed. EDTF.' }),
    reporting_period: z.string().nullable().meta({ description: 'EDTF interval.' }),
    reporting_period_from: dayOut,
    reporting_period_to: dayOut,
    retrieved_at: z.string().nullable(),
    language: z.string().nullable(),
    reliability: reliability.nullable(),
    part_of: Reference.nullable(),
    derived_from: z.array(Reference),
    supersedes: z.array(Reference),
    identifiers: z.array(Identifier),
    ...systemFields,
    status: z.enum(sourceStatuses).meta({
      [ENUM_NAME]: 'SourceStatus',
      description:
        'Computed. `withdrawn` by its publisher or all of its authors, or with the source it is part of; ' +
        '`superseded` by a newer edition; `corrected` by its publisher or an author. Expect new values.',
    }),
    status_date: z.string().nullable().meta({
      description: 'EDTF: when that was said or, where that is not known, published.',
    }),
    status_by: Reference.nullable().meta({ description: 'The attribution or the source behind the status.' }),
    superseded_by: z.array(Reference).meta({ description: 'Sources that name this one under supersedes.' }),
  })
  .meta({ id: 'Source', description: 'A document or an utterance.' });
pairForms(Source, SourceInput);

export const SourceContent = contentOf('Source', Source, SourceInput);

export const sourceFilters = {
  key: filter.anyKey('source'),
  type: filter.anyOf(sourceTypes),
  title: filter.text('Part of the title, whatever the case, accents or punctuation.', 'monitoring team'),
  url: url.optional().meta({ description: 'Address, original or archived, compared in a normal form.' }),
  identifier: filter.anyIdentifier('doi:10.1000/1'),
  publisher: filter.anyReference('party').meta({ description: 'Publisher, or what is part_of it.' }),
  publisher_exact: filter.flag('publisher does not include what is part_of it.'),
  author: filter.anyReference('party'),
  part_of: filter.anyReference('source'),
  derived_from: filter.anyReference('source'),
  language: filter.anyLanguage('Language tag.'),
  supersedes: filter.anyReference('source'),
  source_status: filter.anyOf(sourceStatuses),
  reliability: filter.anyOf(reliabilities),
  published_from: filter.dayFrom('Published on or after'),
  published_to: filter.dayTo('Published on or before'),
  ...filter.recorded(),
};

/** Columns by the name under which clients sort. */
export const sourceSorts = {
  id: 'id',
  title: 'title',
  published: 'published_from',
  created: 'created_at',
  updated: 'updated_at',
};
