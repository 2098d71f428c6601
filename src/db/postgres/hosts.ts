import type { PgConnection, PgPool } from './pool.js';

/**
 * One URL may name several servers, `postgres://user@one:5432,two:5432/attested`: the primary and those that
 * may be promoted in its place.
 */
export function hostsOf(url: string): string[] {
  const [, scheme, hosts, rest] = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  if (hosts === undefined) throw new Error('the address of the database does not begin with postgres://');
  return hosts.split(',').map((host) => `${scheme}${host}${rest}`);
}

/** The items from an index on, then those before it. */
export const inTurnFrom = <Item>(place: number, items: readonly Item[]): Item[] => [
  ...items.slice(place),
  ...items.slice(0, place),
];

/** Connects to the one of several servers that takes writes; looks for it again when that changes. */
export class PrimaryPool implements PgPool {
  private current = 0;

  /** Each pool refuses to connect while its server is a standby. */
  constructor(private readonly pools: PgPool[]) {}

  async connect(): Promise<PgConnection> {
    const errors: unknown[] = [];
    for (const pool of inTurnFrom(this.current, this.pools)) {
      try {
        const connection = await pool.connect();
        this.current = this.pools.indexOf(pool);
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
