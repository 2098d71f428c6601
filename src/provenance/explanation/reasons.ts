import type { Party } from '../graph/graph.js';
import { counted } from '../graph/text.js';
import type { End } from '../standing/origins.js';
import type { Origin, Tally } from '../standing/tally.js';

/** Whom a party counts as, and why. */
export function countsAs(climb: readonly Party[]): string {
  const [party, ...above] = climb as [Party, ...Party[]];
  const who = party.unnamed ? `${party.name} is unnamed and` : party.name;
  const is = party.unnamed ? who : `${party.name} is`;
  const group = above.at(-1);
  if (group) {
    const way = above.map(({ name }) => name).join(', which is part of ');
    return `${is} part of ${way}${group.independent_voice ? ', an independent voice' : ''}, and counts as ${group.name}.`;
  }
  if (party.independent_voice && party.part_of !== null) {
    return `${is} an independent voice and counts for itself.`;
  }
  return party.unnamed ? `${who} counts apart.` : `${who} counts for itself.`;
}

/** Whether an origin is one of those that make `min`: either the named groups, or the largest unnamed party. */
export function makesMin(origin: Origin, { named, most }: Tally): boolean {
  if (!origin.originates) return false;
  return named >= (most?.heads?.min ?? 0) ? origin.heads === null : origin === most;
}

/** Why an end does not raise `min`; `earlier` means that an end of the same group came before it. */
export function leftOutOfMin(end: End, origin: Origin, earlier: boolean, tally: Tally): string {
  const { group, originates } = origin;
  if (!end.originates) {
    const unknown = end.ownWord
      ? 'What it relays does not support the claim, and where its own word comes from is not known: not in min.'
      : 'Where it has this from is not known: not in min.';
    return originates || earlier ? `${unknown} In max ${group.name} is counted already.` : unknown;
  }
  if (makesMin(origin, tally)) return `${group.name} is counted already.`;
  return tally.named >= (tally.most?.heads?.min ?? 0)
    ? `It may be among the ${counted(tally.named, 'named group')}: not in min.`
    : `It may be among those for whom ${tally.most?.group.name} stands: not in min.`;
}
