import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError, type Code } from '../../lib/errors.js';
import { newId } from '../../lib/ids.js';
import { problemBody, problems } from '../response/problem.js';

/** Most headers of a request. Node takes in 2,000 and silently drops the rest. */
const MAX_HEADERS = 200;

/** Node reads these, but another program on the way may read them differently: they are refused. */
export function registerHardening(app: FastifyInstance): void {
  // Not a callback: a refusal sent while Node still parses could be followed by Node's own about the same request.
  app.addHook('onRequest', async (request) => {
    const fault = framingFault(request);
    if (fault) throw fault;
  });
}

const refusal = (detail: string, code: Code = 'invalid_header') =>
  new ApiError(code, detail, [], {}, { connection: 'close' });

function framingFault({ raw, originalUrl, url }: FastifyRequest): ApiError | null {
  const { method, httpVersion, rawHeaders, headers } = raw;
  if (rawHeaders.length > 2 * MAX_HEADERS) {
    return refusal(`Send at most ${MAX_HEADERS} headers.`, 'headers_too_large');
  }
  if (!/^1\.[01]$/.test(httpVersion)) return refusal('Speak HTTP/1.1.');
  const hosts = timesSent(rawHeaders, 'host');
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return refusal('Send one Host header.');
  if (url === NOWHERE && originalUrl !== NOWHERE) {
    return refusal('The address names another host than the Host header.');
  }
  if (url === NOWHERE && method !== 'OPTIONS') return refusal('Send a path, which begins with /.');
  // Node hands the first over and drops the others.
  if (timesSent(rawHeaders, 'content-type') > 1) return refusal('Send one Content-Type header.');
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked')) {
    return refusal('Transfer-Encoding can be chunked alone.');
  }
  return null;
}

/** How often a header was sent: Node hands over one value of each. */
export function timesSent(rawHeaders: readonly string[], header: string): number {
  const isIt = (name: string) => name.length === header.length && name.toLowerCase() === header;
  return rawHeaders.filter((text, i) => i % 2 === 0 && isIt(text)).length;
}

/** An address that no route has. */
const NOWHERE = '*';

/** The path and query of an address in absolute form, if it names the host that the Host header names. */
export function originForm({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): string {
  if (url.startsWith('/')) return url;
  const [, host, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  if (host === undefined || host.toLowerCase() !== headers.host?.toLowerCase()) return NOWHERE;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const rawCodes: Record<string, Code> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** What never became a request: no reply object exists, so the answer is written to the socket. */
export function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  // A request that came whole before the fault gets its own answer first; this one is not about it.
  const open = (socket as Socket & { _httpMessage?: ServerResponse })._httpMessage;
  if (open?.req.complete) return void open.once('finish', () => setImmediate(refuseRaw, error, socket));

  const code = rawCodes[error.code ?? ''] ?? 'unreadable_body';
  const detail =
    code === 'unreadable_body' ? 'The request is not valid HTTP/1.1.' : problems[code].description;
  const id = newId('request');
  const body = JSON.stringify(problemBody(new ApiError(code, detail), '', id));
  const { status } = problems[code];
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${id}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
