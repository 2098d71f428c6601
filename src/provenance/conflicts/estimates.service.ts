import type { Tx } from '../../db/store/store.js';
import { filterId } from '../../resources/resolve.js';
import { standingPending } from '../standing/standing.service.js';
import { type Figure, figuresByTime, subjectAndPredicate } from './comparable-claims.store.js';
import { onePredicate } from './figure-predicates.store.js';

/** Most figures that one answer holds. */
const MOST_FIGURES = 1_000;

const estimate = ({ view, text }: Figure) => ({ ...view, text });

/** All figures for one thing by time. Throws a 400 for a subject or a predicate that leads nowhere. */
export async function estimatesOf(
  tx: Tx,
  asked: { subject: string; predicate: string; known_by?: number | undefined },
) {
  const subject = await filterId(tx, 'party', 'subject', asked.subject);
  const predicate = await filterId(tx, 'predicate', 'predicate', asked.predicate);
  const reading = { predicates: await onePredicate(tx, predicate), knownBy: asked.known_by ?? null };
  const figures = await figuresByTime(tx, subject, predicate, reading, MOST_FIGURES + 1);
  return {
    items: figures
      .slice(0, MOST_FIGURES)
      .filter(({ unsaid }) => !unsaid)
      .map(estimate),
    complete: figures.length <= MOST_FIGURES,
    named: await subjectAndPredicate(tx, subject, predicate),
    standing_pending: await standingPending(tx),
  };
}
