import { dateWords, plain } from '../frame/words.js';

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
  return (patch ?? [])
    .filter(({ path }) => !isComputed(path))
    .map(({ op, path, value }) => ({
      member: memberWords(path),
      before: op === 'add' ? null : wordsOf(valueAt(before?.object ?? null, path), path),
      after: op === 'remove' ? null : wordsOf(value, path),
    }));
}

/** The first and last day of a date, which follow from it. */
const isComputed = (path: string): boolean => /_(from|to)$/.test(path);

const stepsOf = (path: string): string[] =>
  path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** "/names/0/kind" as "names › 1 › kind": people count from one. */
const memberWords = (path: string): string =>
  stepsOf(path)
    .filter((step) => step !== '-')
    .map((step) => (/^\d+$/.test(step) ? `${Number(step) + 1}` : plain(step)))
    .join(' › ');

function valueAt(object: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((at, name) => {
    return Object.hasOwn((at ?? {}) as object, name) ? (at as Record<string, unknown>)[name] : undefined;
  }, object);
}

const dates = /\/(occurred|published|modified|reporting_period|said|born|date)$/;

/** A value as text: an object of the register by its name, anything else that has parts by what is in them. */
function wordsOf(value: unknown, path = ''): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && dates.test(path)) return dateWords(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map((one) => wordsOf(one)).join('; ') || null;
  const { name } = value as { name?: unknown };
  if (typeof name === 'string' && 'id' in value) return name;
  const parts = Object.entries(value).flatMap(([member, part]) => {
    const words = wordsOf(part, `/${member}`);
    return words === null ? [] : `${plain(member)}: ${words}`;
  });
  return parts.join(', ') || null;
}
