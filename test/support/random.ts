/** Numbers that look random and are the same in every run (mulberry32), so that a failure can be seen again. */
export function seeded(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (probability: number): boolean => next() < probability,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    /** Between `min` and `max` different items. */
    some<T>(items: readonly T[], min: number, max: number): T[] {
      const left = [...items];
      const wanted = min + below(max - min + 1);
      return Array.from(
        { length: Math.min(wanted, items.length) },
        () => left.splice(below(left.length), 1)[0]!,
      );
    },
  };
}

export type Random = ReturnType<typeof seeded>;
