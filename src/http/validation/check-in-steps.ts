import { z } from 'zod';
import { MAX_FAULTS } from '../../lib/errors.js';
import { yieldIfLong } from '../../lib/event-loop.js';
import { isJsonObject, type JsonObject } from '../../lib/json-value.js';
import { type Checked, check, faultsOf, unworded } from './check.js';

/** Elements of a list that are checked together with what it stands in. */
const FEW = 20;

/** A form whose lists of objects may hold anything, and what the elements of each are held to. */
interface Shallow {
  form: z.ZodObject;
  elements: ReadonlyMap<string, z.ZodType>;
}

/** As {@link check} does, and the event loop gets its turn between the elements of long lists. */
export async function checkInSteps<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Promise<Checked<z.output<Schema>>> {
  if (!(schema instanceof z.ZodObject) || !isJsonObject(input)) return check(schema, input);
  const { form, elements } = shallowOf(schema);
  const lists = [...elements].flatMap(([name, element]) => {
    const list = Object.hasOwn(input, name) ? input[name] : undefined;
    return Array.isArray(list) ? [{ name, element, list }] : [];
  });
  if (!lists.some(({ list }) => list.length > FEW)) return check(schema, input);
  const right: Record<string, unknown[]> = {};
  const wrong: Record<string, number[]> = {};
  // Short ones as well: the shallow form looks at no element.
  for (const { name, element, list } of lists) {
    // Of a list that is too long no element is looked at.
    if (!(form.shape[name] as z.ZodType).safeParse(list).success) return check(schema, input);
    const checked = await checkElements(element, list);
    if (checked.wrong.length > 0) wrong[name] = checked.wrong;
    else right[name] = checked.right;
  }
  if (Object.keys(wrong).length > 0) return { success: false, faults: faultsAmong(schema, input, wrong) };
  const result = form.safeParse({ ...input, ...right }, unworded);
  if (result.success) return { success: true, data: result.data as z.output<Schema> };
  return { success: false, faults: faultsOf(result.error.issues, schema, input, 'pointer', '') };
}

/** The elements as they are understood, and the places of those that are wrong, as many as fill an answer. */
async function checkElements(element: z.ZodType, list: readonly unknown[]) {
  const right: unknown[] = [];
  const wrong: number[] = [];
  for (const [i, item] of list.entries()) {
    await yieldIfLong();
    const result = element.safeParse(item, unworded);
    if (result.success) right.push(result.data);
    else if (wrong.push(i) === MAX_FAULTS) break;
  }
  return { right, wrong };
}

/** The faults of a form with those elements alone that are wrong, which are told at their places. */
function faultsAmong(schema: z.ZodObject, input: JsonObject, wrong: Record<string, number[]>) {
  const shortened = Object.entries(wrong).map(([name, places]) => {
    const list = input[name] as unknown[];
    return [name, places.map((i) => list[i])];
  });
  const { error } = schema.safeParse({ ...input, ...Object.fromEntries(shortened) }, unworded);
  const issues = (error?.issues ?? []).map((issue) => {
    const [name, i, ...rest] = issue.path;
    const places = wrong[String(name)];
    return places && typeof i === 'number' ? { ...issue, path: [name!, places[i]!, ...rest] } : issue;
  });
  return faultsOf(issues, schema, input, 'pointer', '');
}

const shallows = new WeakMap<z.ZodObject, Shallow>();

function shallowOf(schema: z.ZodObject): Shallow {
  const known = shallows.get(schema);
  if (known) return known;
  const elements = new Map<string, z.ZodType>();
  const shape: Record<string, z.ZodType> = {};
  for (const [name, member] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const element = elementOf(member);
    if (!(element instanceof z.ZodObject)) continue;
    elements.set(name, element);
    shape[name] = ofAnything(member);
  }
  const shallow = { form: schema.safeExtend(shape), elements };
  shallows.set(schema, shallow);
  return shallow;
}

type Wrapper = z.ZodOptional<z.ZodType> | z.ZodNullable<z.ZodType> | z.ZodDefault<z.ZodType>;

const isWrapper = (schema: z.ZodType): schema is Wrapper =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;

function elementOf(member: z.ZodType): z.ZodType | null {
  if (isWrapper(member)) return elementOf(member.unwrap());
  return member instanceof z.ZodArray ? (member.element as z.ZodType) : null;
}

/** The schema of a list that may hold anything, with its other conditions. */
function ofAnything(member: z.ZodType): z.ZodType {
  const part = isWrapper(member) ? { innerType: ofAnything(member.unwrap()) } : { element: z.any() };
  return member.clone({ ...member.def, ...part } as never);
}
