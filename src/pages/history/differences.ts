import { plain } from '../frame/words.js';

/** A version of an object as the API answers it, whole. */
export interface VersionView {
  version: number;
  operation: string;
  recorded_at: string;
  actor: { id: string; name: string | null };
  on_behalf_of: string | null;
  reason: string | null;
  object: Record<string, unknown> | null;
  patch: { op: string; path: string; value?: unknown }[] | null;
}

/** A member of an object that was changed, with both of its values in words; null where it had none. */
export interface Difference {
  member: string;
  before: string | null;
  after: string | null;
}

/** What a version changed. The version before tells the values that were there, as far as it is known. */
export function differencesOf({ patch }: VersionView, before: VersionView | undefined): Difference[] {
  return (patch ?? []).map(({ op, path, value }) => ({
    member: plain(path.slice(1).replaceAll('/', ' › ').replaceAll('~1', '/').replaceAll('~0', '~')),
    before: op === 'add' ? null : wordsOf(valueAt(before?.object ?? null, path)),
    after: op === 'remove' ? null : wordsOf(value),
  }));
}

function valueAt(object: unknown, pointer: string): unknown {
  const steps = pointer.slice(1).split('/');
  return steps.reduce<unknown>((at, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.hasOwn((at ?? {}) as object, name) ? (at as Record<string, unknown>)[name] : undefined;
  }, object);
}

/** A value as text: an object of the register by its name, anything else that has parts as JSON. */
function wordsOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return String(value);
  const { name } = value as { name?: unknown };
  return typeof name === 'string' && 'id' in value ? name : JSON.stringify(value);
}
