import { readdirSync, readFileSync } from 'node:fs';

/** A page of the guide or a how-to as a series of steps, which a reader does one after the other. */

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

export interface DocPage {
  /** Where the page is, from the top of the project. */
  path: string;
  text: string;
  steps: Step[];
  /** Texts of the files that the page tells to write, by name. */
  files: Record<string, string>;
}

const block = /```(\w+)(?: (\S+))?\n([\s\S]*?)```/g;

/** Reads a page. Throws where a block is neither a command, nor its answer, nor a file with a name. */
function readPage(path: string): DocPage {
  const text = readFileSync(path, 'utf8');
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
    } else throw new Error(`${path}: a block that follows no command: ${whole.slice(0, 60)}`);
  }
  return { path, text, steps, files };
}

/** The pages in a folder, without the README that lists them. */
const pagesIn = (folder: string): DocPage[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => readPage(`${folder}/${name}`));

export const howTos = pagesIn('docs/how-to');
export const guidePages = pagesIn('docs/guide');

/** Whether a page is for who runs the register: its commands are those of the program. */
export const isForOperators = ({ steps }: DocPage): boolean =>
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
