import type { Body, Parameter, ShownOperation } from './document.js';
import { Code, Inline } from './inline.js';
import { About, TypeWords } from './schema.js';

/** One operation: what it does, what it takes, what it answers. */
export const OperationArticle = ({ operation }: { operation: ShownOperation }) => {
  const { id, method, path, summary, description, problems, needsKey, deprecated, bodies, answers } =
    operation;
  return (
    <section id={id} class="operation" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{summary}</h2>
      <p class="route">
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <code>{path}</code>
        {needsKey && <span class="hint"> needs a key</span>}
        {deprecated && <span class="badge bad">goes away</span>}
      </p>
      {description?.split('\n\n').map((paragraph) => (
        <p>
          <Inline text={paragraph} />
        </p>
      ))}
      <Parameters title="In the path" id={id} operation={operation} place="path" />
      <Parameters title="Parameters" id={id} operation={operation} place="query" />
      <Parameters title="Headers" id={id} operation={operation} place="header" />
      {bodies.map((body) => (
        <BodyPart title="It takes" body={body} />
      ))}
      {answers.map(({ status, description, bodies }) => (
        <>
          <h3>
            {status} <span class="hint">{description}</span>
          </h3>
          {bodies.map((body) => (
            <BodyPart title="It answers" body={body} />
          ))}
        </>
      ))}
      {problems && (
        <p class="hint">
          What can go wrong: <Inline text={problems} />
        </p>
      )}
    </section>
  );
};

interface ParametersProps {
  title: string;
  id: string;
  operation: ShownOperation;
  place: Parameter['in'];
}

/** Many are folded away, since most requests use few of them. */
const FOLDED = 8;

const Parameters = ({ title, id, operation, place }: ParametersProps) => {
  const parameters = operation.parameters.filter((parameter) => parameter.in === place);
  if (parameters.length === 0) return null;
  const list = (
    <dl class="members">
      {parameters.map(({ name, required, description, schema }) => (
        <div id={`${id}-${name}`}>
          <dt>
            <code>{name}</code>{' '}
            <span class="type">
              <TypeWords schema={schema} />
            </span>
            {required && place !== 'path' && <span class="needed"> required</span>}
          </dt>
          <dd>
            <About schema={schema} description={description} />
            {schema.examples?.[0] !== undefined && (
              <span class="bounds">
                such as <code>{String(schema.examples[0])}</code>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
  if (parameters.length <= FOLDED) {
    return (
      <>
        <h3>{title}</h3>
        {list}
      </>
    );
  }
  return (
    <details>
      <summary>
        {title} ({parameters.length})
      </summary>
      {list}
    </details>
  );
};

const BodyPart = ({ title, body: { media, schema, example } }: { title: string; body: Body }) => (
  <>
    <p>
      {title} <code>{media}</code>
      {schema && (
        <>
          {': '}
          <TypeWords schema={schema} />
        </>
      )}
    </p>
    {example !== undefined && (
      <details>
        <summary>Example</summary>
        <Code text={textOf(example)} />
      </details>
    )}
  </>
);

const textOf = (example: unknown): string =>
  typeof example === 'string' ? example : JSON.stringify(example, null, 2);
