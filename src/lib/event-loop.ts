/** How many milliseconds one turn of the event loop may last before work that can be interrupted leaves it. */
const LONG_MS = 5;

/** When the present turn began to be used; null where nothing has been noted in it. */
let began: number | null = null;
const waiting: (() => void)[] = [];

/** Begins a turn: the one that waited longest goes on, alone, so that many at work hold the loop no longer than one. */
function begin(): void {
  began = performance.now();
  waiting.shift()?.();
  setImmediate(end);
}

function end(): void {
  began = null;
  if (waiting.length > 0) begin();
}

/** Ends a turn once timers and I/O ran again, if others wait: an immediate comes right behind the I/O that began the turn. */
function endAfterIo(): void {
  if (waiting.length > 0) setImmediate(end);
  else began = null;
}

/**
 * Gives the event loop its turn if the present one has lasted long, whoever used it. To be awaited between the
 * pieces of long work; it costs next to nothing while there is time left. Tells whether it did. Throws the reason of a
 * signal that is aborted.
 */
export async function yieldIfLong(signal?: AbortSignal): Promise<boolean> {
  const isLong = began !== null && performance.now() - began > LONG_MS;
  if (began === null) {
    began = performance.now();
    setImmediate(endAfterIo);
  } else if (isLong) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  signal?.throwIfAborted();
  return isLong;
}

/** What gives others their turns between the pieces of long work, such as a transaction. */
export interface Turns {
  yield(): Promise<unknown>;
}

/** What `make` gives of each item, in order; others get their turns in between. */
export async function mapInTurns<Item, Made>(
  turns: Turns,
  items: Iterable<Item>,
  make: (item: Item) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    await turns.yield();
    made.push(make(item));
  }
  return made;
}
