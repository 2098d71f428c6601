/** What joins two nodes of a graph of provenance; edges are listed in this order. */
export const edgeKinds = [
  'about',
  'made_by',
  'spoken_by',
  'stands_in',
  'quotes',
  'relays',
  'in_reply_to',
  'derived_from',
  'part_of',
] as const;
