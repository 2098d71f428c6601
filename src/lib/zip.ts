/** The first of one list with the first of the other, and so on; what one has more than the other is left out. */
export function zip<One, Other>(ones: readonly One[], others: Iterable<Other>): [One, Other][] {
  const rest = others[Symbol.iterator]();
  return ones.flatMap((one): [One, Other][] => {
    const next = rest.next();
    return next.done ? [] : [[one, next.value]];
  });
}
