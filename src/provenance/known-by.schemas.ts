import * as filter from '../http/filters.js';

/** The parameter of what shows a claim as the world knew it on a day. */
export const knownByFilter = filter.dayTo(
  'Only what the world had said by the end of then, whenever it was recorded here; undated words are left out',
);
