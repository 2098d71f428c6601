import type { FullAttribution, Reference } from '../frame/outputs.js';
import { useVisit } from '../frame/visiting.js';
import { clipped, LONG } from '../frame/words.js';

export type Noun = 'claim' | 'source' | 'party' | 'predicate';

const plurals = { claim: 'claims', source: 'sources', party: 'parties', predicate: 'predicates' } as const;

/** The permanent address of an object: by its key, else by its id. */
export const pathOf = (noun: Noun, { id, key }: Pick<Reference, 'id' | 'key'>): string =>
  `/${plurals[noun]}/${key ?? id}`;

/** Where an attribution stands: on the page of its claim, or of the source that it speaks of. */
export const placeOf = (attribution: FullAttribution): { page: string; anchor: string } => ({
  page: attribution.claim ? pathOf('claim', attribution.claim) : pathOf('source', attribution.about_source),
  anchor: `#${attribution.id}`,
});

/** A link to the page of an object. Its name may be of any script: it takes its direction from itself. */
export const Ref = ({ noun, to, most = LONG }: { noun: Noun; to: Reference; most?: number }) => (
  <a href={useVisit().moment.to(pathOf(noun, to))}>
    <bdi>{clipped(to.name, most)}</bdi>
  </a>
);

/** Several of them, with commas between. */
export const Refs = ({ noun, to }: { noun: Noun; to: readonly Reference[] }) => (
  <>
    {to.map((one, i) => (
      <>
        {i > 0 && ', '}
        <Ref noun={noun} to={one} />
      </>
    ))}
  </>
);

/** A link to another site; anything but a web address stays text, so that no script is reached through it. */
export const External = ({ url, children }: { url: string; children?: string }) =>
  /^https?:\/\//i.test(url) ? (
    <a href={url} rel="noreferrer nofollow external">
      <bdi>{children ?? url}</bdi>
    </a>
  ) : (
    <bdi>{children ?? url}</bdi>
  );
