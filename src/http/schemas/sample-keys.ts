import type { ResourceName } from '../../lib/ids.js';

/** Keys of the sample register, by which examples name objects. */
export const sampleKeys: Readonly<Record<ResourceName, string>> = {
  party: 'ttp',
  source: 'monitoring-team-report-35',
  predicate: 'fighter-strength',
  claim: 'ttp-leader-family-stipend',
  attribution: 'ttp-leader-family-stipend-outlet',
  relation: 'strength-revised',
  assessment: 'strength-judged',
  judgement: 'ttp-is-not-pakistan',
};
