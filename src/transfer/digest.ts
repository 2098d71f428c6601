import { createHash } from 'node:crypto';

const MODULUS = 2n ** 256n;

/** Tells whether two sets of rows are the same, in whatever order they come: the sum of the digests of all rows. */
export class RowsDigest {
  private sum = 0n;
  count = 0;

  add(row: Record<string, unknown>): void {
    const values = Object.keys(row)
      .sort()
      .map((name) => [name, row[name]]);
    const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex');
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS;
    this.count += 1;
  }

  toString(): string {
    return `${this.count} rows, digest ${this.sum.toString(16).padStart(64, '0')}`;
  }
}
