import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader, Store } from '../../db/store/store.js';
import type { Clock } from '../../lib/clock.js';
import { ApiError } from '../../lib/errors.js';
import { pathOf } from '../../lib/path.js';
import { addLink, addVary } from '../response/headers.js';
import { acceptDatetime, ifNoneMatchTag } from '../schemas/parameters.js';
import { firstRecorded, newestWrite } from './as-of.store.js';
import { instantTo } from './filters.js';
import { rawQuery } from './zod.js';

/** Reading the register as it was recorded at an instant: by `as_of`, or as a memento (RFC 7089). */

/** The parameter that every read of the register takes. */
export const asOfQuery = {
  as_of: instantTo(
    'The register as it was recorded then; a day means its end. Not in the future, and not before the register began',
  ),
};

/** The headers that every read of the register takes. */
export const readHeaders = { 'if-none-match': ifNoneMatchTag, 'accept-datetime': acceptDatetime };
/** Those of exports: what is sent while it is read has no ETag. */
export const exportHeaders = { 'accept-datetime': acceptDatetime };

const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const refuse = (parameter: string, detail: string, fault = 'invalid_instant') => {
  const code = parameter === 'as_of' ? 'invalid_query' : 'invalid_header';
  return new ApiError(code, `${parameter}: ${detail}`, [{ parameter, code: fault, detail }]);
};

/** The last instant of the second that `Accept-Datetime` names, but not later than now; null without one. */
function fromHeader(request: FastifyRequest, clock: Clock): string | null {
  const header = request.headers['accept-datetime'];
  if (header === undefined) return null;
  const time = HTTP_DATE.test(String(header)) ? Date.parse(String(header)) : Number.NaN;
  if (Number.isNaN(time)) throw refuse('Accept-Datetime', 'write a date as Thu, 01 Aug 2024 10:00:00 GMT');
  const [last, now] = [new Date(time + 999).toISOString(), clock()];
  return last < now ? last : now;
}

/**
 * The parameters as they were sent, with what `Accept-Datetime` asks for as `as_of`. A cursor carries the
 * instant of its list, so the header says nothing beside one.
 */
export function datedQuery(request: FastifyRequest, clock: Clock): Record<string, string> {
  const raw = rawQuery(request.query);
  if (raw.as_of !== undefined || raw.cursor !== undefined) return raw;
  const as_of = fromHeader(request, clock);
  return as_of === null ? raw : { ...raw, as_of };
}

/** The instant that a query asks for, of a route that takes one. */
const instantIn = (query: unknown): string | undefined =>
  typeof query === 'object' && query !== null && 'as_of' in query && typeof query.as_of === 'string'
    ? query.as_of
    : undefined;

export interface AsOfContext {
  store: Store;
  clock: Clock;
}

/**
 * What a request reads from: the register as it is or, when it asks for an instant, as it was then. Lists say
 * which instant, since their cursors carry it; null for the present.
 */
export function storeAsOf(
  { store, clock }: AsOfContext,
  request: FastifyRequest,
  reply: FastifyReply,
  instant?: string | null,
): Reader {
  addVary(reply, 'Accept-Datetime');
  const as_of = instantIn(request.query);
  const asOf = instant === undefined ? (as_of ?? fromHeader(request, clock)) : instant;
  if (asOf === null) return store;
  const byHeader = as_of === undefined && rawQuery(request.query).cursor === undefined;
  const parameter = byHeader ? 'Accept-Datetime' : 'as_of';
  const now = clock();
  describeMemento(request, reply, asOf);
  return {
    read: (fn) =>
      store.read(
        async (tx) => {
          // Another instance's clock may be ahead of ours: what it wrote is there.
          if (asOf > now && Date.parse(asOf) > (await newestWrite(tx))) {
            throw refuse(parameter, 'this instant is in the future; leave it out to read the current state');
          }
          const begin = await firstRecorded(tx);
          if (begin !== null && asOf < begin) {
            const detail = `the register begins on ${begin}; for what the world knew by then see \`known_by\``;
            throw refuse(parameter, detail, 'before_register');
          }
          return fn(tx);
        },
        { asOf },
      ),
  };
}

/** The headers of a memento: its instant, and the address of the present. */
function describeMemento(request: FastifyRequest, reply: FastifyReply, asOf: string): void {
  reply.header('memento-datetime', new Date(asOf).toUTCString());
  const path = pathOf(request.url);
  const { as_of, ...rest } = rawQuery(request.query);
  if (rest.cursor !== undefined) return;
  const address = (query: Record<string, string>) =>
    Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
  addLink(reply, `<${address(rest)}>; rel="original timegate"`);
  if (as_of === undefined) reply.header('content-location', address({ ...rest, as_of: asOf }));
}
