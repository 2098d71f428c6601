import type { ResourceName } from '../lib/ids.js';

/** What a change is called in a feed, in words. */

type Named = { id: string; name: string } | null;

/** The members of output forms that a title is made of. */
export interface Shown {
  name?: string;
  title?: string;
  label?: string;
  text?: string;
  claim?: Named;
  about_source?: Named;
  party?: Named;
  stance?: string;
  from?: Named;
  type?: string;
  to?: Named;
  verdict?: string | null;
  one?: Named;
  other?: Named;
  judgement?: string;
  /** What a judgement compares. */
  noun?: ResourceName;
}

const operationWords: Record<string, string> = {
  create: 'New',
  update: 'Changed',
  remove: 'Removed',
  restore: 'Restored',
  merge: 'Merged',
};

/** “New attribution: Taliban denies: The TTP operates in Afghanistan.” */
export const titleOf = (noun: ResourceName, operation: string, shown: object): string =>
  `${operationWords[operation] ?? operation} ${noun}: ${nameOf(noun, shown)}`;

function nameOf(noun: ResourceName, shown: Shown): string {
  if (noun === 'attribution') {
    const { claim, about_source, party, stance } = shown;
    return `${party?.name} ${stance}: ${claim?.name ?? about_source?.name}`;
  }
  if (noun === 'relation') return `“${shown.from?.name}” ${shown.type} “${shown.to?.name}”`;
  if (noun === 'judgement')
    return `“${shown.one?.name}” and “${shown.other?.name}”: ${shown.judgement?.replaceAll('_', ' ')}`;
  if (noun === 'assessment') return [shown.verdict, shown.claim?.name].filter(Boolean).join(': ');
  return `${shown.name ?? shown.title ?? shown.label ?? shown.text}`;
}

/** The page that shows what a change is about: its own, or that of the claim or the pair that was judged. */
export function pageOf(
  noun: ResourceName,
  id: string,
  shown: Shown,
  nouns: Record<ResourceName, { plural: string }>,
): string {
  const of = (type: ResourceName, object: string | undefined) => `/${nouns[type].plural}/${object}`;
  if (noun === 'relation') return of('claim', shown.from?.id);
  if (noun === 'assessment') return of('claim', shown.claim?.id);
  if (noun === 'judgement' && shown.noun) return of(shown.noun, shown.one?.id);
  return of(noun, id);
}
