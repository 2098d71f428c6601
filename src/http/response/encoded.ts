/** Most bytes that one unit of a string takes in UTF-8. */
const MOST_BYTES = 3;

/** Bytes to make room for at first; for short texts as many as there can be. */
const USUAL_BYTES = 1.25;
const SHORT = 8_192;

/**
 * The parts one after the other in UTF-8. To join many long texts and then encode them takes three times as long,
 * since the joined text does not fit into the caches of a processor. To count the bytes beforehand would take as long
 * as to write them.
 */
export function encoded(parts: readonly string[]): Buffer {
  const units = parts.reduce((sum, { length }) => sum + length, 0);
  let buffer = Buffer.allocUnsafe(
    units < SHORT ? units * MOST_BYTES : Math.ceil(units * USUAL_BYTES) + 4_096,
  );
  let at = 0;
  for (const part of parts) {
    const most = at + part.length * MOST_BYTES;
    if (most > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(most, Math.ceil(buffer.length * 1.5)));
      buffer.copy(larger, 0, 0, at);
      buffer = larger;
    }
    at += buffer.write(part, at);
  }
  return buffer.subarray(0, at);
}

/** Long answers pass through several hands, and a copy in each costs more than to make them. */
export const bytesOf = (text: string | Buffer): Buffer =>
  typeof text === 'string' ? Buffer.from(text) : text;

export function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}
