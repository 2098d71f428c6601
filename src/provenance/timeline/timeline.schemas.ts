import { z } from 'zod';
import { Attribution } from '../../attributions/attributions.schemas.js';
import { Reference } from '../../http/schemas/common.js';
import { Standing } from '../standing/standing.schemas.js';

const TimelineEvent = z
  .strictObject({
    date: z.string().meta({
      format: 'date',
      description:
        'The last day on which it can have been said, by the date of the words or, without one, that of their source.',
    }),
    said: z.string().nullable().meta({ description: 'The date of the words as it was given, in EDTF.' }),
    dated_by: z.enum(['said', 'source']),
    attribution: Reference,
    party: Reference,
    stance: Attribution.shape.stance,
    about_source: Reference.nullable().meta({ description: 'The source that it speaks of as a whole.' }),
    in_reply_to: Reference.nullable(),
    source: Reference.nullable(),
    standing: Standing,
  })
  .meta({ id: 'TimelineEvent', description: 'What was said, and how the claim stood after it.' });

export const Timeline = z
  .strictObject({
    claim: Reference,
    items: z.array(TimelineEvent),
    undated: z.int().meta({ description: 'Attributions that have no date and are left out.' }),
    complete: z.boolean().meta({ description: 'false: there are more events than one answer holds.' }),
  })
  .meta({ id: 'Timeline', description: 'What was said of a claim in the order of its dates.' });
export type Timeline = z.infer<typeof Timeline>;
