import type { z } from 'zod';
import type { Tx } from '../../db/store/store.js';
import { conflictsOf, pairView } from '../../provenance/conflicts/conflicts.service.js';
import { explanationText } from '../../provenance/explanation/explanation-task.js';
import { sizeOf } from '../../provenance/graph/graph.js';
import { knownBy } from '../../provenance/graph/known-by.js';
import { sourceKeysOf } from '../../provenance/load/graph-parts.store.js';
import { loadGraph } from '../../provenance/load/provenance.store.js';
import { knownClaims } from '../../provenance/standing/known-claims.service.js';
import type { StandingExplanation as ExplanationSchema } from '../../provenance/standing/standing.schemas.js';
import type { Timeline } from '../../provenance/timeline/timeline.schemas.js';
import { timelineText } from '../../provenance/timeline/timeline-task.js';
import type { ResourceRow } from '../../resources/resource-type.js';
import type { Renderer } from '../../workers/renderer.js';
import { objectOf, type Some, theseOf } from '../frame/objects.service.js';
import type { Assessment, Claim, Conflict, Predicate, Relation } from '../frame/outputs.js';
import type { Site } from '../frame/site.js';

import { newestAssessments, newestRelations } from './judgements.store.js';

/** All that the page of a claim shows. */
export interface ClaimPageData {
  claim: Claim;
  /** What the claim says of its subject; null of a claim in words alone. */
  predicate: Predicate | null;
  explanation: z.infer<typeof ExplanationSchema>;
  timeline: Timeline;
  conflicts: Some<Conflict>;
  relations: Some<Relation>;
  assessments: Some<Assessment>;
}

/** Of each of the lists beside the claim. */
const SHOWN = 20;

/** Reads a claim and what stands around it, in one transaction; `day` is the one by which all that is shown was said. */
export async function loadClaimPage(
  tx: Tx,
  { lists, renderer }: Pick<Site, 'lists' | 'renderer'>,
  reference: string,
  day: number | undefined,
): Promise<ClaimPageData> {
  const known = async (row: ResourceRow) =>
    day === undefined ? row : ((await knownClaims(tx, [row], day))[0] as ResourceRow);
  const { stored, object: claim } = await objectOf<Claim>(tx, lists.claim, reference, known);
  const predicate =
    claim.predicate && (await objectOf<Predicate>(tx, lists.predicate, claim.predicate.id)).object;
  return {
    claim,
    predicate,
    ...(await computedOf(tx, renderer, claim, day)),
    // Else there is nothing that could exclude it.
    conflicts: predicate?.functional ? await conflictsWith(tx, claim, day) : { items: [], more: false },
    relations: await theseOf(tx, lists.relation, await newestRelations(tx, stored.id, SHOWN + 1), SHOWN),
    assessments: await theseOf(
      tx,
      lists.assessment,
      await newestAssessments(tx, stored.id, SHOWN + 1),
      SHOWN,
    ),
  };
}

/** What follows from the attributions. */
async function computedOf(tx: Tx, renderer: Renderer, { id, key, text }: Claim, day: number | undefined) {
  const { graph, keys } = await loadGraph(tx, id);
  const known = day === undefined ? { graph } : knownBy(graph, day);
  const sourceKeys = await sourceKeysOf(tx, graph.sources.keys());
  const claim = { id, key, name: text };
  const explain = () => explanationText({ claim, keys, ...known });
  const tell = () => timelineText({ claim, keys, sourceKeys, graph: known.graph });
  const texts = await renderer.compute(sizeOf([known.graph]), () => [explain(), tell()] as const);
  return {
    explanation: JSON.parse(texts[0]) as ClaimPageData['explanation'],
    timeline: JSON.parse(texts[1]) as Timeline,
  };
}

async function conflictsWith(tx: Tx, { id }: Claim, day: number | undefined): Promise<Some<Conflict>> {
  const filters = { kind: undefined, superseded: false, knownBy: day ?? null };
  const start = { first: '', second: '', back: false };
  const inSameRead = { read: <T>(fn: (tx: Tx) => Promise<T>) => fn(tx) };
  const { pairs, next } = await conflictsOf(inSameRead, id, filters, start, SHOWN);
  // As JSON they are what the API answers.
  const items = JSON.parse(JSON.stringify(pairs.map(pairView))) as Conflict[];
  return { items, more: next !== null };
}
