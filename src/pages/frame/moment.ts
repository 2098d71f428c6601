type Query = Readonly<Record<string, string | undefined>>;

/** An address with what of these parameters has a value. */
function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

/**
 * The moment that a page shows: the register as it was recorded then (`as_of`), and what the world knew by a day
 * (`known_by`). Every link of a page leads to the same moment. Both as they were sent; null for all there is.
 */
export class Moment {
  constructor(
    readonly asOf: string | null = null,
    readonly knownBy: string | null = null,
  ) {}

  get isPresent(): boolean {
    return this.asOf === null && this.knownBy === null;
  }

  private get query(): Query {
    return { as_of: this.asOf ?? undefined, known_by: this.knownBy ?? undefined };
  }

  /** The address of a page at this moment. */
  to(path: string, query: Query = {}): string {
    return address(path, { ...query, ...this.query });
  }

  /** The address of an answer of the API at this moment; few of its operations take `known_by`. */
  data(path: string, query: Query = {}, takes: { knownBy?: boolean } = {}): string {
    const { known_by, ...rest } = this.query;
    return address(path, { ...query, ...rest, ...(takes.knownBy && { known_by }) });
  }
}
