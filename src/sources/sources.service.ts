import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type FieldError, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { refreshAfter } from '../provenance/standing/standing.service.js';
import { refreshEntitled, refreshSources } from '../provenance/withdrawals/source-status.service.js';
import { contentDiffers, contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { type ResourceService, resourceService } from '../resources/service.js';
import { NEW_ROW, sourceType } from './source.js';
import { sourceDuplicates } from './source-duplicates.service.js';
import { sourceWarnings } from './source-warnings.service.js';
import type { SourceInput } from './sources.schemas.js';
import { drawsOn, isSuperseded } from './sources.store.js';

/** Members on which the count of origins depends. */
const LINKS = ['part_of', 'derived_from'] as const;
/** Members on which it depends who may withdraw the source. */
const ENTITLED = ['publisher', 'authors'] as const;

export function sourceService(ids: Ids): ResourceService<SourceInput> {
  const base = resourceService({
    noun: sourceType,
    ids,
    columns: { ...NEW_ROW },
    warnings: sourceWarnings,
    duplicates: sourceDuplicates,
    async check(tx, source: SourceInput, id) {
      const links = [
        ...(source.part_of === null ? [] : [{ pointer: '/part_of', to: source.part_of }]),
        ...source.derived_from.map((to, i) => ({ pointer: `/derived_from/${i}`, to })),
      ];
      const faults = await successorFaults(tx, source, id);
      for (const { pointer, to } of links) {
        if (await drawsOn(tx, [decodeReference(to)], id)) {
          const detail = 'this leads back to the source itself; a source cannot draw on itself';
          faults.push({ pointer, code: 'cycle', detail });
        }
      }
      if (faults.length > 0) throw validationError(faults);
    },
  });

  return {
    ...base,
    async create(tx, change, input) {
      const stored = await base.create(tx, change, input);
      await refreshNew(tx, stored);
      return stored;
    },
    async update(tx, change, stored, input) {
      const result = await base.update(tx, change, stored, input);
      if (!result.changed) return result;
      const differs = (members: readonly string[]) => contentDiffers(stored, result.stored, members);
      if (differs(['part_of', 'published'])) await refreshSources(tx, [stored.id]);
      if (differs(['supersedes', 'published'])) {
        await refreshSources(tx, [...olderThan(stored), ...olderThan(result.stored)]);
      }
      if (differs(LINKS)) await refreshAfter(tx, 'source', stored.id);
      if (differs(ENTITLED)) await refreshEntitled(tx, stored.id);
      return result;
    },
    async restore(tx, change, removal, input) {
      const stored = await base.restore(tx, change, removal, input);
      await refreshNew(tx, stored);
      return stored;
    },
    async remove(tx, change, stored) {
      await base.remove(tx, change, stored);
      await refreshSources(tx, olderThan(stored));
    },
  };
}

const olderThan = ({ doc }: ResourceRow): string[] =>
  (contentOf(doc) as SourceInput).supersedes.map(decodeReference);

/** A new source may be part of one that is withdrawn or superseded, and supersede others. */
async function refreshNew(tx: Tx, stored: ResourceRow): Promise<void> {
  const { part_of } = contentOf(stored.doc) as SourceInput;
  const concerned = [...(part_of === null ? [] : [stored.id]), ...olderThan(stored)];
  if (concerned.length > 0) await refreshSources(tx, concerned);
}

async function successorFaults(tx: Tx, { supersedes }: SourceInput, id: string): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  for (const [i, older] of supersedes.entries()) {
    if (!(await isSuperseded(tx, decodeReference(older), id))) continue;
    const detail = 'this leads back to the source itself; a source cannot supersede itself';
    faults.push({ pointer: `/supersedes/${i}`, code: 'cycle', detail });
  }
  return faults;
}
