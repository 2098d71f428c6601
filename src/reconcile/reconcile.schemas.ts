import { z } from 'zod';

/** What the Reconciliation API 0.2 answers. Its members have the names that its specification gives them. */

const EntityType = z
  .strictObject({ id: z.string(), name: z.string() })
  .meta({ id: 'ReconcileType', description: 'A type of objects.' });

const service = z
  .strictObject({
    service_url: z.string().meta({ description: 'The first part.', examples: ['https://example.org'] }),
    service_path: z
      .string()
      .meta({ description: 'The second part.', examples: ['/reconcile/suggest/types'] }),
  })
  .meta({ id: 'ReconcileService', description: 'An address in two parts, to be put together.' });

const template = z.string().meta({
  examples: ['https://example.org/reconcile/entities/{{id}}'],
  description: 'An address with `{{id}}` where the id belongs.',
});

export const Manifest = z
  .strictObject({
    versions: z.array(z.string()).meta({ description: 'Versions of the API that the service speaks.' }),
    name: z.string(),
    identifierSpace: z.string().meta({
      examples: ['https://example.org/reconcile/entities/'],
      description: 'What makes an address of an id.',
    }),
    schemaSpace: z.string().meta({
      examples: ['https://example.org/reconcile/suggest/types'],
      description: 'Where types are told.',
    }),
    documentation: z
      .string()
      .meta({ description: 'Where it is documented.', examples: ['https://example.org/docs'] }),
    serviceVersion: z.string().meta({ description: 'Version of the service.', examples: ['1.0.0'] }),
    defaultTypes: z.array(EntityType).meta({ description: 'Types that clients offer first.' }),
    view: z
      .strictObject({ url: template })
      .meta({ id: 'ReconcileView', description: 'Where an object is shown.' }),
    preview: z
      .strictObject({
        url: template,
        width: z.int().meta({ description: 'Pixels.', examples: [400] }),
        height: z.int().meta({ description: 'Pixels.', examples: [200] }),
      })
      .meta({ id: 'ReconcilePreview', description: 'A small page about an object, and its size in pixels.' }),
    suggest: z
      .strictObject({ entity: service, type: service, property: service })
      .meta({ id: 'ReconcileSuggest', description: 'Where to ask while somebody types.' }),
    extend: z
      .strictObject({ propose_properties: service })
      .meta({ id: 'ReconcileExtend', description: 'Where to ask which properties a type has.' }),
    batchSize: z.int().meta({ examples: [50], description: 'Queries that one batch may hold.' }),
    authentication: z
      .strictObject({
        type: z.string(),
        in: z.string().meta({ description: 'Where it is sent.', examples: ['header'] }),
        name: z.string(),
        description: z.string(),
      })
      .optional()
      .meta({ id: 'ReconcileAuthentication', description: 'How to send a key, where reads need one.' }),
  })
  .meta({ id: 'ReconcileManifest', description: 'What the service can do, and where.' });

const Candidate = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  type: z.array(EntityType),
  score: z.number().min(0).max(100),
  match: z.boolean(),
  features: z.array(z.strictObject({ id: z.string(), value: z.literal(true) })),
});

/** Answers to queries, by the ids that the client gave them. */
export const Results = z.record(z.string(), z.strictObject({ result: z.array(Candidate) }));

const Cell = z.union([
  z.strictObject({ str: z.string() }),
  z.strictObject({ id: z.string(), name: z.string() }),
]);

/** Properties of objects: what was asked for, and the values by id and property. */
export const Extension = z.strictObject({
  meta: z.array(z.strictObject({ id: z.string(), name: z.string(), type: EntityType.optional() })),
  rows: z.record(z.string(), z.record(z.string(), z.array(Cell))),
});

/** Either of them: a client knows which one by what it sent, so the document can name the members in words alone. */
export const Answer = z.looseObject({}).meta({
  id: 'ReconcileAnswer',
  description:
    'To `queries`, by the ids of the queries: `result`, a list of candidates, the likeliest first, each with `id` (of a predicate ' +
    'its key), `name`, `description`, `type` (`[{id, name}]`, the narrowest first), `score` (0 to 100; from 90 on name and ' +
    'properties agree), `match` (it alone agrees) and `features` (`[{id, value}]`: the reasons of `/v1/parties/match`, and what ' +
    'each property said). To `extend`: `meta` (`[{id, name, type}]`, the properties) and `rows`, by id and property a list of ' +
    '`{str}` or, of objects, `{id, name}`.',
});

const suggested = { id: z.string(), name: z.string(), description: z.string() };
const suggestions = (name: string, item: z.ZodObject) =>
  z
    .strictObject({ result: z.array(item).meta({ description: 'The likeliest first.' }) })
    .meta({ id: name, description: 'What may be meant.' });

const PropertySuggestion = z
  .strictObject(suggested)
  .meta({ id: 'ReconcileProperty', description: 'A property of objects.' });

export const EntitySuggestions = suggestions(
  'ReconcileEntitySuggestions',
  z
    .strictObject({
      ...suggested,
      notable: z.array(EntityType).meta({ description: 'Its types, the narrowest first.' }),
    })
    .meta({ id: 'ReconcileEntity', description: 'An object, with its types.' }),
);
export const TypeSuggestions = suggestions(
  'ReconcileTypeSuggestions',
  z
    .strictObject({
      ...suggested,
      broader: z.array(EntityType).optional().meta({ description: 'The types above it.' }),
    })
    .meta({ id: 'ReconcileTypeSuggestion', description: 'A type, with the one above it.' }),
);
export const PropertySuggestions = suggestions('ReconcilePropertySuggestions', PropertySuggestion);

export const ProposedProperties = z
  .strictObject({
    type: z.string(),
    limit: z.int().meta({ description: 'The number that was asked for, or all.' }),
    properties: z.array(PropertySuggestion).meta({ description: 'The properties.' }),
  })
  .meta({ id: 'ReconcileProposedProperties', description: 'Properties that objects of a type can have.' });
