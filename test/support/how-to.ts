import { readdirSync, readFileSync } from 'node:fs';

/** A how-to page as a series of steps, which a reader does one after the other. */

interface Step {
  /** The command; empty for the text of a file. */
  command: string;
  /** The language of the answer that stands below it; null where none is shown. */
  language: string | null;
  answer: string;
  /** Where the answer stands in the text of the page. */
  start: number;
  end: number;
}

export interface HowTo {
  name: string;
  text: string;
  steps: Step[];
  /** Texts of the files that the page tells to write, by name. */
  files: Record<string, string>;
}

const folder = 'docs/how-to/';
const block = /```(\w+)(?: (\S+))?\n([\s\S]*?)```/g;

/** Reads a page. Throws where a block is neither a command, nor its answer, nor a file with a name. */
function readPage(name: string): HowTo {
  const text = readFileSync(folder + name, 'utf8');
  const steps: Step[] = [];
  const files: Record<string, string> = {};
  let behind = -1;
  for (const { 0: whole, 1: language, 2: file, 3: content, index } of text.matchAll(block)) {
    if (file !== undefined) files[file] = content!;
    else if (language === 'sh') {
      steps.push({ command: content!.trim(), language: null, answer: '', start: 0, end: 0 });
      behind = index + whole.length;
    } else if (text.slice(behind, index).trim() === '' && steps.at(-1)?.language === null) {
      const end = index + whole.length - '```'.length;
      Object.assign(steps.at(-1)!, { language, answer: content, start: end - content!.length, end });
    } else throw new Error(`${name}: a block that follows no command: ${whole.slice(0, 60)}`);
  }
  return { name, text, steps, files };
}

export const pathOf = ({ name }: HowTo): string => folder + name;

export const howTos: HowTo[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map(readPage);

/** Whether a page is for who runs the register: its commands are those of the program. */
export const isForOperators = ({ steps }: HowTo): boolean =>
  steps.some(({ command }) => command.startsWith('npm run attested'));

/**
 * Reads from an answer what the page calls by a name: `"$REQUEST"` in the place of a text. Gives the shown answer with the
 * texts that were found there.
 */
export function captured(shown: unknown, real: unknown, variables: Record<string, string>): unknown {
  if (typeof shown === 'string' && /^\$[A-Z_]+$/.test(shown) && typeof real === 'string') {
    variables[shown.slice(1)] = real;
    return real;
  }
  if (typeof shown !== 'object' || shown === null || typeof real !== 'object' || real === null) return shown;
  const inside = (name: string, value: unknown) =>
    captured(value, (real as Record<string, unknown>)[name], variables);
  if (Array.isArray(shown)) return shown.map((value, i) => inside(String(i), value));
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, inside(name, value)]));
}
