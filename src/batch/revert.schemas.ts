import { z } from 'zod';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { resourceNames } from '../lib/ids.js';

export const RevertInput = z
  .strictObject({
    dry_run: z
      .boolean()
      .optional()
      .default(false)
      .meta({ description: 'Tells what would happen and writes nothing.' }),
  })
  .meta({ id: 'RequestRevertInput', description: 'How to undo what a request did.' });
export type RevertInput = z.infer<typeof RevertInput>;

const RevertItem = z
  .strictObject({
    type: z.enum(resourceNames).meta({ [ENUM_NAME]: 'ObjectType' }),
    id: z.string(),
    key: z.string().nullable(),
    operation: z
      .enum(['update', 'restore', 'remove'])
      .meta({ [ENUM_NAME]: 'RevertOperation', description: 'What undid the change.' }),
    version: z.int32().min(0).meta({ description: 'The version now; of a removed object, its tombstone.' }),
  })
  .meta({ id: 'RevertItem', description: 'An object that is again what it was before the request.' });

export const RevertResult = z
  .strictObject({
    dry_run: z.boolean(),
    request_id: z
      .string()
      .meta({ description: 'The request that did this, by which it can be undone in turn.' }),
    items: z.array(RevertItem).meta({ description: 'What was changed; none where all was undone before.' }),
  })
  .meta({ id: 'RevertResult', description: 'What became of the objects of a request that was undone.' });
