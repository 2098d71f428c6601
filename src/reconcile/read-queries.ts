import { readJson } from '../http/request/json.js';
import { invalidQuery } from '../http/request/query.js';
import { check } from '../http/validation/check.js';
import { lookUp } from '../lib/collections.js';
import { ApiError, type FieldError, validationError } from '../lib/errors.js';
import { isJsonObject } from '../lib/json-value.js';
import type { Query } from './candidates.service.js';
import { propertiesById } from './properties.js';
import { BATCH_SIZE, ExtendQuery, QueryBatch, type ReconcileQuery } from './queries.schemas.js';
import { among } from './types.js';

/** JSON texts that stand in a field of a form, or in a parameter of an address. */

/** Members of one such text. */
const MOST_MEMBERS = 10_000;
/** Candidates that are answered unless told, and at most. */
const LIMIT = 10;
const MOST_CANDIDATES = 50;

/** Where a JSON text was sent. */
export interface Sent {
  name: 'queries' | 'extend';
  text: string;
  in: 'body' | 'address';
}

/** The queries of a batch, by the ids that the client gave them. */
export async function readQueries(sent: Sent): Promise<Map<string, Query>> {
  const value = await readValue(sent);
  const size = isJsonObject(value) ? Object.keys(value).length : 0;
  if (size > BATCH_SIZE) {
    const detail = `a batch has at most ${BATCH_SIZE} queries, this one has ${size}; send them in several`;
    const fault = { code: 'too_many_queries', detail };
    if (sent.in === 'address') throw invalidQuery([{ parameter: sent.name, ...fault }]);
    throw new ApiError('body_too_large', `queries: ${detail}.`, [{ pointer: '/queries', ...fault }]);
  }
  const batch = checked(sent, check(QueryBatch, value, 'pointer', `/${sent.name}`));
  return new Map(Object.entries(batch).map(([id, query]) => [id, queryOf(query)]));
}

export const readExtension = async (sent: Sent): Promise<ExtendQuery> =>
  checked(sent, check(ExtendQuery, await readValue(sent), 'pointer', `/${sent.name}`));

/** An address tells what is meant as a property does. */
function queryOf({ query = '', type = [], limit = LIMIT, properties = [] }: ReconcileQuery): Query {
  const given = properties.map(({ pid, v }) => ({
    property: lookUp(propertiesById, pid),
    values: [v]
      .flat()
      .flatMap((one) => (typeof one === 'object' ? [one.id, one.name ?? one.id] : [String(one)])),
  }));
  const text = query.trim();
  const isAddress = /^https?:\/\//i.test(text) && URL.canParse(text);
  if (isAddress) given.push({ property: lookUp(propertiesById, 'url'), values: [text] });
  return {
    text: text === '' || isAddress ? null : text,
    among: among([type].flat()),
    given,
    limit: Math.min(limit, MOST_CANDIDATES),
  };
}

async function readValue({ name, text, in: place }: Sent): Promise<unknown> {
  try {
    return await readJson(Buffer.from(text), MOST_MEMBERS);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const named = (detail: string) => detail.replace(/^The body/, name);
    const faults = error.faults.map((fault) => ({ ...fault, detail: named(fault.detail) }));
    if (place === 'address') throw refused({ name, in: place }, faults);
    const placed = faults.map((fault) => ({ ...fault, pointer: `/${name}${fault.pointer ?? ''}` }));
    throw new ApiError(error.code, named(error.message), placed);
  }
}

function checked<T>(
  sent: Sent,
  result: { success: true; data: T } | { success: false; faults: FieldError[] },
): T {
  if (result.success) return result.data;
  throw refused(sent, result.faults);
}

const refused = (sent: Pick<Sent, 'name' | 'in'>, faults: readonly FieldError[]): ApiError =>
  sent.in === 'body'
    ? validationError([...faults])
    : invalidQuery(
        faults.map(({ pointer, code, detail }) => ({
          parameter: sent.name,
          code,
          detail: pointer ? `${pointer}: ${detail}` : detail,
        })),
      );
