import type { FastifyReply } from 'fastify';

/** Clients read 16 KiB of headers. */
const MAX_LINK = 8_000;

/** Headers that several parts of an answer add to. */
function append(reply: FastifyReply, name: string, value: string): string {
  const before = reply.getHeader(name);
  return before === undefined || before === '' ? value : `${before}, ${value}`;
}

/** Says that the answer depends on this request header, once. */
export function addVary(reply: FastifyReply, header: string): void {
  const named = String(reply.getHeader('vary') ?? '').split(', ');
  if (named.includes(header)) return;
  reply.header('vary', append(reply, 'vary', header));
}

/** Adds links (RFC 8288), unless they would be too long for a header. */
export function addLink(reply: FastifyReply, links: string): void {
  const all = append(reply, 'link', links);
  if (links !== '' && all.length <= MAX_LINK) reply.header('link', all);
}
