import type { FastifyReply, FastifyRequest } from 'fastify';
import { REPEATABLE } from '../../http/request/query.js';
import { groupBy } from '../../lib/collections.js';
import { pathOf } from '../../lib/path.js';

/**
 * Forms of browsers send fields that were left empty, and one parameter for each box that was ticked. The API takes
 * neither, so that a typo is not taken for a filter: a page sends browsers on to the address without the empty ones,
 * with alternatives separated by commas. So each choice has one address, which can be kept.
 */
export async function tidyAddress(request: FastifyRequest, reply: FastifyReply) {
  const path = pathOf(request.url);
  const query = request.url.slice(path.length + 1);
  const tidy = tidyQuery(query);
  if (tidy !== query) return reply.redirect(tidy === '' ? path : `${path}?${tidy}`, 303);
}

/** The same query where there is nothing to tidy, also where it cannot be read: that is refused with a reason. */
export function tidyQuery(query: string): string {
  const sent = query.split('&').map((part) => {
    const [name = '', ...value] = part.split('=');
    return { name, value: value.join('=') };
  });
  const names = sent.map(({ name }) => name);
  const isTidy = query === '' || sent.every(({ value }) => value !== '');
  const single = names.filter((name) => !REPEATABLE.has(name));
  if (isTidy && new Set(single).size === single.length) return query;
  const kept = sent.filter(({ name, value }) => name !== '' && value !== '' && !value.includes('%00'));
  const parts = [...groupBy(kept, ({ name }) => name)].map(([name, all]) => {
    const between = REPEATABLE.has(name) ? `&${name}=` : ',';
    return `${name}=${all.map(({ value }) => value).join(between)}`;
  });
  return parts.join('&');
}
