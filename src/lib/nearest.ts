/** Which of the words there are is meant by one that is not among them. */

/** Longest word that is compared; a longer one is no slip of the pen. */
const MAX_LENGTH = 100;

const plain = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** Single letters to insert, drop, change or swap with a neighbour to come from one word to another; Infinity beyond `most`. */
function distance(a: string, b: string, most: number): number {
  let far = b.length;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of a.split('').entries()) {
    let [left, diagonal] = [i + 1, i];
    const row = [left];
    for (const [j, above] of old.slice(1).entries()) {
      const changed = diagonal + (letter === b[j] ? 0 : 1);
      const beforeSwap = letter === b[j - 1] && a[i - 1] === b[j] ? older[j - 1] : undefined;
      left = Math.min(changed, above + 1, left + 1, (beforeSwap ?? Infinity) + 1);
      diagonal = above;
      row.push(left);
    }
    // Two rows, since a swap comes from the row before the last.
    if (Math.min(...row, ...old) > most) return Infinity;
    [older, old, far] = [old, row, left];
  }
  return far;
}

/** The nearest of the words, if it is near enough to be meant: a third of the letters may differ. */
export function nearest(word: string, words: Iterable<string>): string | null {
  const wanted = plain(word.slice(0, MAX_LENGTH));
  let best: { word: string; far: number } | null = null;
  for (const candidate of words) {
    const there = plain(candidate.slice(0, MAX_LENGTH));
    const allowed = Math.floor(Math.max(wanted.length, there.length) / 3);
    if (Math.abs(wanted.length - there.length) > allowed) continue;
    const most = best === null ? allowed : Math.min(allowed, best.far - 1);
    const far = distance(wanted, there, most);
    if (far <= most) best = { word: candidate, far };
  }
  return best?.word ?? null;
}
