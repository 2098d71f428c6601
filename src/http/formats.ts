import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import './open-exports.js';
import type { FastifyReply } from 'fastify';
import type { Naming, Reference } from '../db/references.js';
import { invalidQuery } from './query.js';

/**
 * A column of a CSV: its name and how to take it from an object's output form. `naming` gives the reference that
 * stands where the form has a marker.
 */
export interface Column {
  name: string;
  /** Whether it shows something of the objects that the form carries inside: these are read only if one does. */
  carried?: true;
  // biome-ignore lint/suspicious/noExplicitAny: views of all nouns pass through here
  value(view: any, naming: Naming): string | number | boolean | null | undefined;
}

/** How a column shows what is referred to, where it does not show the name. */
export const keyOf = (reference: Reference | null): string | null =>
  reference && (reference.key ?? reference.id);

export const keysOf = (markers: string[], naming: Naming): string =>
  markers.map((marker) => keyOf(naming(marker))).join('; ');

export function chooseColumns(columns: readonly Column[], fields: string | undefined): readonly Column[] {
  if (fields === undefined) return columns;
  const byName = new Map(columns.map((column) => [column.name, column]));
  return chooseNames([...byName.keys()], fields, 'column').map((name) => byName.get(name)!);
}

/** The names that `fields` picks of those that there are, in the order of `fields`; throws a 400 for others. */
export function chooseNames(known: readonly string[], fields: string, what: 'column' | 'member'): string[] {
  return fields.split(',').map((name) => {
    if (known.includes(name)) return name;
    const detail = `unknown ${what} "${name.slice(0, 60)}"; there are ${known.join(', ')}`;
    throw invalidQuery([{ parameter: 'fields', code: `unknown_${what}`, detail }]);
  });
}

const number = /^-?\d+(\.\d+)?$/;

/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet could run as a formula gets an apostrophe in front, so a
 * CSV is for reading, not evidence; plain numbers stay as they are. Views without markers need no naming.
 */
export function csvText(
  columns: readonly Column[],
  views: unknown[],
  header: boolean,
  naming: Naming = () => null,
): string {
  const rows = views.map((view) => columns.map((column) => neutral(column.value(view, naming))));
  if (header) rows.unshift(columns.map((column) => column.name));
  return stringify(rows, { quoted_match: /[\r\n]/ });
}

function neutral(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) && !number.test(text) ? `'${text}` : text;
}

/** Streams the chunks, as fast as the client reads: no more than one is held. */
export function sendStream(reply: FastifyReply, type: string, chunks: AsyncIterable<string | Buffer>) {
  const { exports } = reply.server;
  exports.open(reply.raw);
  const pieces = exports.pieces(reply.raw, chunks);
  return reply
    .header('cache-control', 'private, no-cache')
    .type(type)
    .send(Readable.from(pieces, { objectMode: true, highWaterMark: 0 }));
}
