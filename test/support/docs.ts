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

/** Reads the curl command of an example, as far as our documents use curl. */
export function readCurl(command: string, variables: Record<string, string>): Request {
  const url = /'?http:\/\/127\.0\.0\.1:3000([^\s']*)'?/.exec(command)?.[1];
  if (url === undefined) throw new Error(`no address in: ${command}`);
  const headers: Record<string, string> = {};
  for (const [, , name, value] of command.matchAll(/-H (["'])([\w-]+): (.*?)\1/g)) {
    headers[name!.toLowerCase()] = value!.replace(/\$(\w+)/g, (_, variable: string) => variables[variable]!);
  }
  const body = /-d '([\s\S]*?)'/.exec(command)?.[1];
  const method = /-X (\w+)/.exec(command)?.[1] ?? (body === undefined ? 'GET' : 'POST');
  return { method, path: url, headers, body };
}
