import { z } from 'zod';
import { scopes } from '../http/openapi/operation.js';
import { instantOut } from '../http/schemas/common.js';
import { instant, label, optional } from '../http/schemas/fields.js';

const scope = z.enum(scopes).meta({
  description:
    '`read` the register, `write` to it, `review` for judgements on it, `admin` for keys. Each of them may read.',
});

export const KeyInput = z
  .strictObject({
    name: label(200).meta({
      description: 'Whose key this is, or what for.',
      examples: ['import of court records'],
    }),
    scopes: z
      .array(scope)
      .min(1)
      .max(scopes.length)
      .refine((list) => new Set(list).size === list.length, 'a scope stands here twice'),
    on_behalf_of: optional(label(200)).meta({ description: 'The person or body the holder acts for.' }),
    expires_at: optional(instant),
  })
  .meta({ id: 'ApiKeyInput', description: 'A key to be made.' });

export type KeyInput = z.infer<typeof KeyInput>;

const members = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  on_behalf_of: z.string().nullable(),
  created_at: instantOut,
  expires_at: instantOut.nullable(),
  revoked_at: instantOut.nullable(),
};

const Key = z.strictObject(members).meta({ id: 'ApiKey', description: 'An API key, without its secret.' });

export const NewKey = z
  .strictObject({
    ...members,
    key: z.string().meta({ description: 'Shown this once; send it as bearer token.' }),
  })
  .meta({ id: 'NewApiKey', description: 'A new API key with its secret.' });

export const KeyList = z.strictObject({ items: z.array(Key) }).meta({ id: 'ApiKeyList' });

export const Me = z
  .strictObject({
    id: z.string().nullable(),
    name: z.string().nullable(),
    scopes: z.array(scope),
    on_behalf_of: z.string().nullable(),
    expires_at: instantOut.nullable(),
  })
  .meta({ id: 'Me', description: 'The holder of the key that came with the request; nulls without a key.' });
