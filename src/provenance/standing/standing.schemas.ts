import { z } from 'zod';
import { Reference } from '../../http/schemas/common.js';
import { ENUM_NAME } from '../../http/schemas/enum-names.js';
import { supportLevels } from '../load/stored-standing.js';
import { exclusionReasons } from './excluded.js';

const edtf = z.string().nullable();
const parties = (what: string) =>
  z
    .int32()
    .min(0)
    .meta({ description: `Distinct parties that ${what} it.` });

export const Standing = z
  .strictObject({
    support: z.enum(supportLevels).meta({
      description:
        '`none`: nothing supports it, or no longer. `untraced`: no origin is known. `single_origin`, ' +
        '`corroborated`: one, or at least two, independent origins.',
    }),
    contested: z.boolean().meta({ description: 'Somebody denies or disputes it.' }),
    self_denied: z.boolean().meta({ description: 'Every denier is the subject or part of it.' }),
    retracted: z
      .boolean()
      .meta({ description: 'It was asserted, and all parties that asserted it took it back.' }),
    asserting: parties('assert or confirm'),
    reporting: parties('report'),
    denying: parties('deny or dispute'),
    origins: z
      .strictObject({
        min: z.int32().min(0),
        max: z.int32().min(0).nullable().meta({ description: 'null: there is no upper bound.' }),
      })
      .meta({ id: 'Origins', description: 'How many independent origins there are, at least and at most.' }),
    circular_reporting: z.boolean().meta({ description: 'Some report each other and nobody else.' }),
    blanket_denials: z.int32().min(0).meta({ description: 'Denials of whole sources in which it stands.' }),
    first_said: edtf,
    last_said: edtf,
    undated: z.int().optional().meta({
      description: 'With `known_by` only: attributions left out because they have no date.',
    }),
  })
  .meta({ id: 'Standing', description: 'What the register computes about a claim; clients never write it.' });

const limited = 'At most 100; totals tells how many there are.';

export const StandingExplanation = z
  .strictObject({
    claim: Reference,
    standing: Standing,
    unnamed_only: z.boolean(),
    sentences: z.array(z.string()).meta({ description: 'The numbers in words.' }),
    ends: z
      .array(
        z
          .strictObject({
            attribution: Reference,
            party: Reference,
            group: Reference.meta({ description: 'The party that it counts as.' }),
            climb: z.array(Reference).meta({ description: 'From the party up to the group.' }),
            lineage: z.enum(['originates', 'unknown']),
            in_min: z.boolean(),
            why: z.string(),
          })
          .meta({ id: 'StandingEnd', description: 'Where support ends, and whom it counts as.' }),
      )
      .meta({ description: limited }),
    paths: z.array(z.array(Reference)).meta({ description: `From an outlet down to an end. ${limited}` }),
    circles: z
      .array(
        z
          .strictObject({ attributions: z.array(Reference), way_out: z.boolean() })
          .meta({ id: 'StandingCircle', description: 'Attributions that report each other.' }),
      )
      .meta({ description: limited }),
    left_out: z
      .array(
        z
          .strictObject({
            attribution: Reference,
            reason: z
              .enum(exclusionReasons)
              .meta({ [ENUM_NAME]: 'LeftOutReason', description: 'Expect new values.' }),
            why: z.string(),
          })
          .meta({ id: 'StandingLeftOut', description: 'What adds nothing to the origins, and why.' }),
      )
      .meta({ description: limited }),
    totals: z
      .strictObject({
        ends: z.int32().min(0),
        paths: z.int32().min(0),
        circles: z.int32().min(0),
        left_out: z.int32().min(0),
      })
      .meta({ id: 'StandingTotals' }),
  })
  .meta({ id: 'StandingExplanation', description: 'Every number of a standing, explained.' });
