import { z } from 'zod';
import type { Tx } from '../db/store/store.js';
import { bare, optionFor } from '../http/validation/schema-place.js';
import { type ApiError, validationError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { type Reached, unknownFaults } from './resolve.js';
import type { ResourceType } from './resource-type.js';
import type { Resource } from './service.js';
import { isTold } from './told.js';

/** References in bodies that have other mistakes, so that all are told together. */

/** Items of one array that are looked at. */
const MOST_ITEMS = 200;
/** Members of one set that can be referred to. */
const MOST_MEMBERS = 1_000;

/** What stands for members that are left out; asked for at every place. */
const absents = new WeakMap<z.ZodType, { success: boolean; data?: unknown }>();

function absentOf(schema: z.ZodType): { success: boolean; data?: unknown } {
  const known = absents.get(schema) ?? schema.safeParse(undefined);
  absents.set(schema, known);
  return known;
}

/** What of a value keeps to its schema; in place of what does not stands what is given where it is left out. */
function soundPart(schema: z.ZodType, value: unknown): unknown {
  const inner = bare(schema);
  const absent = absentOf(schema);
  if (inner instanceof z.ZodArray) {
    if (!Array.isArray(value)) return absent.success ? absent.data : [];
    return value.slice(0, MOST_ITEMS).map((item) => soundPart(inner.element as z.ZodType, item));
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const given = (isObject ? value : {}) as Record<string, unknown>;
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const option = optionFor(inner, given);
    return option ? soundPart(option, value) : absent.data;
  }
  if (inner instanceof z.ZodObject) {
    if (!isObject && absent.success) return absent.data;
    const members = Object.entries(inner.shape) as [string, z.ZodType][];
    return Object.fromEntries(members.map(([name, member]) => [name, soundPart(member, given[name])]));
  }
  const result = schema.safeParse(value);
  return result.success ? result.data : absent.data;
}

/** The references of a body, as far as it keeps to its schema. Those to members of its own sets are left out. */
export function looseReferences({ noun, service }: Resource, body: unknown): Reached[] {
  const sound = soundPart(noun.input, body) as Record<string, unknown>;
  const found = referencesIn(noun, sound, '');
  for (const [member, of] of Object.entries(service.sets ?? {})) {
    const sent = membersOf(body, member);
    const names = sent.flatMap(({ local_id }) => (typeof local_id === 'string' ? [`@${local_id}`] : []));
    const own = new Set([...sent.flatMap(({ id, key }) => [id, key]), ...names]);
    for (const [i, item] of ((sound[member] ?? []) as object[]).entries()) {
      const absent = Object.fromEntries(of.members.map((name) => [name, null]));
      const references = referencesIn(of, { ...absent, relays: [], ...item }, `/${member}/${i}`);
      const foreign = references.filter(({ reference, noun: to }) => to !== of.name || !own.has(reference));
      found.push(...foreign.map((each) => ({ ...each, names })));
    }
  }
  return found;
}

/** The members of a set as they were sent, also those behind the ones that are looked at: these may refer to them. */
function membersOf(body: unknown, set: string): { id?: unknown; key?: unknown; local_id?: unknown }[] {
  const sent = (Object(body) as Record<string, unknown>)[set];
  return Array.isArray(sent) ? sent.slice(0, MOST_MEMBERS).map((item) => Object(item)) : [];
}

function referencesIn(noun: ResourceType, input: object, at: string): Reached[] {
  const found: Reached[] = [];
  noun.mapReferences(input, (reference: unknown, to: ResourceName, pointer: string) => {
    if (typeof reference === 'string') found.push({ reference, noun: to, pointer: at + pointer });
    return '';
  });
  return found;
}

/** References of one body that are looked up. */
const LOOKED_UP = 500;

/** The failure of a body with each reference in it that leads nowhere; `known` are those that need no looking up. */
export async function withUnknownReferences(
  tx: Tx,
  kind: Resource,
  body: unknown,
  failure: ApiError,
  known: (reached: Reached) => boolean = () => false,
): Promise<ApiError> {
  if (!isTold(tx)) return failure;
  const told = new Set(failure.faults.map(({ pointer }) => pointer));
  const references = looseReferences(kind, body).filter((each) => !told.has(each.pointer) && !known(each));
  return validationError([...failure.faults, ...(await unknownFaults(tx, references.slice(0, LOOKED_UP)))]);
}
