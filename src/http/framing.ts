import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Code, Failure } from '../lib/errors.js';
import { newId } from '../lib/ids.js';
import { problemBody, problems } from './problem.js';

/** Node reads these, but another program on the way may read them differently: they are refused. */
export function registerFraming(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const detail = framingFault(request);
    if (detail) throw new Failure('invalid_header', detail, [], {}, { connection: 'close' });
  });
}

function framingFault({ raw, url }: FastifyRequest): string | null {
  if (!/^1\.[01]$/.test(raw.httpVersion)) return 'Speak HTTP/1.1.';
  const hosts = raw.rawHeaders.filter((name, i) => i % 2 === 0 && /^host$/i.test(name));
  if (hosts.length > 1) return 'Send one Host header.';
  const coding = raw.headers['transfer-encoding'];
  if (coding !== undefined && !/^chunked$/i.test(coding)) return 'Transfer-Encoding can be chunked alone.';
  if (!url.startsWith('/') && url !== '*') return 'The address names another host than the Host header.';
  return null;
}

/** The path and query of an address in absolute form, if it names the host that the Host header names. */
export function originForm({ url = '/', headers }: { url?: string; headers: IncomingMessage['headers'] }) {
  const [, host, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  if (host === undefined || host.toLowerCase() !== headers.host?.toLowerCase()) return url;
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
  const body = JSON.stringify(problemBody(new Failure(code, detail), '', id));
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
