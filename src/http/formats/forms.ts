import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pathOf } from '../../lib/path.js';
import type { ResponseDoc } from '../openapi/answers.js';
import type { Declaration } from '../openapi/operation.js';
import { sendText } from '../request/conditional.js';

/**
 * One address, one form: what an operation answers as JSON is answered in other forms at addresses of their own,
 * `/v1/claims.csv` beside `/v1/claims`. No parameter and no request header chooses between forms.
 */
export interface Form {
  /** What stands after the dot of the address, and ends the operation id: `csv` makes `listClaimsCsv`. */
  extension: string;
  /** What the form is called in text. */
  title: string;
  /** Media type, as it is sent. */
  media: string;
  content: z.ZodType;
  /** The schema of the text where a parameter asks for another than `content`. */
  variant?: ResponseDoc['variant'];
  /** Whether browsers should save it or may show it. */
  disposition: 'attachment' | 'inline';
}

type Differing = Partial<Pick<Declaration, 'cost' | 'description' | 'query' | 'headers'>>;

/** The declaration of an operation in another form. What is given as `more` differs from the JSON operation. */
export function inForm<const D extends Declaration, const M extends Differing = Record<never, never>>(
  { queryDoc: _, ...base }: D,
  form: Form,
  more?: M,
): Omit<D, keyof M | 'queryDoc'> & M & Declaration {
  return {
    ...base,
    ...more,
    operationId: base.operationId + form.extension.split('.').map(capitalized).join(''),
    summary: `${base.summary}: as ${form.title}`,
    success: {
      200: {
        description: `The answer as ${form.title}.`,
        media: { [form.media]: form.content },
        variant: form.variant,
        headers: { 'content-disposition': disposition },
      },
    },
  } as unknown as Omit<D, keyof M | 'queryDoc'> & M & Declaration;
}

const capitalized = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

const disposition = z.string().meta({ description: 'A name for the file (RFC 6266).' });

/** Gives the answer a file name that tells what it holds: `claims-ttp-attributions.csv`. */
export function nameFile(request: FastifyRequest, reply: FastifyReply, form: Form): void {
  const path = pathOf(request.url);
  const name = path.replace(/^\/v1\//, '').replace(/[^\w.-]+/g, '-');
  reply.header('content-disposition', `${form.disposition}; filename="${name}"`);
}

/** Sends the text of a form, or 304. */
export function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  form: Form,
  text: string | readonly string[],
  version: number | null,
) {
  nameFile(request, reply, form);
  return sendText(request, reply, text, version, form.media);
}

/** The address of the list or object whose form is at this one. */
export const withoutExtension = (path: string, { extension }: Form): string =>
  path.slice(0, -extension.length - 1);
