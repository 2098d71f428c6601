import type { Party } from '../../../../src/provenance/graph/graph.js';
import type {
  AttributionWording,
  SourceWording,
  Wording,
} from '../../../../src/provenance/sentence/wording.js';
import { computeStanding, type StandingResult } from '../../../../src/provenance/standing/standing.js';
import { build, type Written } from '../build.js';

/** The names of parties in these tests; others are called as their ids. */
const NAMES: Record<string, [name: string, kind: string]> = {
  un: ['United Nations', 'intergovernmental'],
  team: ['UN Monitoring Team', 'intergovernmental'],
  pakistan: ['Pakistan', 'government'],
  ministry: ['Ministry of Defence', 'government'],
  taliban: ['Taliban', 'armed_group'],
  ttp: ['Tehreek-e-Taliban Pakistan', 'armed_group'],
  us: ['US', 'government'],
  post: ['Washington Post', 'media'],
  lancet: ['The Lancet', 'media'],
  talks: ['Defence Talks', 'media'],
  wire: ['Reuters', 'media'],
  dawn: ['Dawn', 'media'],
  ann: ['Ann Lee', 'person'],
  bob: ['Bob Roe', 'person'],
  cy: ['Cy Poe', 'person'],
  dee: ['Dee Fox', 'person'],
  sources: ['A number of sources (on the camp)', 'other'],
  officials: ['Several officials (on the camp)', 'government'],
  state: ['One Member State (on the stipend)', 'government'],
};
const TITLES: Record<string, string> = {
  report: '35th report',
  annex: 'Annex of the 35th report',
  article: 'Kabul’s hidden army',
  column: 'Who pays?',
  speech: 'Remarks to the press',
  paper: 'Deaths in Kunar',
};

export interface Telling extends Written {
  /** By attribution: the document's words for the party, the person who speaks, and where. */
  words?: Record<string, { as?: string; by?: string; page?: string; paragraph?: string }>;
  /** By source. */
  found?: Record<string, Partial<Omit<SourceWording, 'publisher'>> & { publisher?: string }>;
}

/** A claim weighed, with names and wording as they are told. */
export function telling({ words = {}, found = {}, ...written }: Telling): [StandingResult, Wording] {
  const graph = build(written);
  const named = (id: string, party: Party): Party => {
    const [name, kind] = NAMES[id] ?? [id, 'organization'];
    return { ...party, name, kind };
  };
  const attributions = Object.entries(words).map(
    ([id, { as, by, page, paragraph }]): [string, AttributionWording] => [
      id,
      {
        party_as_stated: as ?? null,
        speaker: by ? { id: by, name: by, kind: 'person', unnamed: /^[Aa] /.test(by) } : null,
        locator: { page: page ?? null, paragraph: paragraph ?? null, section: null, timecode: null },
      },
    ],
  );
  const sources = Object.entries(found).map(([id, { publisher, ...rest }]): [string, SourceWording] => {
    const [name, kind] = NAMES[publisher ?? ''] ?? [publisher!, 'organization'];
    return [
      id,
      {
        published: null,
        reporting_period: null,
        url: null,
        archived_url: null,
        retrieved_at: null,
        publisher: publisher ? { id: publisher, name, kind, unnamed: false } : null,
        ...rest,
      },
    ];
  });
  const weighed = computeStanding({
    ...graph,
    parties: new Map([...graph.parties].map(([id, party]) => [id, named(id, party)])),
    sources: new Map([...graph.sources].map(([id, source]) => [id, { ...source, title: TITLES[id] ?? id }])),
  });
  return [weighed, { attributions: new Map(attributions), sources: new Map(sources) }];
}
