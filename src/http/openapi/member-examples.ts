import type { ZodOpenApiVersion } from 'zod-openapi';
import { SOME_CURSOR } from '../request/paging.js';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  const?: unknown;
  enum?: unknown[];
  'x-extensible-enum'?: unknown[];
  example?: unknown;
  examples?: unknown[];
}

export type Schemas = Record<string, Schema>;

/**
 * What members hold of which the examples of whole bodies show nothing, or something that fits one object alone; by
 * name as `memberTexts`.
 */
export const memberExamples: Readonly<Record<string, string | number>> = {
  about_source: 'monitoring-team-report-35',
  amount: '65',
  archived_url: 'https://web.archive.org/web/20250301000000/https://example.org/report',
  assessed_at: '2026-01-31T09:00:00.000Z',
  assessor: 'A. Analyst',
  baseline: '2022',
  born: '1978',
  capacity: 'spokesperson',
  claim: 'ttp-strength-10000',
  'ProblemFault.code': 'unknown_reference',
  'Warning.code': 'other_unit',
  description: 'A group of militants in Pakistan.',
  detail: 'No party has the id or key "nobody".',
  expires_at: '2027-01-31T09:00:00.000Z',
  family_name: 'Mehsud',
  given_name: 'Noor Wali',
  in_reply_to: 'ttp-leader-family-stipend-report-35',
  instance: '/v1/claims',
  iso_3166: 'AF-KNR',
  lat: 34.53,
  lon: 69.17,
  member: 'part_of',
  modified: '2025-02-10',
  'Place.name': 'Kunar',
  'PlaceInput.name': 'Kunar',
  'PlaceValue.name': 'Kunar',
  'PlaceValueInput.name': 'Kunar',
  occurred_as_stated: 'in the second half of 2024',
  on_behalf_of: 'A. Analyst',
  out_of: '12000',
  page: '17',
  parameter: 'subject',
  part_of: 'united-nations',
  party_as_stated: 'one Member State',
  party_kind: 'armed_group',
  path: '/occurred',
  'Warning.pointer': '/value/unit',
  pointer: '/subject',
  precision: 'province',
  prefix: 'a monthly payment of ',
  prev_cursor: SOME_CURSOR,
  publisher: 'united-nations',
  rationale: 'Two reports give half as many for the same months.',
  'UnknownValue.reason': 'Neither side gave a number.',
  'UnknownValueInput.reason': 'Neither side gave a number.',
  reason: 'Corrected from the original.',
  removed_at: '2026-01-31T09:00:00.000Z',
  removed_by: 'apikey_01kahw2v9wfyy9k9vz3n2xq5ra',
  'ProvenanceAttribution.retracted_by': 'attribution_01kahw2v9wfyy9k9vz3n2xq5ra',
  retrieved_at: '2025-03-01T12:00:00.000Z',
  revoked_at: '2026-06-30T09:00:00.000Z',
  'Place.role': 'site of the attack',
  'PlaceInput.role': 'site of the attack',
  said_as_stated: 'on Thursday',
  said_from: '2025-02-06',
  said_to: '2025-02-06',
  scheme: 'wikidata',
  script: 'Arab',
  section: 'II. B',
  sentence: 'The TTP has 10,000 fighters, according to the UN.',
  source_type: 'report',
  speaker: 'munir-akram',
  'Problem.status': 422,
  status_date: '2025-04-01',
  suffix: ' each month',
  'TextValue.text': 'by road and on foot',
  'TextValueInput.text': 'by road and on foot',
  timecode: '00:12:30',
  'Problem.title': 'Invalid body',
  total_at_least: 10_001,
  'CslItem.type': 'report',
  'Problem.type': '/problems/invalid_body',
  url: 'https://example.org/report',
  'Identifier.value': 'Q1',
  verdict: 'exaggerated',
  why: 'Its party is the one that says so first.',
};

/** Longer texts show nothing that shorter ones do not. */
const LONGEST = 120;

/**
 * Gives members that are texts or numbers an example: what they hold in these examples of whole bodies, or else what
 * a member of the same name holds. Words of an enumeration need none.
 */
export function showMembers(
  schemas: Schemas,
  shown: readonly [schema: Schema, value: unknown][],
  openapi: ZodOpenApiVersion,
): void {
  const byName = new Map<string, unknown>();
  for (const [schema, value] of shown) visit(schema, value);
  for (const [owner, { properties = {} }] of Object.entries(schemas)) {
    for (const [name, member] of Object.entries(properties)) {
      const known =
        memberExamples[`${owner}.${name}`] ?? memberExamples[name] ?? byName.get(likeness(name, member));
      if (known !== undefined && isBare(member)) show(member, known);
    }
  }

  function visit(schema: Schema | undefined, value: unknown): void {
    if (!schema || value === null || value === undefined) return;
    const { propertyName = '', mapping = {} } = schema.discriminator ?? {};
    const branch = schema.$ref ?? mapping[String((value as Record<string, unknown>)[propertyName])];
    if (branch) visit(schemas[nameOf(branch)], value);
    for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) visit(part, value);
    if (Array.isArray(value)) {
      for (const item of value) visit(schema.items, item);
    } else if (typeof value === 'object') {
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const held = (value as Record<string, unknown>)[name];
        if (isBare(member) && isShort(held)) {
          show(member, held);
          if (!byName.has(likeness(name, member))) byName.set(likeness(name, member), held);
        } else visit(member, held);
      }
    }
  }

  function show(member: Schema, value: unknown): void {
    if (openapi === '3.0.3') member.example = value;
    else member.examples = [value];
  }
}

const nameOf = (reference: string) => reference.replace('#/components/schemas/', '');

const typeOf = ({ type }: Schema) => [type ?? []].flat().find((one) => one !== 'null');

/** Members of one name and type are taken to hold the like. */
const likeness = (name: string, member: Schema) => `${name} ${typeOf(member)}`;

const isBare = (member: Schema): boolean =>
  ['string', 'number', 'integer'].includes(typeOf(member) ?? '') &&
  [member.const, member.enum, member['x-extensible-enum'], member.example, member.examples].every(
    (told) => told === undefined,
  );

const isShort = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length <= LONGEST);
