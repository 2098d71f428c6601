/** The questions of the README, each with the commands and answers below it. */

export interface Question {
  question: string;
  note: string;
  examples: { command: string; answer: string }[];
}

const block = /```sh\n([\s\S]*?)```\n\n```\w+\n([\s\S]*?)```/g;

export function questionsOf(readme: string): Question[] {
  const [, part] = /\n## Questions\n([\s\S]*?)\n## /.exec(readme)!;
  return part!
    .split(/\n(?=\*\*)/)
    .slice(1)
    .map((text) => {
      const [, question, note] = /^\*\*([\s\S]*?)\*\*([\s\S]*?)\n\n```/.exec(text)!;
      return {
        question: oneLine(question!),
        note: oneLine(note!),
        examples: [...text.matchAll(block)].map(([, command, answer]) => ({
          command: command!.trim(),
          answer: answer!.trim(),
        })),
      };
    });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
