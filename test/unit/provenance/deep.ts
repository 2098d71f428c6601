import { dayText } from '../../../src/lib/edtf.js';
import type { Attribution, ClaimGraph } from '../../../src/provenance/graph/graph.js';

const BODIES = 5;
const party = (id: string, part_of: string | null) => ({
  id,
  kind: 'organization',
  name: id,
  part_of,
  independent_voice: false,
  unnamed: false,
  count: null,
});

/** A claim in layers: each attribution relays three of the layer below; the lowest speak for five bodies. */
export function deep(size: number, layers: number): ClaimGraph {
  const width = Math.floor(size / layers);
  const attributions = Array.from({ length: size }, (_, i): Attribution => {
    const lowest = i + width >= size;
    const below = (Math.floor(i / width) + 1) * width;
    const relays = lowest
      ? []
      : [0, 1, 7].map((step) => `a${Math.min(below + ((i + step) % width), size - 1)}`);
    return {
      id: `a${i}`,
      party: `p${i % 500}`,
      stance: lowest ? 'asserts' : 'reports',
      lineage: lowest ? 'originates' : 'relays',
      relays: [...new Set(relays)],
      in_reply_to: null,
      source: `s${i % 200}`,
      said: dayText(19_000 + (i % 700)),
      said_from: 19_000 + (i % 700),
      said_to: 19_000 + (i % 700),
    };
  });
  const bodies = Array.from({ length: BODIES }, (_, i) => party(`body${i}`, null));
  const parties = Array.from({ length: 500 }, (_, i) => party(`p${i}`, `body${i % BODIES}`));
  const sources = Array.from({ length: 200 }, (_, i) => ({
    id: `s${i}`,
    title: `s${i}`,
    part_of: i === 0 ? null : 's0',
    derived_from: i < 30 ? [] : [`s${i - 30}`],
    publisher: null,
    authors: [],
  }));
  return {
    subject: 'body0',
    attributions,
    about_sources: [],
    parties: new Map([...bodies, ...parties].map((each) => [each.id, each])),
    sources: new Map(sources.map((each) => [each.id, each])),
  };
}
