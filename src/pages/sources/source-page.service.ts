import type { z } from 'zod';
import type { Tx } from '../../db/store/store.js';
import type { Dependents as DependentsSchema } from '../../provenance/impact/dependents.schemas.js';
import { dependentsText } from '../../provenance/impact/dependents.service.js';
import { objectOf, type Some, someOf } from '../frame/objects.service.js';
import type { Claim, FullAttribution, Source } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';

/** All that the page of a source shows. */
export interface SourcePageData {
  source: Source;
  claims: Some<Claim>;
  /** What is said of the source as a whole: that it is denied, corrected, taken back. */
  about: Some<FullAttribution>;
  parts: Some<Source>;
  derived: Some<Source>;
  dependents: z.infer<typeof DependentsSchema>;
}

const SHOWN = 20;

/** Reads a source and what stands around it, in one transaction. */
export async function loadSourcePage(
  tx: Tx,
  { lists, renderer }: Pick<Site, 'lists' | 'renderer'>,
  reference: string,
  day: number | undefined,
): Promise<SourcePageData> {
  const { stored, object: source } = await objectOf<Source>(tx, lists.source, reference);
  const of = [stored.id];
  const known = day === undefined ? {} : { known_by: day };
  const inSameRead = { read: <T>(fn: (tx: Tx) => Promise<T>) => fn(tx) };
  return {
    source,
    claims: await someOf(tx, lists.claim, { source: of, ...known }, SHOWN),
    about: await someOf(tx, lists.attribution, { about_source: of, ...known }, SHOWN),
    parts: await someOf(tx, lists.source, { part_of: of }, SHOWN),
    derived: await someOf(tx, lists.source, { derived_from: of }, SHOWN),
    dependents: JSON.parse(await dependentsText(inSameRead, renderer, 'source', stored, SHOWN)),
  };
}
