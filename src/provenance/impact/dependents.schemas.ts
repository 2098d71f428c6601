import { z } from 'zod';
import { Reference } from '../../http/schemas/common.js';
import { ENUM_NAME } from '../../http/schemas/enum-names.js';
import { Standing } from '../standing/standing.schemas.js';
import { lossReasons } from './loss.js';

export const Dependents = z
  .strictObject({
    falling: Reference,
    withdrawn_by: Reference.nullable().meta({
      description:
        'The attribution that withdrew the source; the items then show the effect of the withdrawal.',
    }),
    items: z.array(
      z
        .strictObject({
          claim: Reference,
          before: Standing,
          after: Standing,
          fallen: z.array(
            z
              .strictObject({
                attribution: Reference,
                because: z.enum(lossReasons).meta({ [ENUM_NAME]: 'LossReason' }),
              })
              .meta({ id: 'FallenAttribution' }),
          ),
          summary: z.string(),
        })
        .meta({ id: 'Dependent', description: 'A claim that loses support.' }),
    ),
    total: z.int32().min(0).meta({ description: 'Number of claims that lose support, of those examined.' }),
    examined: z
      .int32()
      .min(0)
      .meta({ description: 'Number of claims that could depend on it and were examined.' }),
    complete: z.boolean().meta({ description: 'false: there were more to examine than one answer allows.' }),
  })
  .meta({ id: 'Dependents', description: 'Which claims lose support, and how far, if this falls.' });
