import { z } from 'zod';
import type { ResourceName } from '../../lib/ids.js';
import { COMPONENT_NAME } from './component-names.js';
import { ENUM_NAME } from './enum-names.js';
import { sampleKeys } from './sample-keys.js';

/** Parameters of paths and headers that several routes take. */

/** Where a path names an object. */
export const itemId = (noun: ResourceName) =>
  z.string().meta({
    description: `Id or key of the ${noun}.`,
    examples: [sampleKeys[noun]],
    [COMPONENT_NAME]: `${noun}_id`,
  });

export const changeReason = z
  .string()
  .optional()
  .meta({
    description: 'Why; stored with the change. Percent-encoded UTF-8.',
    examples: ['corrected%20from%20the%20original'],
  });
export const idempotencyKey = z
  .string()
  .optional()
  .meta({
    description: 'Makes the request safe to retry: the same key and body get the same answer.',
    examples: ['0b2f6c1e-6d4f-4d0e-9a53-2f1f7a1f9a10'],
  });
/** Of a write that changes what is there: without it the answer is 428. */
export const ifMatchRequired = z.string().meta({
  description: 'ETag of the version you saw; * for any.',
  examples: ['"1-2f7cFkQx9sJt0aBc"'],
});
export const ifMatch = z
  .string()
  .optional()
  .meta({
    description: 'ETag of the version you saw; * for any.',
    examples: ['"1-2f7cFkQx9sJt0aBc"'],
  });
export const ifNoneMatch = z
  .string()
  .optional()
  .meta({ description: '* creates only.', examples: ['*'], [COMPONENT_NAME]: 'create_only' });
export const acceptDatetime = z
  .string()
  .optional()
  .meta({
    description: 'The register as it was recorded then (RFC 7089); `as_of` wins over it.',
    examples: ['Thu, 01 Aug 2024 10:00:00 GMT'],
  });
export const ifNoneMatchTag = z
  .string()
  .optional()
  .meta({
    description: 'ETag of what you have; 304 if it still holds.',
    examples: ['"1-2f7cFkQx9sJt0aBc"', 'W/"vX9sJt0aBc2f7cFk"'],
  });

/** What becomes of a creation of what may be in the register already. */
export const ifSimilar = z
  .enum(['reject'])
  .optional()
  .meta({
    [ENUM_NAME]: 'IfSimilar',
    description:
      '`reject`: creates nothing that may be there already (409 `similar_exists`). Left out: creates, and tells.',
    examples: ['reject'],
  });
