import type { Claim } from '../frame/outputs.js';
import { pathOf } from '../parts/reference.js';

/** A claim as schema.org describes one: what is claimed, about whom, and the works in which it appears. */
export function claimLinkedData(origin: string, claim: Claim): object {
  const sources = new Map(
    claim.attributions.flatMap(({ source }) => (source ? [[source.id, source] as const] : [])),
  );
  return {
    '@context': 'https://schema.org',
    '@type': 'Claim',
    '@id': origin + pathOf('claim', claim),
    url: origin + pathOf('claim', claim),
    identifier: claim.id,
    text: claim.text,
    ...(claim.language && { inLanguage: claim.language }),
    ...(claim.subject && {
      about: { '@type': 'Thing', name: claim.subject.name, url: origin + pathOf('party', claim.subject) },
    }),
    appearance: [...sources.values()].map((source) => ({
      '@type': 'CreativeWork',
      name: source.name,
      url: origin + pathOf('source', source),
    })),
    dateCreated: claim.created_at,
    dateModified: claim.updated_at,
    version: claim.version,
  };
}
