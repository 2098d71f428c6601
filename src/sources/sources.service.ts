import { unmark } from '../db/references.js';
import { bodyFailure } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { registerService } from '../register/service.js';
import { sourceNoun } from './source.js';
import type { SourceInput } from './sources.schemas.js';
import { drawsOn } from './sources.store.js';

export const sourceService = (ids: Ids) =>
  registerService({
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
