import { z } from 'zod';
import type { Code } from '../../lib/errors.js';
import { PROBLEM_TYPE } from '../response/media.js';
import { problems } from '../response/problem.js';
import { Problem } from '../schemas/common.js';
import { ifNoneMatchTag } from '../schemas/parameters.js';

/** What routes answer, as they declare it: status, headers, and a schema for each media type. */

/** One answer of a route: its JSON schema, or its schemas by media type; neither for an empty body. */
export interface ResponseDoc {
  description: string;
  schema?: z.ZodType;
  media?: Record<string, z.ZodType>;
  /** What is answered, where the examples of the sample register do not tell. */
  example?: object;
  /**
   * The schema of the body where a parameter, such as `fields`, or the body that was sent asks for another than the documented
   * one.
   */
  variant?: (query: Readonly<Record<string, string>>, body: unknown) => z.ZodType | null;
  /** Headers by name in lower case, beside those that every answer carries. */
  headers?: z.ZodRawShape;
}

export type Responses = Record<number, ResponseDoc>;

const described = (description: string) => z.string().meta({ description });
const perhaps = (description: string) => z.string().optional().meta({ description });

const DEPENDS = 'The request headers on which the answer depends.';
const TAG = 'Version, if there is one, and content of what is sent; for `If-Match` and `If-None-Match`.';
const etag = described(TAG);
export const location = described('Path of the object.');
/** Where the answer always depends on some; any other answer may, where CORS is for some origins alone. */
const vary = described(DEPENDS);

export const answers = {
  item: (schema: z.ZodType): ResponseDoc => ({ description: 'The object.', schema, headers: { etag } }),
  /** What PATCH changes. */
  patchable: (schema: z.ZodType): ResponseDoc => ({
    description: 'The object.',
    schema,
    headers: { etag, 'accept-patch': described('The media types of a PATCH (RFC 5789).') },
  }),
  created: (schema: z.ZodType): ResponseDoc => ({
    description: 'The new object.',
    schema,
    headers: { etag, location },
  }),
  empty: (description: string): ResponseDoc => ({ description }),
};

/** Headers of every answer of a route; as components, since they stand in each. */
export const always = {
  'x-request-id': described('Names the request; one of your own is taken over.'),
  vary: perhaps(DEPENDS),
  'content-encoding': perhaps('`br` or `gzip`, if the client takes it and the answer is long enough.'),
};

/** The header of an answer that can be revalidated. */
const ofRevalidation = { etag: described(TAG) };

/** Headers of an answer that tells the register as it is or was. */
const ofReads = {
  vary,
  link: perhaps('`rel="next"` and `rel="prev"` (RFC 8288); of a memento, `rel="original timegate"`.'),
  'memento-datetime': perhaps('Instant of the register, if one was asked for.'),
  'content-location': perhaps('Address of what was chosen by `Accept-Datetime`.'),
};

const replayed = {
  'idempotent-replayed': perhaps('`true` if this answer was given before.'),
  'original-request': perhaps(
    'Then the `X-Request-Id` of the request that was answered first: the history has under it what that changed.',
  ),
};

/** What follows from the request headers that a route takes; what the route declares itself goes first. */
export function withImplied(success: Responses, taken: z.ZodRawShape): Responses {
  const revalidates = taken['if-none-match'] === ifNoneMatchTag;
  const shared = {
    ...always,
    ...('accept-datetime' in taken && ofReads),
    ...(revalidates && ofRevalidation),
    ...('idempotency-key' in taken && replayed),
  };
  const responses: Responses = {};
  for (const [status, answer] of Object.entries(success)) {
    responses[Number(status)] = { ...answer, headers: { ...shared, ...answer.headers } };
  }
  if (revalidates) {
    const description = 'The client has this already (`If-None-Match`).';
    const patch = success[200]?.headers?.['accept-patch'];
    responses[304] = { description, headers: { ...shared, ...(patch && { 'accept-patch': patch }) } };
  }
  return responses;
}

/** The answer to a read of an object that was merged into another. */
export const sentOn: Responses = {
  308: {
    description:
      'The object was merged into another: go to the same address of that one. A merge can be undone.',
    headers: { ...always, location: described('The same address of the object into which it was merged.') },
  },
};

const PATCH = perhaps('The media types of a PATCH, where the address takes one (RFC 5789).');

/** Headers that tell what to do about a problem. */
const remedies: Record<number, z.ZodRawShape> = {
  401: { 'www-authenticate': described('How to authenticate.') },
  405: { allow: described('The methods that the address takes.'), 'accept-patch': PATCH },
  410: { etag: described('Version of the tombstone, for the If-Match of a PUT that restores the object.') },
  415: { 'accept-patch': PATCH },
  503: { 'retry-after': described('Seconds to wait.') },
  507: { 'retry-after': described('Seconds to wait.') },
};

/** The headers of all problems of a class of statuses, each of which only some have. */
export const remediesOf = (hundreds: number): z.ZodRawShape =>
  Object.fromEntries(
    Object.entries(remedies)
      .filter(([status]) => Math.floor(Number(status) / 100) === hundreds)
      .flatMap(([, headers]) => Object.entries(headers))
      .map(([name, schema]) => [name, (schema as z.ZodString).optional()]),
  );

export function problemResponses(codes: readonly Code[]): Responses {
  const byStatus: Responses = {};
  for (const code of new Set(codes)) {
    const { status, title } = problems[code];
    const known = byStatus[status];
    if (known) known.description += `; ${title.toLowerCase()}`;
    else {
      const headers = { ...always, ...remedies[status] };
      byStatus[status] = { description: title, media: { [PROBLEM_TYPE]: Problem }, headers };
    }
  }
  return byStatus;
}
