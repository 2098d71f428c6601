/** How a party stands to a claim or a source; `reports` passes it on without taking a side, `corrects` is of a source. */
export const stances = [
  'asserts',
  'confirms',
  'denies',
  'disputes',
  'declines',
  'retracts',
  'corrects',
  'reports',
] as const;
export const manners = [
  'states',
  'reports',
  'estimates',
  'assesses',
  'alleges',
  'suggests',
  'predicts',
] as const;
export const bases = ['witnessed', 'documented', 'told', 'deduced', 'unknown'] as const;
export const accesses = ['read', 'through_relay'] as const;
export const lineages = ['originates', 'relays', 'unknown'] as const;
