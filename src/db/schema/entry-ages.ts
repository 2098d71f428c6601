/**
 * Marks of the age of entries of the index of words, which PostgreSQL indexes beside their words: it gives all entries that have
 * some words, in no order, and with a mark those of the newest only. An entry is marked by its number without its last bits.
 */
export const NEW_BITS = 10;
export const RECENT_BITS = 15;
/** One or two such marks find all entries that are looked at. */
export const OLD_BITS = 19;

/** No word holds a `#`. */
export const newMark = (entry: number): string => `#${Math.floor(entry / 2 ** NEW_BITS)}`;
export const recentMark = (entry: number): string => `##${Math.floor(entry / 2 ** RECENT_BITS)}`;
export const oldMark = (entry: number): string => `###${Math.floor(entry / 2 ** OLD_BITS)}`;

/** What is indexed of an entry, in PostgreSQL's SQL; a query finds the index by the same expression. */
export const markedWords = (words: string, rowid: string): string =>
  `(${words} || array_to_tsvector(ARRAY['#' || (${rowid} >> ${NEW_BITS})::text, '##' || (${rowid} >> ${RECENT_BITS})::text, '###' || (${rowid} >> ${OLD_BITS})::text]))`;
