/** Another request may have to wait for two chunks. */
const LONG_MS = 7;
/** With fewer, what each chunk costs whatever its size would come to more than its rows. */
const LEAST = 25;
const MOST = 100;

/**
 * How many rows of a long answer to make at once, so that other requests hardly wait: half as many after a chunk
 * that took long, because rows are long or the disk is slow, and twice as many after a quick one.
 */
export class Pace {
  size = LEAST;

  /** Told the milliseconds that a chunk of the present size took to make. */
  took(milliseconds: number): void {
    if (milliseconds > LONG_MS) this.size = Math.max(LEAST, Math.floor(this.size / 2));
    else if (milliseconds < LONG_MS / 3) this.size = Math.min(MOST, this.size * 2);
  }
}
