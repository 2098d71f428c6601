import type { FastifyInstance, InjectOptions } from 'fastify';
import { pino } from 'pino';
import { afterAll, afterEach } from 'vitest';
import { type AppOptions, buildApp } from '../../src/app.js';
import { createKey } from '../../src/auth/auth.service.js';
import { shapeOf } from '../../src/db/schema/columns.js';
import type { Store } from '../../src/db/store/store.js';
import type { Scope } from '../../src/http/openapi/operation.js';
import type { ExportLimits } from '../../src/http/response/open-exports.js';
import { type Ids, newId } from '../../src/lib/ids.js';
import { behindProxy, type Cluster, type ClusterAnswer } from './cluster.js';
import { Contract } from './contract.js';
import { chosenEngine, clustered, type Engine, openRegister, type TestRegister } from './engines.js';
import { BUSY_MS, readsHere } from './reads.js';

export interface TestApp {
  app: FastifyInstance;
  store: Store;
  /** A key with the scopes read and write. */
  key: string;
  newKey(scopes: Scope[], more?: { expires_at?: string; on_behalf_of?: string }): Promise<string>;
  /** Sends a request; objects go as JSON. Fails the test if the answer is not what the document declares. */
  send(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Changes with every commit that changes a row: to see that a request left the database as it was. */
  fingerprint(): Promise<string>;
  /** Each row of each table that holds the register, as text: to compare what two moments hold. */
  dump(): Promise<string>;
  /** Sets what the app takes for the present. */
  setClock(at: string): void;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: ClusterAnswer['headers'];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the answer holds
  json: any;
}

interface Options {
  /** Left out: the engine that the API suites run on. */
  engine?: Engine;
  register?: 'empty' | 'sample';
  openReads?: boolean;
  ids?: Ids;
  exportLimits?: ExportLimits;
  writeMs?: number;
  /** A register that is open already, in place of a copy of a template; closed with the app. */
  on?: Pick<TestRegister, 'store' | 'close'> & Partial<TestRegister>;
}

/** An app on an open register that reads as it is told. */
export const appReading = (store: Store, reads: Pick<AppOptions, 'limits' | 'workers'>) =>
  buildApp({
    config: { openReads: true, corsOrigins: [] },
    store,
    clock: () => new Date().toISOString(),
    ids: newId,
    logger: pino({ level: 'silent' }),
    ...reads,
  });

/** An app of its own on a copy of a template register. Closed after the file's tests. */
export async function testApp(options: Options = {}): Promise<TestApp> {
  const { engine = chosenEngine, register = 'empty', openReads = true, ids = newId } = options;
  const { exportLimits, writeMs = BUSY_MS } = options;
  const own = options.on ? null : await openRegister(engine, register);
  const opened = options.on ?? own!;
  const { store } = opened;
  let now: string | null = null;
  const clock = () => now ?? new Date().toISOString();
  const logger = pino({ level: 'silent' });
  const config = { openReads, corsOrigins: '*' as const };
  const instance = (on: Store) =>
    buildApp({ config, store: on, clock, ids, logger, exportLimits, writeMs, ...readsHere(on, { clock }) });
  const app = await instance(store);
  const contract = new Contract();
  contract.hold(app);
  let inject: Cluster['inject'] = (request) => app.inject(request);
  const closings = [() => app.close(), () => opened.close()];
  if (clustered && own) {
    const otherStore = await own.another();
    const other = await instance(otherStore);
    contract.hold(other);
    const cluster = await behindProxy([app, other]);
    inject = cluster.inject;
    closings.unshift(
      cluster.close,
      () => other.close(),
      () => otherStore.close(),
    );
  }
  await app.ready();

  const newKey: TestApp['newKey'] = async (scopes, more = {}) => {
    const change = {
      actor: 'cli',
      onBehalfOf: null,
      reason: null,
      requestId: ids('request'),
      at: '2020-01-01T00:00:00.000Z',
    };
    const input = { name: 'test', scopes, on_behalf_of: null, expires_at: null, ...more };
    return (await store.write((tx) => createKey(tx, change, ids, input))).key;
  };
  const key = await newKey(['read', 'write']);

  const send: TestApp['send'] = async (method, url, body, headers = {}) => {
    const request: InjectOptions = { method: method as 'GET', url, headers: { ...headers } };
    if (method !== 'GET' && headers.authorization === undefined) {
      request.headers = { authorization: `Bearer ${key}`, ...request.headers };
    }
    if (body !== undefined) {
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      request.payload = raw ? body : JSON.stringify(body);
      request.headers = { 'content-type': 'application/json', ...request.headers };
    }
    const response = await inject(request);
    contract.settle();
    const type = String(response.headers['content-type'] ?? '');
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      json:
        type.includes('json') && !type.includes('ndjson') && response.body
          ? setDuplicatesApart(JSON.parse(response.body))
          : null,
    };
  };

  const dump = () =>
    store.read(async (tx) => {
      const tables = Object.entries(tx.tables).filter(
        ([name, table]) => name !== 'settings' && name !== 'commit_clock' && !shapeOf(table).fullText,
      );
      const rows = await Promise.all(
        tables.map(async ([name, table]) => {
          const found: object[] = await tx.db.select().from(table);
          // An engine may give rows in any order.
          return [name, found.map((row) => JSON.stringify(row)).sort()];
        }),
      );
      return JSON.stringify(rows);
    });

  const close = async () => {
    for (const end of closings.splice(0)) await end();
    contract.settle();
  };
  afterEach(contract.settle);
  afterAll(close);
  const setClock = (at: string) => {
    now = at;
  };
  const fingerprint: TestApp['fingerprint'] = () => {
    if (!opened.fingerprint) throw new Error('this register was opened without a fingerprint');
    return opened.fingerprint();
  };
  return { app, store, key, newKey, send, fingerprint, dump, setClock, close };
}

/**
 * What may be the same as an object that was written is no part of it. It can be read from the answer, and is left out where
 * objects are compared.
 */
function setDuplicatesApart<T>(json: T): T {
  if (typeof json === 'object' && json !== null && 'possible_duplicates' in json) {
    Object.defineProperty(json, 'possible_duplicates', { enumerable: false });
  }
  return json;
}
