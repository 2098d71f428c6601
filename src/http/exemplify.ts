import { readFileSync } from 'node:fs';

/** Answers of the sample register by the name of their schema, written by `npm run openapi:examples`. */
const answers = new URL('../../seeds/answers.json', import.meta.url);

interface Media {
  schema?: { $ref?: string };
  examples?: Record<string, object>;
}

interface Document {
  paths?: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Media> }> }>>;
  components?: { examples?: Record<string, object> };
}

/** Shows with each answer that is a component what the sample register answers. */
export function addExamples(document: Document): void {
  const examples = JSON.parse(readFileSync(answers, 'utf8')) as Record<string, object>;
  const used: Record<string, object> = {};
  const operations = Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods));
  for (const { responses } of operations) {
    for (const { content = {} } of Object.values(responses)) {
      for (const media of Object.values(content)) {
        // What answers a write holds is an object as a read shows it, unless there is a slip in it.
        const name = media.schema?.$ref?.replace('#/components/schemas/', '').replace(/Written$/, '');
        if (name === undefined || !(name in examples)) continue;
        used[name] = { summary: 'From the sample register', value: examples[name] };
        media.examples = { sample: { $ref: `#/components/examples/${name}` } };
      }
    }
  }
  document.components = { ...document.components, examples: used };
}
