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
  /** Sends a request to the proxy, in the terms of Fastify's own `inject`. */
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
  timeout client 60s
  timeout server 60s
  # What a client sends is judged by the instances.
  option accept-invalid-http-request
  option http-no-delay
frontend proxy
  bind unix@${socket}
  default_backend instances
backend instances
  balance roundrobin
  option accept-invalid-http-response
${ports.map((port, i) => `  server instance${i} 127.0.0.1:${port}`).join('\n')}
`;

export async function behindProxy(instances: FastifyInstance[]): Promise<Cluster> {
  const counts = instances.map(() => 0);
  instances.forEach((app, i) => {
    app.addHook('onRequest', async () => {
      counts[i]! += 1;
    });
  });
  for (const app of instances) await app.listen({ host: '127.0.0.1', port: 0 });
  const ports = instances.map((app) => (app.server.address() as AddressInfo).port);

  const folder = mkdtempSync(join(tmpdir(), 'attested-proxy-'));
  const [file, socket] = [join(folder, 'haproxy.cfg'), join(folder, 'proxy.sock')];
  writeFileSync(file, configuration(socket, ports));
  const proxy = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(proxy, socket);

  async function close(): Promise<void> {
    proxy.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    const most = Math.max(...counts);
    if (most > 3 && Math.min(...counts) < most / 2) {
      throw new Error(`the requests were not spread over the instances: ${counts}`);
    }
  }
  return { inject: (options) => sendTo(socket, options), close };
}

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

function sendTo(
  socketPath: string,
  { method, url, headers, payload }: InjectOptions,
): Promise<ClusterAnswer> {
  return new Promise((resolve, reject) => {
    const options = { socketPath, method, path: String(url), headers: headers as Record<string, string> };
    const sent = sendHttp(options, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.once('end', () => resolve({ statusCode: answer.statusCode!, headers: answer.headers, body }));
      answer.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(payload as string | Buffer | undefined);
  });
}
