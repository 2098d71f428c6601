import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { engines } from '../support/engines.js';
import { owner, type PostgresServer, postgresServer } from '../support/postgres-server.js';

/** Connections to PostgreSQL over TLS, as the parameters of the URL ask for. */

describe.runIf(engines.includes('postgres'))('openStore on a server with a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attested-tls-'));
  const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  let server: PostgresServer;

  beforeAll(async () => {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '1'];
    execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'pipe' });
    const as = owner();
    if (as) for (const path of [folder, key, certificate]) chownSync(path, as.uid, as.gid);
    server = await postgresServer({ ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key });
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function isEncrypted(parameters: string): Promise<boolean> {
    const onFatal = (error: Error) => {
      throw error;
    };
    const store = await openStore({ url: `${server.url}${parameters}`, onFatal });
    const [row] = await store.read((tx) =>
      tx.rows<{ ssl: boolean }>(sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`),
    );
    await store.close();
    return row!.ssl;
  }

  it('a connection is not encrypted unless the address asks for it', async () => {
    expect(await isEncrypted('')).toBe(false);
  });

  it('sslmode=verify-full accepts only the certificate that it trusts', async () => {
    expect(await isEncrypted(`?sslmode=verify-full&sslrootcert=${certificate}`)).toBe(true);
    await expect(isEncrypted('?sslmode=verify-full')).rejects.toThrow(/certificate/);
  });

  it('sslmode=no-verify encrypts without checking the certificate', async () => {
    expect(await isEncrypted('?sslmode=no-verify')).toBe(true);
  });
});
