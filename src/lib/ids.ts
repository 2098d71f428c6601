import { typeid } from 'typeid-js';
import { fold } from './text.js';

/**
 * The nouns of the register, each behind those to which its objects refer. All but predicates, which are addressed by key
 * alone, have TypeIDs.
 */
export const resourceNames = [
  'party',
  'source',
  'predicate',
  'claim',
  'attribution',
  'relation',
  'assessment',
  'judgement',
] as const;
export type ResourceName = (typeof resourceNames)[number];

/** Those of which one can be merged into another. */
export const mergeableNouns = ['party', 'source', 'claim'] as const satisfies readonly ResourceName[];
export type Mergeable = (typeof mergeableNouns)[number];
export const isMergeable = (noun: ResourceName): noun is Mergeable =>
  (mergeableNouns as readonly ResourceName[]).includes(noun);

/** Those whose objects are about claims, and go along when these are removed. */
export const nounsOfClaims: ReadonlySet<string> = new Set<ResourceName>([
  'attribution',
  'relation',
  'assessment',
]);

export type Prefix = Exclude<ResourceName, 'predicate'> | 'apikey' | 'request' | 'merge';

/** Makes ids; injected so that a test can know them beforehand. */
export type Ids = (prefix: Prefix) => string;

/** TypeIDs (https://github.com/jetify-com/typeid): a prefix and a UUIDv7, so that ids sort by creation. */
export const newId: Ids = (prefix) => typeid(prefix).toString();

const suffix = /^_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

export const isId = (prefix: Prefix, text: string): boolean =>
  text.startsWith(prefix) && suffix.test(text.slice(prefix.length));

/** What names a request: ours, or one that the client sent. */
export const requestIdPattern = /^[\w-]{8,64}$/;

/** A key: the slug by which a person names an object. Path words cannot be keys. */
export const keyPattern = /^[a-z0-9][a-z0-9-]{0,95}$/;
/** A topic, or the scheme of an identifier. */
export const slugPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const reserved = new Set(['match', 'search', 'merges', 'history', 'stream', 'batch', 'new']);

export const isKey = (text: string): boolean => keyPattern.test(text) && !reserved.has(text);

/** The key that a text would make; empty where nothing in it can stand in one. */
export const slugOf = (text: string): string =>
  fold(text.slice(0, 500))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
