import { type Schema, schemaName } from './document.js';
import { Inline } from './inline.js';

/** Schemas in words and tables. */

const schemaPath = (name: string): string => `/docs/schemas/${name}`;

/** What a value may be: “string”, “list of Claim”, “Party or null”. */
export const TypeWords = ({ schema }: { schema: Schema }) => {
  const name = schemaName(schema);
  if (name !== undefined) return <a href={schemaPath(name)}>{name}</a>;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return <Either schemas={alternatives} />;
  if (schema.items) {
    return (
      <>
        list of <TypeWords schema={schema.items} />
      </>
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    return (
      <>
        object of <TypeWords schema={schema.additionalProperties} />
      </>
    );
  }
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  return <>{[schema.type ?? 'any'].flat().join(' or ')}</>;
};

const Either = ({ schemas }: { schemas: Schema[] }) => (
  <>
    {schemas.map((each, i) => (
      <>
        {i > 0 && ' or '}
        <TypeWords schema={each} />
      </>
    ))}
  </>
);

/** The bounds of a value, in words. */
function boundsOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, format } = schema;
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    if (low === undefined && high === undefined) return [];
    const words =
      low === undefined ? `at most ${high}` : high === undefined ? `at least ${low}` : `${low} to ${high}`;
    return [unit === '' ? words : `${words} ${unit}`];
  };
  return [
    ...(format === undefined ? [] : [format]),
    ...range(minLength, maxLength, 'characters'),
    ...range(minimum, maximum, ''),
    ...range(minItems, maxItems, 'items'),
  ];
}

/** What is said of a value: its words, its codes, its bounds, an example. */
export const About = ({
  schema,
  description = schema.description,
}: {
  schema: Schema;
  description?: string | undefined;
}) => {
  const codes = schema.enum ?? schema['x-extensible-enum'] ?? [];
  const bounds = boundsOf(schema);
  return (
    <>
      {description && <Inline text={description} />}
      {codes.length > 0 && (
        <span class="codes">
          {codes.map((code) => (
            <code>{String(code)}</code>
          ))}
        </span>
      )}
      {bounds.length > 0 && <span class="bounds">{bounds.join(', ')}</span>}
    </>
  );
};

/** The members of an object. */
const Members = ({ schema }: { schema: Schema }) => (
  <dl class="members">
    {Object.entries(schema.properties ?? {}).map(([name, member]) => (
      <div id={name}>
        <dt>
          <code>{name}</code>{' '}
          <span class="type">
            <TypeWords schema={member} />
          </span>
          {schema.required?.includes(name) && <span class="needed"> required</span>}
        </dt>
        <dd>
          <About schema={member} />
        </dd>
      </div>
    ))}
  </dl>
);

/** A schema under its name: what it is, and what it is made of. */
export const SchemaBody = ({ schema }: { schema: Schema }) => (
  <>
    <p class="lead">
      <About schema={schema} />
    </p>
    {!schema.properties && (
      <p>
        <TypeWords schema={schema} />
      </p>
    )}
    {schema.properties && <Members schema={schema} />}
  </>
);
