import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../../db/store/store.js';
import { instantOfVersion } from '../../history/version-instant.service.js';
import type { CostOf } from '../../http/openapi/operation.js';
import { storeAsOf } from '../../http/request/as-of.js';
import { misplaced } from '../../http/request/query.js';
import { ApiError } from '../../lib/errors.js';
import { locate } from '../../resources/find.js';
import type { List } from '../../resources/list.js';
import type { ResourceType } from '../../resources/resource-type.js';
import { Moment } from './moment.js';
import { type Make, type momentSchema, pageHandler, pageRoute, type Visit, visitOf } from './page.js';
import type { Site } from './site.js';

/** `ttp-strength@2`: the object behind an id or key, in its second version. */
export function addressed(reference: string): { id: string; version: number | null } {
  const [, id, version] = /^(.*)@([1-9]\d{0,8})$/.exec(reference) ?? [];
  return id === undefined ? { id: reference, version: null } : { id, version: Number(version) };
}

const objectPath = z.object({ id: z.string() });

/** The options of a route that answers the page of an object. */
export const objectPageRoute = <Q extends z.ZodType = typeof momentSchema>(cost: CostOf, query?: Q) => {
  const { schema, config } = pageRoute(cost, query);
  return { schema: { ...schema, params: objectPath }, config };
};

/** The handler of such a route. */
export const objectPageHandler = <Q extends z.ZodType = typeof momentSchema>(
  site: Site,
  make: Make<Q, typeof objectPath>,
) => pageHandler(site, make);

/** Of a removal there is nothing to show, nor of what another version replaced in the same instant. */
const notShown = ({ plural }: ResourceType, id: string, version: number) =>
  new ApiError(
    'not_found',
    `Version ${version} left nothing to be shown; /v1/${plural}/${id}/history/${version} has what was recorded.`,
  );

/**
 * Reads what the page of an object shows, in one transaction. Of a version it is the register as it was when that was
 * recorded, so that all around the object is of the same moment.
 */
export async function readObjectPage<Data>(
  site: Site,
  { noun }: List,
  request: FastifyRequest & { params: { id: string }; query: { known_by?: number | undefined } },
  reply: FastifyReply,
  load: (tx: Tx, id: string, day: number | undefined) => Promise<Data>,
): Promise<{ visit: Visit; data: Data }> {
  const { id, version } = addressed(request.params.id);
  const { known_by: day } = request.query;
  const visit = visitOf(request, site.origin);
  if (version === null) {
    return { visit, data: await storeAsOf(site, request, reply).read((tx) => load(tx, id, day)) };
  }
  if (visit.moment.asOf !== null)
    throw misplaced('as_of', 'a version is of a moment of its own; leave as_of out');
  const asOf = await site.store.read((tx) => instantOfVersion(tx, noun, id, version));
  const data = await storeAsOf(site, request, reply, asOf).read(async (tx) => {
    const found = await locate(tx, noun, id);
    if (found.state !== 'live' || found.stored.version !== version) throw notShown(noun, id, version);
    return load(tx, id, day);
  });
  return { visit: { ...visit, moment: new Moment(asOf, visit.moment.knownBy) }, data };
}
