import { readFileSync, writeFileSync } from 'node:fs';

/** A command in a document and the answer that stands below it. */
export interface Example {
  command: string;
  /** Language of the block with the answer. */
  language: string;
  answer: string;
  /** Where the answer stands in the text. */
  start: number;
  end: number;
}

const pattern = /```sh\n([\s\S]*?)```\n\n```(csv|json|mermaid)\n([\s\S]*?)```/g;

export function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, command, language, answer] = match as unknown as [string, string, string, string];
    const end = match.index + whole.length - '```'.length;
    return { command, language, answer, start: end - answer.length, end };
  });
}

/** The lines of a register that a document shows, block by block. */
export const linesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```ndjson\n([\s\S]*?)```/g)].map(([, lines]) => lines!);

/** Puts the real answers into the document, last one first so that places stay right. */
export function rewriteAnswers(file: string, answers: { example: Example; real: string }[]): void {
  let text = readFileSync(file, 'utf8');
  for (const { example, real } of answers.reverse()) {
    text = text.slice(0, example.start) + real + text.slice(example.end);
  }
  writeFileSync(file, text);
}

interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** What a shell puts in the place of its variables. Throws for one that nothing has set. */
export const expanded = (text: string, variables: Record<string, string>): string =>
  text.replace(/\$(\w+)/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`nothing has set $${name}`);
    return value;
  });

/**
 * Reads the curl command of an example, as far as our documents use curl. Variables hold between double quotes alone,
 * as in a shell; `-d @name` sends one of the files.
 */
export function readCurl(
  command: string,
  variables: Record<string, string>,
  files: Record<string, string> = {},
): Request {
  const [, quote, address] = /(["']?)http:\/\/127\.0\.0\.1:3000([^\s"']*)\1/.exec(command) ?? [];
  if (address === undefined) throw new Error(`no address in: ${command}`);
  const path = quote === '"' ? expanded(address, variables) : address;
  const headers: Record<string, string> = {};
  for (const [, by, name, value] of command.matchAll(/-H (["'])([\w-]+): (.*?)\1/g)) {
    headers[name!.toLowerCase()] = by === '"' ? expanded(value!, variables) : value!;
  }
  const [, field, value] = /--data-urlencode '([^=']+)=([^']*)'/.exec(command) ?? [];
  if (field !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  const form = field === undefined ? undefined : new URLSearchParams({ [field]: value! }).toString();
  const file = /--data-binary @(\S+)/.exec(command)?.[1];
  const body = file === undefined ? (form ?? /-d '([\s\S]*?)'/.exec(command)?.[1]) : files[file];
  if (file !== undefined && body === undefined) throw new Error(`the page shows no file ${file}`);
  const method = /-X (\w+)/.exec(command)?.[1] ?? (body === undefined ? 'GET' : 'POST');
  return { method, path, headers, body };
}
