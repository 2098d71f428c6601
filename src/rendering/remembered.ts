import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { MOST_KEPT, sizeOf } from '../provenance/graph-rows.js';
import type { ProvenanceTask, Rendered } from './worker.js';

interface Known {
  task: ProvenanceTask;
  answer: Promise<Rendered>;
}

/**
 * Works out the same from the same rows only once. An answer follows from its task alone, so one that is
 * kept beside its task cannot be out of date.
 */
export function remembering(workOut: (task: ProvenanceTask) => Promise<Rendered>): typeof workOut {
  const latest = new LRUCache<string, Known>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ task }) => sizeOf(task.rows),
  });
  return (task) => {
    const about = `${task.kind} ${task.rows.claims}`;
    const known = latest.get(about);
    if (known && isDeepStrictEqual(known.task, task)) return known.answer;
    const answer = workOut(task);
    latest.set(about, { task, answer });
    answer.catch(() => {
      if (latest.peek(about)?.answer === answer) latest.delete(about);
    });
    return answer;
  };
}
