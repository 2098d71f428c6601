import type { z } from 'zod';
import type { TextRow } from '../db/query/rows.js';
import type { tableOf } from '../db/schema/object-tables.js';
import type { Tables } from '../db/schema/tables.js';
import type { ResourceName } from '../lib/ids.js';
import type { Ending } from '../lib/retraction-ending.js';

/** What an output form is made of, beside the columns that its noun names. */
export interface Shown {
  id: string;
  /** Output form as JSON text with reference tokens; it stands in the history. */
  doc: string;
  /** Documents of the objects that stand in this one's output form, with commas between them, where asked for. */
  carried?: string | null;
}

/** Columns that every noun's table has. */
export interface ResourceRow extends Shown {
  key: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  /** The number of the version, of an object that was just created: those created along with it may have later ones. */
  seq?: number;
}

/** Rows of a table that belong to one object and are written anew with it. */
export interface ChildRows {
  table: keyof Tables;
  rows: TextRow[];
}

/** The same, where it may take long to make one row after the other. */
interface ChildRowsInTurns {
  table: keyof Tables;
  rows: Iterable<TextRow>;
}

/** A column in which objects of `noun` refer to others; what is referred to cannot be removed. */
export interface Referrer {
  noun: ResourceName;
  table: keyof Tables;
  column: string;
  /** The column with the id of the object that refers. */
  from: string;
  /** The member of its input form that names the other. */
  member: string;
  /** The filter of its list that finds all that do. */
  filter?: string;
}

export interface Carried {
  table: 'attributions';
  /** The column that holds the owner's id. */
  owner: string;
  /** The column of the order; highest first, then by id. */
  order: string;
  /** The name by which `include` asks for them in lists. */
  member: string;
  /** The column that holds how many there are. */
  count: string;
  inItem: number;
  inList: number;
  /** Columns that `text` reads only with them. */
  textColumns: readonly string[];
  /** What the output form of each ends with beside its document. */
  ending: Ending;
}

/** Replaces one reference of an input form; called with the noun it must name and its place. */
export type MapReference = (reference: string, noun: ResourceName, pointer: string) => string;

/** What the input form of every noun has. */
export type HasKey = { key?: string | null };

export type Representation = Record<string, unknown>;

/**
 * What the register must know of a noun to create, read, replace, patch, remove and restore it. All
 * functions are pure. In views and in the inputs they are made from, references are reference tokens.
 */
export interface ResourceType<Input extends HasKey = HasKey> {
  name: ResourceName;
  /** The path word, as in `/v1/parties`. */
  plural: string;
  table: (typeof tableOf)[ResourceName];
  input: z.ZodObject;
  /** Members of the input form, for turning a view back into an input. */
  members: readonly string[];
  /** Those of them that are sets of other objects: where one is left out, the set stays. */
  sets?: readonly string[];
  mapReferences(input: Input, map: MapReference): Input;
  /** The member shown as name in references; claims are looked up each time and need none. */
  nameMember: string | null;
  /** Other members that are cached with names, each a text or null and never empty. */
  cachedMembers?: readonly string[];
  /** The output members that follow from the input, in order, without id, key and stamps. */
  view(input: Input): Representation;
  /** Undoes what `view` changed in members that input and output share. */
  toInput?(members: Representation): Representation;
  /** The columns that serve filters and integrity. */
  columns(view: Representation): Record<string, unknown>;
  childRows(view: Representation, id: string): (ChildRows | ChildRowsInTurns)[];
  referrers: readonly Referrer[];
  /** The column that tells when the object, or what belongs to it, last changed. */
  activity?: 'activity_at';
  /** Objects that belong to this one and stand in its output form: the first of them, by a number that falls. */
  carries?: Carried;
  /** Columns that `text` reads beside those of {@link Shown}. */
  textColumns?: readonly string[];
  /** The output form as JSON text where it is more than the stored document. */
  text?(row: Shown): string;
}

/** Whether a form has members that are sets of other objects. */
export const givesSets = ({ sets = [] }: ResourceType, form: object): boolean =>
  sets.some((set) => (form as Record<string, unknown>)[set] !== undefined);
