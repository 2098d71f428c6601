import { z } from 'zod';

/** Operations of one patch. */
const MAX_OPERATIONS = 1_000;
/** Most steps of a pointer, and characters: bodies nest no deeper. */
const MAX_STEPS = 32;
const MAX_POINTER = 1_000;

/** Members of no input form, which libraries for patches take for those that every object inherits. */
const INHERITED = /\/(?:__proto__|constructor|prototype)(?:\/|$)/;

const pointer = z
  .string()
  .max(MAX_POINTER)
  .regex(
    /^(?:\/(?:[^/~]|~[01])*)*$/,
    'write a JSON Pointer, such as /names/- or /value/unit; ~ is ~0, and / in a name ~1',
  )
  .refine((text) => text.split('/').length <= MAX_STEPS + 1, `a pointer has at most ${MAX_STEPS} steps`)
  .refine((text) => !INHERITED.test(text), {
    error: 'no object has a member of this name',
    params: { code: 'forbidden_member' },
  });

export const JsonPatchOperation = z
  // RFC 6902, section 4: members that an operation does not define are ignored.
  .object({
    op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: pointer.meta({
      description:
        'JSON Pointer (RFC 6901) into the input form; `-` is the place after the last of an array.',
      examples: ['/names/-'],
    }),
    from: pointer.optional().meta({
      description: 'Of `move` and `copy`: where the value is taken from.',
      examples: ['/names/0'],
    }),
    value: z.unknown().optional().meta({ description: 'Of `add`, `replace` and `test`.' }),
  })
  .superRefine((operation, context) => {
    const wanted = {
      move: 'from',
      copy: 'from',
      remove: null,
      add: 'value',
      replace: 'value',
      test: 'value',
    } as const;
    const member = wanted[operation.op];
    if (member === null || member in operation) return;
    const message = `${operation.op} needs ${member}`;
    context.addIssue({ code: 'custom', path: [member], message, params: { code: 'missing_member' } });
  })
  .meta({ id: 'JsonPatchOperation', description: 'One step of a JSON Patch (RFC 6902) on an input form.' });
export type JsonPatchOperation = z.infer<typeof JsonPatchOperation>;

export const JsonPatch = z
  .array(JsonPatchOperation)
  .min(1)
  .max(MAX_OPERATIONS)
  .meta({ description: 'A JSON Patch (RFC 6902): done in this order, all or none.' });
export type JsonPatch = z.infer<typeof JsonPatch>;
