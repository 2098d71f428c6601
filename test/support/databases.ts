import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { administer, databaseUrl, engines } from './engines.js';
import { newDatabase } from './server.js';

/** An empty register for each engine that a process can be pointed at. Gone after the file's tests. */
export async function databases(): Promise<[engine: string, url: string][]> {
  const found: [string, string][] = [];
  if (engines.includes('sqlite')) found.push(['SQLite', `file:${newDatabase()}`]);
  if (engines.includes('postgres')) {
    const name = `attested_${randomUUID().replaceAll('-', '')}`;
    await administer(`CREATE DATABASE ${name}`);
    afterAll(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));
    found.push(['PostgreSQL', databaseUrl(name)]);
  }
  return found;
}
