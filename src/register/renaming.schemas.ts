import * as filter from '../http/request/filters.js';

/** Whether an object that gets another name keeps the former one among its names. */
export const keepFormerName = filter.flag(
  'Where the name changes: `false` forgets the former one, as after a slip of the pen. Left out: it is added to `names`, as `former`; PUT keeps those that are there.',
);
