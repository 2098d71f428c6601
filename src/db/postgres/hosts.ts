import type { PgConnection, PgPool } from './pool.js';

/**
 * One URL may name several servers, `postgres://user@one:5432,two:5432/attested`: the primary and those that
 * may be promoted in its place.
 */
export function hostsOf(url: string): string[] {
  const [, scheme, hosts, rest] = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url)!;
  return hosts!.split(',').map((host) => `${scheme}${host}${rest}`);
}

/** Connections to whichever of several servers takes writes now; it is found anew when that changes. */
export class PrimaryPool implements PgPool {
  private current = 0;

  /** Each pool refuses to connect while its server is a standby. */
  constructor(private readonly pools: PgPool[]) {}

  async connect(): Promise<PgConnection> {
    const errors: unknown[] = [];
    const from = this.current;
    for (let i = 0; i < this.pools.length; i += 1) {
      const index = (from + i) % this.pools.length;
      try {
        const connection = await this.pools[index]!.connect();
        this.current = index;
        return connection;
      } catch (error) {
        errors.push(error);
      }
    }
    throw errors[0];
  }

  async end(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.end()));
  }
}
