import type { z } from 'zod';
import { BATCH_SIZE } from './queries.schemas.js';
import type { Manifest } from './reconcile.schemas.js';
import { entityTypes } from './types.js';

/** What clients must know of the service, wherever it is reached. */

/** Size of a preview in pixels. */
const PREVIEW = { width: 400, height: 200 };

/** Most kinds of party are found by looking for parties. */
const DEFAULT_TYPES = ['party', 'person', 'organization', 'source', 'predicate'];

const authentication = {
  type: 'apiKey',
  in: 'header',
  name: 'Authorization',
  description: 'Bearer, a space, and an API key',
};

/** `base` is the address of the service without a slash at its end; `keyed` tells whether reads need a key. */
export function manifestOf(base: string, version: string, keyed: boolean): z.infer<typeof Manifest> {
  const entity = `${base}/reconcile/entities/{{id}}`;
  const service = (path: string) => ({ service_url: base, service_path: `/reconcile/${path}` });
  return {
    versions: ['0.2'],
    name: 'Attested',
    identifierSpace: `${base}/reconcile/entities/`,
    schemaSpace: `${base}/reconcile/suggest/types`,
    documentation: `${base}/docs`,
    serviceVersion: version,
    defaultTypes: entityTypes
      .filter(({ id }) => DEFAULT_TYPES.includes(id))
      .map(({ id, name }) => ({ id, name })),
    view: { url: entity },
    preview: { url: entity, ...PREVIEW },
    suggest: {
      entity: service('suggest/entities'),
      type: service('suggest/types'),
      property: service('suggest/properties'),
    },
    extend: { propose_properties: service('properties') },
    batchSize: BATCH_SIZE,
    ...(keyed && { authentication }),
  };
}
