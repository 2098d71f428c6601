import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Position } from '../../db/query/keyset.js';
import { ENUM_NAME } from '../schemas/enum-names.js';
import { shownAs } from './filters.js';
import { invalidQuery } from './query.js';

export const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
/** Room for filters and a title of 2,000 letters; an address with it stays below the 16 KiB Node.js reads. */
const MAX_CURSOR = 15_000;
/** Bytes of filters: what is accepted fits into every cursor that follows from it. */
const MAX_FILTERS = 4_000;

/** How cursors look; those of a register are signed by it. */
export const SOME_CURSOR = 'WyIvdjEvY2xhaW1zIl0.c2lnbmVk';

/** What a cursor carries: which list, its filters and order as they were sent, the place, the direction. */
export interface Cursor {
  list: string;
  filters: Record<string, string>;
  /** Null for an end of the list. */
  at: Position | null;
  back: boolean;
}

const refuse = (detail: string, parameter = 'cursor') =>
  invalidQuery([{ parameter, code: 'invalid_cursor', detail }]);

/** Opaque cursors, signed so that only what we gave out is taken back. */
export class Cursors {
  private readonly key: KeyObject;

  constructor(secret: string) {
    this.key = createSecretKey(secret, 'utf8');
  }

  encode({ list, filters, at, back }: Cursor): string {
    const place = at && [at.value, at.id];
    return this.signed(Buffer.from(JSON.stringify([list, filters, place, back])).toString('base64url'));
  }

  /** Throws a 400 for a cursor that is not ours, or not of this list. */
  decode(text: string, expectedList: string, parameter = 'cursor'): Cursor {
    const [payload = ''] = text.split('.', 1);
    // The texts are compared, since several of them decode to the same bytes.
    const [given, right] = [Buffer.from(text), Buffer.from(this.signed(payload))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      throw refuse('not a cursor of this register; begin again without one', parameter);
    }
    const [list, filters, place, back] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (list !== expectedList) throw refuse(`this cursor belongs to ${list}`, parameter);
    return { list, filters, at: place && { value: place[0], id: place[1] }, back };
  }

  private signed(payload: string): string {
    const signature = createHmac('sha256', this.key).update(payload).digest().subarray(0, 16);
    return `${payload}.${signature.toString('base64url')}`;
  }
}

/** Whether a cursor, which nobody has looked at yet, brings a filter along. */
export function carriesFilter(cursor: string, name: string): boolean {
  try {
    const [payload = ''] = cursor.split('.', 1);
    const [, filters] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return name in filters;
  } catch {
    return false;
  }
}

/** Parameters that shape the answer; all others choose and order what is in it. */
export const shaping: ReadonlySet<string> = new Set([
  ...['limit', 'cursor', 'count', 'include', 'fields', 'form', 'facets'],
  ...['bom', 'separator', 'lists'],
]);

export const presentation = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|1\d\d|200)$/, `write a number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .optional()
    .meta({
      description: `Items on a page, by default ${DEFAULT_LIMIT}; in an export, items in all.`,
      examples: [10],
      ...shownAs({ type: 'integer', minimum: 1, maximum: MAX_LIMIT }),
    }),
  cursor: z
    .string()
    .max(MAX_CURSOR)
    .optional()
    .meta({
      description:
        'Where to go on: `next_cursor` or `prev_cursor` of a page. It carries the filters and order.',
      examples: [SOME_CURSOR],
    }),
  count: z
    .enum(['exact'])
    .optional()
    .meta({
      [ENUM_NAME]: 'CountMode',
      description: '`exact` adds `total`, the number of all matches; beyond 10,000 `total_at_least`.',
      examples: ['exact'],
    }),
  fields: z.string().max(1_000).optional(),
};

/** The filters of a request: those of the cursor, which the request may repeat but not change. */
export function effectiveFilters(raw: Record<string, string>, cursor: Cursor | null): Record<string, string> {
  const given = Object.fromEntries(Object.entries(raw).filter(([name]) => !shaping.has(name)));
  if (Buffer.byteLength(JSON.stringify(given)) > MAX_FILTERS) {
    const detail = `filters and order are longer than ${MAX_FILTERS} bytes; ask for fewer alternatives at once`;
    throw invalidQuery([{ parameter: '', code: 'too_long', detail }]);
  }
  if (!cursor) return given;
  for (const [name, value] of Object.entries(given)) {
    if (cursor.filters[name] !== value) {
      throw refuse(`the cursor was given for other filters (${name} differs); begin again without one`);
    }
  }
  return cursor.filters;
}

/** The value of a `Link` header (RFC 8288) with what `links` names; empty when there is none. */
export function linkHeader(
  path: string,
  raw: Record<string, string>,
  links: Record<string, string | null>,
): string {
  const shape = Object.entries(raw).filter(([name]) => name !== 'cursor' && shaping.has(name));
  return Object.entries(links)
    .flatMap(([rel, cursor]) =>
      cursor === null ? [] : `<${path}?${new URLSearchParams([...shape, ['cursor', cursor]])}>; rel="${rel}"`,
    )
    .join(', ');
}
