import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Future } from './future.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Demo {
  base: string;
  key: string;
  stop(): Promise<void>;
}

/** The sample register, served as `npm run demo` serves it, on a free port. */
export async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'demo'], {
    cwd: root,
    env: { ...process.env, ATTESTED_PORT: '0', ATTESTED_DATABASE_URL: 'file:unused' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const output = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      text += data;
      if (text.includes('\ncurl ')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}\n${text}`)));
  });
  return {
    base: /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0],
    key: /^att_\w+$/m.exec(output)![0],
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export interface Proxy {
  base: string;
  /** What was asked and answered, as `GET /v1/claims?limit=1 200`. */
  seen: string[];
  stop(): void;
}

/** Stands between a client and the register: notes what is asked, and may answer as a later version would. */
export async function startProxy(target: string, future?: Future): Promise<Proxy> {
  const seen: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const answer = await forward(target, request);
    seen.push(`${method} ${decodeURIComponent(url)} ${answer.status}`);
    let body = Buffer.from(await answer.arrayBuffer());
    if (future && /[/+]json$/.test(answer.headers.get('content-type') ?? '') && body.length > 0) {
      const changed = future.answer(method, url.split('?')[0]!, answer.status, JSON.parse(body.toString()));
      body = Buffer.from(JSON.stringify(changed));
    }
    const headers = Object.fromEntries(answer.headers);
    for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'content-encoding'])
      delete headers[name];
    if (answer.status !== 204) headers['content-length'] = String(body.length);
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function forward(target: string, request: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const {
    host,
    connection,
    'content-length': length,
    'transfer-encoding': coding,
    // Java offers to speak HTTP/2.
    upgrade,
    'http2-settings': settings,
    ...headers
  } = request.headers;
  return fetch(target + request.url, {
    method: request.method!,
    headers: headers as Record<string, string>,
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
}
