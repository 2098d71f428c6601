import { leadInCircle, leadsBack, linksFrom, type Walk } from '../db/query/closures.js';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type FieldError, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { foreseeTexts } from '../resources/alike-texts.js';
import { OneByOne } from '../resources/attempted.js';
import { contentDiffers, contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import {
  type ChangedStep,
  changedIn,
  type ResourceService,
  resourceService,
  type Step,
} from '../resources/service.js';
import { NEW_ROW, sourceType } from './source.js';
import { foreseeSourceDuplicates, sourceDuplicates } from './source-duplicates.service.js';
import { sourceWarnings } from './source-warnings.service.js';
import type { SourceInput } from './sources.schemas.js';

/** Members on which the count of origins depends. */
const LINKS = ['part_of', 'derived_from'] as const;
/** Members on which it depends who may withdraw the source. */
const ENTITLED = ['publisher', 'authors'] as const;

export const sourceService = (ids: Ids): ResourceService<SourceInput> => ({
  foresee: (tx, inputs, changing) =>
    foreseeTexts(
      tx,
      'source',
      inputs.flatMap(({ title, published }) => (published === null ? [] : title)),
      changing,
    ),
  ...resourceService<SourceInput>({
    noun: sourceType,
    ids,
    columns: { ...NEW_ROW },
    warnings: sourceWarnings,
    duplicates: sourceDuplicates,
    lookAhead: foreseeSourceDuplicates,
    async check(tx, source, { stored, isAlone }) {
      // Nothing draws on a source that is new.
      const faults = stored === null || !isAlone ? [] : await circlesOf(tx, source, stored);
      if (faults.length > 0) throw validationError(faults);
    },
    async settle(tx, steps) {
      const changed = changedIn(steps);
      await refuseCircles(tx, changed);
      const differing = (members: readonly string[]) =>
        changed.flatMap(({ before, after }) => (contentDiffers(before, after, members) ? [after.id] : []));
      await drawConsequences(tx, {
        statuses: steps.flatMap(concernedBy),
        sources: differing(LINKS),
        published: differing(ENTITLED),
      });
    },
  }),
});

/** Sources whose status may follow from what was written: a source may be part of one that is withdrawn, and supersede others. */
function concernedBy({ before, after }: Step): string[] {
  const older = [...olderThan(before), ...olderThan(after)];
  if (!before || !after) {
    const isPart = after !== null && (contentOf(after.doc) as SourceInput).part_of !== null;
    return isPart ? [after.id, ...older] : older;
  }
  const differs = (members: readonly string[]) => contentDiffers(before, after, members);
  return [
    ...(differs(['part_of', 'published']) ? [after.id] : []),
    ...(differs(['supersedes', 'published']) ? older : []),
  ];
}

const olderThan = (stored: ResourceRow | null): string[] =>
  stored === null ? [] : (contentOf(stored.doc) as SourceInput).supersedes.map(decodeReference);

/** Of the links that a source is to have those that would lead back to it: no link that it has does. */
async function circlesOf(
  tx: Tx,
  { part_of, derived_from, supersedes }: SourceInput,
  { id, doc }: ResourceRow,
): Promise<FieldError[]> {
  const before = contentOf(doc) as SourceInput;
  const drawnOnBefore = new Set([before.part_of, ...before.derived_from]);
  const supersededBefore = new Set(before.supersedes);
  const older = supersedes.map((to, i) => ({ pointer: `/supersedes/${i}`, to }));
  const links = [
    ...(part_of === null ? [] : [{ pointer: '/part_of', to: part_of }]),
    ...derived_from.map((to, i) => ({ pointer: `/derived_from/${i}`, to })),
  ];
  const faults = async (walk: Walk, links: NewLink[], what: string): Promise<FieldError[]> => {
    const isBack = await leadsBack(
      tx,
      walk,
      links.map(({ to }) => decodeReference(to)),
      id,
    );
    const detail = `this leads back to the source itself; a source cannot ${what} itself`;
    return links
      .filter(({ to }) => isBack(decodeReference(to)))
      .map(({ pointer }) => ({ pointer, code: 'cycle', detail }));
  };
  return [
    ...(await faults(
      'superseded',
      older.filter(({ to }) => !supersededBefore.has(to)),
      'supersede',
    )),
    ...(await faults(
      'drawnOn',
      links.filter(({ to }) => !drawnOnBefore.has(to)),
      'draw on',
    )),
  ];
}

interface NewLink {
  pointer: string;
  to: string;
}

const drawnOn = ({ doc }: ResourceRow): string[] => {
  const { part_of, derived_from } = contentOf(doc) as SourceInput;
  return [...derived_from, part_of ?? []].flat().map(decodeReference);
};

/** Refuses several to which a way leads back, be it by links that they had: one by one some are changed before others. */
async function refuseCircles(tx: Tx, changed: readonly ChangedStep[]): Promise<void> {
  for (const [walk, members, linksOf] of [
    ['drawnOn', LINKS, drawnOn],
    ['superseded', ['supersedes'], olderThan],
  ] as const) {
    const linked = changed.filter(({ before, after }) => contentDiffers(before, after, members));
    const left = new Map(linked.map(({ before }) => [before.id, linksOf(before)]));
    const links = await linksFrom(
      tx,
      walk,
      linked.map(({ after }) => after.id),
      left,
    );
    if (await leadInCircle(tx, links)) throw new OneByOne();
  }
}
