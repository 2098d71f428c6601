/** A claim, and how many attributions it has. */
export interface SizedClaim {
  id: string;
  size: number;
}

/** Most attributions of one group. */
const SIZE = 1_000;

/** Splits claims into groups that are read at once: at most `most` claims and {@link SIZE} attributions, or one large claim. */
export function chunksOf(claims: readonly SizedClaim[], most: number): string[][] {
  const chunks: string[][] = [];
  let chunk: string[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const claim of claims) {
    size += claim.size;
    if (size > SIZE || chunk.length === most) {
      chunk = [];
      chunks.push(chunk);
      size = claim.size;
    }
    chunk.push(claim.id);
  }
  return chunks;
}
