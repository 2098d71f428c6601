import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type OutgoingHttpHeaders, request as sendHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, InjectOptions } from 'fastify';

/** Instances behind HAProxy, which gives each of them every other request. */
export interface Cluster {
  /**
   * Sends a request to the proxy, in the terms of Fastify's own `inject`. One that would not be carried as it
   * is goes to an instance directly.
   */
  inject(options: InjectOptions): Promise<ClusterAnswer>;
  /** Fails if the proxy did not spread the requests. */
  close(): Promise<void>;
}

export interface ClusterAnswer {
  statusCode: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

const configuration = (socket: string, ports: number[]) => `
global
  tune.bufsize 65536
defaults
  mode http
  timeout connect 5s
  timeout client 900s
  timeout server 900s
  # What a client sends is judged by the instances.
  option accept-invalid-http-request
  option http-no-delay
frontend proxy
  bind unix@${socket}
  default_backend instances
backend instances
  balance roundrobin
  option accept-invalid-http-response
  http-request set-header x-carried 1
${ports.map((port, i) => `  server instance${i} 127.0.0.1:${port}`).join('\n')}
`;

export async function behindProxy(instances: FastifyInstance[]): Promise<Cluster> {
  const counts = instances.map(() => 0);
  instances.forEach((app, i) => {
    // Some tests also speak to one instance directly.
    app.addHook('onRequest', async ({ headers }) => {
      if (headers['x-carried']) counts[i]! += 1;
    });
  });
  for (const app of instances) await app.listen({ host: '127.0.0.1', port: 0 });
  const ports = instances.map((app) => (app.server.address() as AddressInfo).port);

  const folder = mkdtempSync(join(tmpdir(), 'attested-proxy-'));
  const [file, socket] = [join(folder, 'haproxy.cfg'), join(folder, 'proxy.sock')];
  writeFileSync(file, configuration(socket, ports));
  // It ends when its input does: also where a test never closes its app, and when the tests are killed.
  const proxy = spawn('sh', ['-c', 'haproxy -db -f "$0" & cat >/dev/null; kill -9 $!', file], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  await listening(proxy, socket);

  async function close(): Promise<void> {
    proxy.stdin?.end();
    rmSync(folder, { recursive: true, force: true });
    const most = Math.max(...counts);
    if (most > 3 && Math.min(...counts) < most / 2) {
      throw new Error(`the requests were not spread over the instances: ${counts}`);
    }
  }
  const inject: Cluster['inject'] = (options) =>
    isCarried(options) ? sendTo(socket, options) : instances[0]!.inject(options);
  return { inject, close };
}

/** Blanks around a value are taken off on the way, line breaks end it, and proxies have limits of their own. */
const isCarried = ({ url, headers = {} }: InjectOptions): boolean =>
  String(url).length < 8_000 &&
  Object.keys(headers).length < 90 &&
  Object.values(headers).every((value) => /^(?! )[\x20-\x7e]{0,8000}(?<! )$/.test(String(value)));

async function listening(proxy: ChildProcess, socket: string): Promise<void> {
  let log = '';
  proxy.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const failed = new Promise<never>((_, reject) => {
    proxy.once('error', reject);
    proxy.once('exit', () => reject(new Error(`HAProxy ended:\n${log}`)));
  });
  const bound = async () => {
    while (!existsSync(socket)) await sleep(10);
  };
  await Promise.race([failed, bound()]);
  failed.catch(() => undefined);
}

const ignore = () => undefined;

function sendTo(
  socketPath: string,
  { method, url, headers, payload }: InjectOptions,
): Promise<ClusterAnswer> {
  return new Promise((resolve, reject) => {
    const body = payload === undefined ? undefined : Buffer.from(payload as string | Buffer);
    // Node sends a body along with DELETE, but would not say how long it is.
    const length = body && { 'content-length': String(body.length) };
    const options = { socketPath, method, path: String(url), headers: { ...(headers as object), ...length } };
    const sent = sendHttp(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.once('end', () =>
        resolve({ statusCode: answer.statusCode!, headers: answer.headers, body: text }),
      );
      answer.on('error', reject);
    });
    // An answer to a body that was not read to its end can be followed by several errors of writing: while the
    // request still holds its connection they are its own, after that those of the connection.
    sent.on('error', reject);
    sent.once('socket', (socket) => {
      if (!socket.listeners('error').includes(ignore)) socket.on('error', ignore);
    });
    sent.end(body);
  });
}
