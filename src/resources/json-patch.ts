import { applyPatch } from 'rfc6902';
import { ApiError } from '../lib/errors.js';
import { isJsonObject, type Json, pointerOf, pointerSteps, sameJson } from '../lib/json-value.js';
import type { JsonPatchOperation } from './json-patch.schemas.js';
import { PatchOrigins, startsWith } from './json-patch-origins.js';

/**
 * JSON Patch (RFC 6902). The library edits the document; before each edit the place is looked up here, among own
 * members alone, so that no pointer reaches what objects and arrays inherit or have beside their elements.
 */

/** Values in all that one patch moves and copies, and levels of each: a document cannot be made to explode. */
const MAX_MOVED = 10_000;
const MAX_DEPTH = 32;

/** A place in a document. */
interface Place {
  /** The object or array that the place is in; undefined where there is none. */
  parent: Json | undefined;
  /** With `-` as the index that it stands for. */
  steps: string[];
  /** Undefined where nothing is. */
  value: Json | undefined;
}

export interface PatchedDocument {
  document: Json | undefined;
  /** The place in the patch that made a place of the document what it is; null if the patch did not touch it. */
  origin(pointer: string): string | null;
}

/**
 * A document with the operations done in order; the document itself stays as it is.
 *
 * @throws {ApiError} `patch_conflict`, with the place of the operation, where one cannot be done or a test fails.
 */
export function applyOperations(document: Json, operations: readonly JsonPatchOperation[]): PatchedDocument {
  // The whole document is a member, so that it can be replaced, too.
  const root = { document: structuredClone(document) };
  const origins = new PatchOrigins();
  let moved = 0;

  for (const [i, operation] of operations.entries()) {
    const { op } = operation;
    const path = at(operation.path);
    const value = operation.value as Json;
    if (op === 'test') {
      const found = existing(path, i);
      if (!sameJson(found.value, value))
        throw conflict(i, 'path', 'test_failed', `${shown(operation.path)} is ${clipped(found.value)}`);
    } else if (op === 'remove') remove(existing(path, i), i);
    else if (op === 'replace') replace(existing(path, i), value, i);
    else if (op === 'add') add(path, value, i);
    else if (operation.from !== undefined) {
      const from = at(operation.from);
      const source = existing(from, i, 'from');
      const size = sizeOf(source.value);
      moved += size.values;
      if (size.depth > MAX_DEPTH || moved > MAX_MOVED) {
        throw conflict(
          i,
          'from',
          'too_large',
          `a patch moves and copies at most ${MAX_MOVED} values, nested at most ${MAX_DEPTH} deep`,
        );
      }
      if (op === 'move') {
        if (path.length > from.length && startsWith(path, from)) {
          throw conflict(i, 'path', 'moved_into_itself', 'a value cannot be moved into itself');
        }
        remove(source, i);
      }
      add(path, source.value, i);
    }
  }
  return { document: root.document, origin: (pointer) => origins.of(at(pointer), operations) };

  function existing(steps: string[], i: number, member: 'path' | 'from' = 'path'): Place & { value: Json } {
    const { value, ...place } = placeOf(root, steps);
    if (value === undefined) throw missing(i, member, steps);
    return { ...place, value };
  }

  function edit(op: 'add' | 'remove' | 'replace', { steps }: Place, value?: Json) {
    const [error] = applyPatch(root, [{ op, path: pointerOf(steps), value }]);
    if (error) throw error;
  }

  function add(path: string[], value: Json, i: number) {
    const place = placeOf(root, path);
    const { parent, steps } = place;
    const index = Number(steps.at(-1));
    const inArray = Array.isArray(parent);
    if (parent === undefined || (inArray && !(index <= parent.length))) throw missing(i, 'path', path);
    edit('add', place, value);
    if (inArray) origins.shift(steps, 1);
    else origins.forget(steps);
    origins.set(i, steps);
  }

  function replace(place: Place, value: Json, i: number) {
    edit('replace', place, value);
    origins.forget(place.steps);
    origins.set(i, place.steps);
  }

  function remove(place: Place, i: number) {
    edit('remove', place);
    origins.forget(place.steps);
    const inArray = Array.isArray(place.parent);
    if (inArray) origins.shift(place.steps, -1);
    origins.set(i, inArray ? place.steps.slice(0, -1) : place.steps);
  }
}

const at = (pointer: string) => ['document', ...pointerSteps(pointer)];
const shown = (pointer: string) => (pointer === '' ? 'the whole' : pointer);

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

function placeOf(root: Json, steps: readonly string[]): Place {
  let parent: Json | undefined;
  let value: Json | undefined = root;
  const found: string[] = [];
  for (let step of steps) {
    parent = typeof value === 'object' && value !== null ? value : undefined;
    if (Array.isArray(parent)) {
      if (step === '-') step = String(parent.length);
      if (!INDEX.test(step)) return { parent: undefined, steps: found, value: undefined };
      value = parent[Number(step)];
    } else value = isJsonObject(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
    found.push(step);
  }
  return { parent, steps: found, value };
}

/** How many values there are in one, itself included, and how deep they nest. */
function sizeOf(value: Json): { values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 };
  let values = 1;
  let depth = 0;
  for (const inner of Object.values(value)) {
    const size = sizeOf(inner);
    values += size.values;
    depth = Math.max(depth, size.depth);
  }
  return { values, depth: depth + 1 };
}

function clipped(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function missing(i: number, member: 'path' | 'from', steps: readonly string[]): ApiError {
  const detail = `there is no ${shown(pointerOf(steps.slice(1)))} here; members that are not given are null or []`;
  return conflict(i, member, 'no_such_place', detail);
}

function conflict(i: number, member: 'path' | 'from', code: string, detail: string): ApiError {
  const fault = { pointer: `/${i}/${member}`, code, detail };
  return new ApiError('patch_conflict', `Operation ${i}: ${detail}.`, [fault]);
}
