import { z } from 'zod';
import { asOfQuery } from '../http/request/as-of.js';
import * as filter from '../http/request/filters.js';
import { presentation } from '../http/request/paging.js';
import { Identifier, instantOut, Reference, warnings } from '../http/schemas/common.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { evidence, optional, reference } from '../http/schemas/fields.js';
import { mergeableNouns } from '../lib/ids.js';
import { PartyName } from '../parties/parties.schemas.js';

export const MergeInput = z
  .strictObject({
    into: reference.meta({ description: 'Id or key of the object that stands for both from then on.' }),
    reason: optional(evidence(1_000)).meta({
      description: 'Why both are the same; stored with the change, in place of `Change-Reason`.',
    }),
    dry_run: z
      .boolean()
      .optional()
      .default(false)
      .meta({ description: 'Tells what would happen and writes nothing.' }),
  })
  .meta({ id: 'MergeInput', description: 'Into which other object of its noun an object is merged.' });
export type MergeInput = z.infer<typeof MergeInput>;

const count = (plural: string, example: number) =>
  z
    .int32()
    .min(0)
    .optional()
    .meta({ description: `Number of ${plural}; left out where there were none.`, examples: [example] });

const recorded = {
  recorded_at: instantOut,
  actor: z.string().meta({ description: 'Id of the API key; `cli` for the command line.' }),
  on_behalf_of: z.string().nullable(),
  reason: z.string().nullable(),
  request_id: z.string(),
};

export const Merge = z
  .strictObject({
    id: z.string().meta({ examples: ['merge_01kahw2v9wfyy9k9vz3n2xq5ra'] }),
    noun: z.enum(mergeableNouns).meta({ [ENUM_NAME]: 'MergedNoun', description: 'Expect new values.' }),
    merged: Reference.meta({ description: 'The object that was merged, under the name that it had last.' }),
    into: Reference.meta({ description: 'The object into which it was merged.' }),
    ...recorded,
    moved: z
      .strictObject({
        party: count('parties', 1),
        source: count('sources', 2),
        claim: count('claims', 3),
        attribution: count('attributions', 12),
        relation: count('relations', 1),
        assessment: count('assessments', 1),
        judgement: count('judgements', 1),
      })
      .meta({
        id: 'MovedObjects',
        description: 'How many objects of each noun referred to it, and refer to the other since.',
      }),
    brought: z
      .strictObject({
        names: z.array(PartyName).optional(),
        identifiers: z.array(Identifier).optional(),
        url: z.string().optional(),
        archived_url: z.string().optional(),
      })
      .meta({ id: 'BroughtMembers', description: 'What the other got from it.' }),
    undone: z
      .strictObject(recorded)
      .nullable()
      .meta({ description: 'When, by whom and why the merge was undone; null while it holds.' }),
  })
  .meta({ id: 'Merge', description: 'That two objects are one, and what was changed for it.' });

export const WrittenMerge = z.strictObject({ ...Merge.shape, warnings }).meta({
  id: 'WrittenMerge',
  description: 'The merge as it was written, with warnings about what tells the two apart.',
});

const { noun, merged: mergedOut, into, moved, brought } = Merge.shape;
export const MergeTrial = z
  .strictObject({ dry_run: z.literal(true), noun, merged: mergedOut, into, moved, brought, warnings })
  .meta({
    id: 'MergeTrial',
    description:
      'What a merge would change, with warnings about what tells the two apart; nothing was written.',
  });

export const MergePage = z
  .strictObject({
    items: z.array(Merge).meta({ description: 'The newest first.' }),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    has_more: z.boolean().meta({ description: 'Whether a next page exists.' }),
  })
  .meta({ id: 'MergePage' });

const { limit, cursor } = presentation;
const undone = filter.flag('Whether the merge was undone.');

/** The parameters of the merges into one object, and of all. */
export const ownMergesQuery = z.strictObject({ undone, limit, cursor, ...asOfQuery });
export const mergesQuery = z.strictObject({
  noun: filter.anyOf(mergeableNouns),
  undone,
  limit,
  cursor,
  ...asOfQuery,
});

const someone = {
  recorded_at: '2026-01-31T09:00:00.000Z',
  actor: 'apikey_01kahw2v9wfyy9k9vz3n2xq5ra',
  on_behalf_of: null,
  request_id: 'request_01kahw2v9wfyy9k9vz3n2xq5ra',
};
const merged = {
  id: 'merge_01kahw2v9wfyy9k9vz3n2xq5ra',
  noun: 'party',
  merged: { id: 'party_01kahw2v9wfyy9k9vz3n2xq5rb', key: 'tahreek-taliban', name: 'Tahreek-e-Taliban' },
  into: { id: 'party_01kahw2v9wfyy9k9vz3n2xq5ra', key: 'ttp', name: 'Tehreek-e-Taliban Pakistan' },
  ...someone,
  reason: 'Two spellings of one name.',
  moved: { claim: 3, attribution: 12 },
  brought: { names: [{ name: 'Tahreek-e-Taliban', kind: 'alias', language: null, script: null }] },
};

/** Of the sample register nothing was merged. */
export const examples = {
  merge: { ...merged, undone: null },
  trial: {
    dry_run: true,
    noun: merged.noun,
    merged: merged.merged,
    into: merged.into,
    moved: merged.moved,
    brought: merged.brought,
    warnings: [
      {
        code: 'another_country',
        pointer: '/into',
        detail:
          'this party and the other are probably two: its country is AF, not PK; check that both are the same',
        objects: [merged.into],
      },
    ],
  },
  undone: { ...merged, undone: { ...someone, reason: 'Only the former is meant.' } },
  page: {
    items: [{ ...merged, undone: null }],
    next_cursor: null,
    prev_cursor: null,
    has_more: false,
  },
};
