import { z } from 'zod';
import { Reference } from '../../http/schemas/common.js';
import { Value } from '../../predicates/value.schemas.js';
import { Standing } from '../standing/standing.schemas.js';
import { conflictKinds } from './conflicts.js';

const day = z.string().nullable().meta({ format: 'date' });

/** A claim as one of several figures: its value, when it held, who says so. */
const figure = {
  claim: Reference,
  value: Value,
  unit: z.string().nullable().meta({
    description: 'The unit in which the value counts: its own, or else that of the predicate.',
  }),
  scope: z.string().nullable(),
  occurred: z.string().nullable().meta({ description: 'EDTF.' }),
  occurred_from: day,
  occurred_to: day,
  asserted_by: z.array(Reference).meta({ description: 'Parties that assert or confirm it.' }),
  reported_by: z.array(Reference),
  denied_by: z.array(Reference).meta({ description: 'Parties that deny or dispute it.' }),
  retracted: z.boolean().meta({ description: 'Everything that carried it was taken back.' }),
  retracted_by: z.array(Reference).meta({
    description: 'Parties that took back what they or, in a source that they withdrew, others said for it.',
  }),
  superseded_by: z.array(Reference).meta({ description: 'Claims that update it.' }),
  sources: z.array(Reference).meta({ description: 'Where that stands.' }),
  standing: Standing,
};

const ConflictSide = z
  .strictObject(figure)
  .meta({ id: 'ConflictSide', description: 'One of two claims compared.' });

export const Conflict = z
  .strictObject({
    kind: z.enum(conflictKinds).meta({
      description:
        '`contradiction`: both cannot be right. `overlapping`: both can. `different_time`, `different_scope`: ' +
        'they speak of different times or things. `unknown_time`: a time is not known.',
    }),
    why: z.array(z.string()),
    subject: Reference,
    predicate: Reference,
    sides: z.array(ConflictSide).min(2).max(2),
  })
  .meta({ id: 'Conflict', description: 'Two facts that give different values for the same thing.' });

export const ConflictPage = z
  .strictObject({
    items: z.array(Conflict),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    has_more: z.boolean().meta({ description: 'There may be more; a page can hold fewer items than limit.' }),
    standing_pending: z.boolean(),
  })
  .meta({ id: 'ConflictPage' });

const Estimate = z
  .strictObject({ ...figure, text: z.string() })
  .meta({ id: 'Estimate', description: 'One figure.' });

export const Estimates = z
  .strictObject({
    subject: Reference,
    predicate: Reference,
    items: z.array(Estimate),
    complete: z.boolean().meta({ description: 'false: there are more figures than one answer holds.' }),
    standing_pending: z.boolean(),
  })
  .meta({ id: 'Estimates', description: 'All figures for one thing, by time.' });
