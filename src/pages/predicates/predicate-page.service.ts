import type { z } from 'zod';
import type { Tx } from '../../db/store/store.js';
import type { Estimates as EstimatesSchema } from '../../provenance/conflicts/conflicts.schemas.js';
import { estimatesOf } from '../../provenance/conflicts/estimates.service.js';
import { objectOf, type Some, someOf } from '../frame/objects.service.js';
import type { Claim, Predicate, Reference } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';

/** All that the page of a predicate shows. */
export interface PredicatePageData {
  predicate: Predicate;
  claims: Some<Claim>;
  /** Of what the newest claims speak. */
  subjects: Reference[];
  /** The figures for one subject over time, where one was chosen. */
  estimates: Pick<z.infer<typeof EstimatesSchema>, 'items' | 'complete' | 'subject'> | null;
}

const SHOWN = 50;
/** Figures in the table of estimates: a thousand would make a page of 650 KB. */
const FIGURES = 100;

/** Reads a predicate, its newest claims, and the figures for `subject`, in one transaction. */
export async function loadPredicatePage(
  tx: Tx,
  { lists }: Pick<Site, 'lists'>,
  reference: string,
  day: number | undefined,
  subject: string | undefined,
): Promise<PredicatePageData> {
  const { stored, object: predicate } = await objectOf<Predicate>(tx, lists.predicate, reference);
  const known = day === undefined ? {} : { known_by: day };
  const claims = await someOf<Claim>(tx, lists.claim, { predicate: [stored.id], ...known }, SHOWN);
  const subjects = new Map(
    claims.items.flatMap(({ subject }) => (subject ? [[subject.id, subject] as const] : [])),
  );
  return {
    predicate,
    claims,
    subjects: [...subjects.values()],
    estimates: subject === undefined ? null : await figuresFor(tx, subject, stored.id, day),
  };
}

async function figuresFor(tx: Tx, subject: string, predicate: string, day: number | undefined) {
  const { items, complete, named } = await estimatesOf(tx, { subject, predicate, known_by: day });
  const shown = { items: items.slice(0, FIGURES), complete: complete && items.length <= FIGURES, ...named };
  // As JSON they are what the API answers.
  return JSON.parse(JSON.stringify(shown)) as NonNullable<PredicatePageData['estimates']>;
}
