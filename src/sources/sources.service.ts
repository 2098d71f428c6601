import { unmark } from '../db/references.js';
import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { refreshAfter } from '../provenance/standing.service.js';
import { contentDiffers } from '../register/documents.js';
import { type NounService, registerService } from '../register/service.js';
import { sourceNoun } from './source.js';
import type { SourceInput } from './sources.schemas.js';
import { drawsOn } from './sources.store.js';

/** Members on which the count of origins depends. */
const LINKS = ['part_of', 'derived_from'] as const;

export function sourceService(ids: Ids): NounService<SourceInput> {
  const base = registerService({
    noun: sourceNoun,
    ids,
    async check(tx, source: SourceInput, id) {
      const links = [
        ...(source.part_of === null ? [] : [{ pointer: '/part_of', to: source.part_of }]),
        ...source.derived_from.map((to, i) => ({ pointer: `/derived_from/${i}`, to })),
      ];
      for (const { pointer, to } of links) {
        if (await drawsOn(tx, [unmark(to)], id)) {
          const detail = 'this leads back to the source itself; a source cannot draw on itself';
          throw bodyFailure([{ pointer, code: 'cycle', detail }]);
        }
      }
    },
  });

  return {
    ...base,
    async update(tx, change, stored, input) {
      const result = await base.update(tx, change, stored, input);
      if (result.changed && contentDiffers(stored, result.stored, LINKS))
        await refreshAfter(tx, 'source', stored.id);
      return result;
    },
  };
}
