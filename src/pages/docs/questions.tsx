import { readFileSync } from 'node:fs';
import { Code, Inline } from './inline.js';

/** A question, and how the sample register answers it. */
interface Question {
  question: string;
  note: string;
  examples: { command: string; answer: string }[];
}

/** Those of the README, where a test holds every answer. */
const questions = JSON.parse(
  readFileSync(new URL('../../../seeds/questions.json', import.meta.url), 'utf8'),
) as Question[];

/** Where the questions are asked in the README. */
const SAMPLE = 'http://127.0.0.1:3000';

/** `base`: the address at which the reader reached the register. */
export const Questions = ({ base }: { base: string }) => (
  <>
    <h1>Questions, as worked examples</h1>
    <p class="lead">
      The sample register holds what five news articles say about the TTP, the Taliban and their neighbours.
      The command <code>npm run demo</code> serves it, and the commands below can be tried as they stand.
      Answers in JSON are shortened to the members that matter.
    </p>
    <nav aria-label="Questions">
      <ol>
        {questions.map(({ question }, i) => (
          <li>
            <a href={`#q${i + 1}`}>
              <Inline text={question} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
    {questions.map(({ question, note, examples }, i) => (
      <section id={`q${i + 1}`}>
        <h2>
          <Inline text={question} />
        </h2>
        {note && (
          <p>
            <Inline text={note} />
          </p>
        )}
        {examples.map(({ command, answer }) => (
          <>
            <Code text={command.replaceAll(SAMPLE, base)} />
            <Code text={answer} />
          </>
        ))}
      </section>
    ))}
  </>
);
