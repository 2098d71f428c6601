/** The OpenAPI document with what it shares put in its place, so that each operation can be read by itself. */

interface Response {
  description: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the schemas that it reads
  content?: Record<string, { schema: any; example?: any }>;
  headers?: Record<string, object>;
}

interface Parameter {
  in: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the schemas that it reads
  schema: any;
  description?: string;
  required?: boolean;
}

export interface ReadOperation {
  parameters: Parameter[];
  /** By exact status: the ranges of problems stand for those that the description names. */
  responses: Record<string, Response>;
  /** The codes of problems by status, as the description names them. */
  problems: Record<string, string[]>;
}

type Shared = Record<string, Record<string, object>>;

const resolved = <T extends object>(components: Shared, one: T | { $ref: string }): T => {
  if (!('$ref' in one)) return one;
  const [kind, name] = one.$ref.replace('#/components/', '').split('/');
  const found = components[kind!]?.[name!];
  if (!found) throw new Error(`${one.$ref} leads nowhere`);
  return found as T;
};

// biome-ignore lint/suspicious/noExplicitAny: operations of any test's type of document
export function readOperation<Operation extends Record<string, any>>(
  { components }: { components: object },
  operation: Operation,
): Operation & ReadOperation {
  const shared = components as Shared;
  const problems = problemsIn(operation.description ?? '');
  const responses: Record<string, Response> = {};
  for (const [status, one] of Object.entries(operation.responses)) {
    const response = resolved<Response>(shared, one as Response);
    const headers = Object.fromEntries(
      Object.entries(response.headers ?? {}).map(([name, header]) => [name, resolved(shared, header)]),
    );
    const exact = status.endsWith('XX') ? Object.keys(problems).filter((s) => s[0] === status[0]) : [status];
    for (const each of exact) responses[each] = { ...response, headers };
  }
  const parameters = (operation.parameters ?? []).map((one: Parameter) => resolved(shared, one));
  return { ...operation, parameters, responses, problems };
}

/** `Problems: 400 \`a\`, \`b\`; 404 \`c\`.` as codes by status. */
function problemsIn(description: string): Record<string, string[]> {
  const [, list = ''] = /Problems: (.*)\.$/.exec(description) ?? [];
  return Object.fromEntries(
    [...list.matchAll(/(\d{3}) ([^;]*)/g)].map(([, status, codes]) => [
      status!,
      [...codes!.matchAll(/`(\w+)`/g)].map(([, code]) => code!),
    ]),
  );
}
