import { decodeReference, encodeReference } from '../db/query/references.js';
import { edtfBounds, edtfDays } from '../lib/edtf.js';
import { identifierForm } from '../lib/identifiers.js';
import type { ResourceName } from '../lib/ids.js';
import { fold } from '../lib/text.js';
import { urlForm } from '../lib/url-form.js';
import type { StatusColumns } from '../provenance/withdrawals/source-status.js';
import type { ResourceRow, ResourceType } from '../resources/resource-type.js';
import { SourceInput } from './sources.schemas.js';

/** A source about which nobody has said anything. */
export const NEW_ROW: StatusColumns = {
  status: 'current',
  status_date: null,
  status_by: null,
  superseded_by: '[]',
};

/** A document or an utterance. */
export const sourceType: ResourceType<SourceInput> = {
  name: 'source',
  plural: 'sources',
  table: 'sources',
  input: SourceInput,
  members: Object.keys(SourceInput.shape),
  nameMember: 'title',
  cachedMembers: ['url'],

  mapReferences: (source, map) => ({
    ...source,
    publisher: source.publisher === null ? null : map(source.publisher, 'party', '/publisher'),
    authors: source.authors.map((author, i) => map(author, 'party', `/authors/${i}`)),
    part_of: source.part_of === null ? null : map(source.part_of, 'source', '/part_of'),
    derived_from: source.derived_from.map((from, i) => map(from, 'source', `/derived_from/${i}`)),
    supersedes: source.supersedes.map((older, i) => map(older, 'source', `/supersedes/${i}`)),
  }),

  view({
    key: _key,
    type,
    title,
    url,
    archived_url,
    publisher,
    authors,
    published,
    modified,
    reporting_period,
    ...rest
  }) {
    return {
      type,
      title,
      url,
      archived_url,
      publisher,
      authors,
      published,
      ...edtfBounds('published', published),
      modified,
      reporting_period,
      ...edtfBounds('reporting_period', reporting_period),
      ...rest,
    };
  },

  columns(view) {
    const source = view as SourceInput;
    const [published_from, published_to] = edtfDays(source.published);
    const [reporting_from, reporting_to] = edtfDays(source.reporting_period);
    return {
      type: source.type,
      title: source.title,
      folded_title: fold(source.title),
      publisher_id: source.publisher && decodeReference(source.publisher),
      part_of_id: source.part_of && decodeReference(source.part_of),
      published_from,
      published_to,
      reporting_from,
      reporting_to,
      language: source.language,
      reliability: source.reliability,
    };
  },

  childRows(view, id) {
    const { url, archived_url, authors, derived_from, supersedes, identifiers } = view as SourceInput;
    const urls = new Set([url, archived_url].filter((address) => address !== null).map(urlForm));
    return [
      { table: 'source_urls', rows: [...urls].map((address) => ({ source_id: id, url: address })) },
      {
        table: 'source_authors',
        rows: authors.map((author) => ({ source_id: id, party_id: decodeReference(author) })),
      },
      {
        table: 'source_derivations',
        rows: derived_from.map((from) => ({ source_id: id, derived_from_id: decodeReference(from) })),
      },
      {
        table: 'source_supersessions',
        rows: supersedes.map((older) => ({ source_id: id, superseded_id: decodeReference(older) })),
      },
      {
        table: 'identifiers',
        rows: identifiers.map(({ scheme, value }) => ({
          object_id: id,
          noun: 'source',
          scheme,
          value: identifierForm(scheme, value),
        })),
      },
    ];
  },

  referrers: [
    {
      noun: 'source',
      table: 'sources',
      column: 'part_of_id',
      from: 'id',
      member: 'part_of',
      filter: 'part_of',
    },
    {
      noun: 'source',
      table: 'source_derivations',
      column: 'derived_from_id',
      from: 'source_id',
      member: 'derived_from',
      filter: 'derived_from',
    },
    {
      noun: 'source',
      table: 'source_supersessions',
      column: 'superseded_id',
      from: 'source_id',
      member: 'supersedes',
      filter: 'supersedes',
    },
    {
      noun: 'attribution',
      table: 'attributions',
      column: 'source_id',
      from: 'id',
      member: 'source',
      filter: 'source',
    },
    {
      noun: 'attribution',
      table: 'attributions',
      column: 'about_source_id',
      from: 'id',
      member: 'about_source',
      filter: 'about_source',
    },
  ],
  textColumns: ['status', 'status_date', 'status_by', 'superseded_by'],

  text(row) {
    const { doc, status, status_date, status_by, superseded_by } = row as ResourceRow & StatusColumns;
    const by =
      status_by === null ? null : encodeReference(status_by.split('_', 1)[0] as ResourceName, status_by);
    const computed = `"status":"${status}","status_date":${JSON.stringify(status_date)},"status_by":${JSON.stringify(by)}`;
    return `${doc.slice(0, -1)},${computed},"superseded_by":${superseded_by}}`;
  },
};
