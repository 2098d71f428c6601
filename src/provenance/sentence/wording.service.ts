import { attributionType } from '../../attributions/attribution.js';
import { decodeReference } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import { partyType } from '../../parties/party.js';
import type { ResourceType } from '../../resources/resource-type.js';
import { findRows } from '../../resources/resources.store.js';
import { sourceType } from '../../sources/source.js';
import type { Attribution, ClaimGraph } from '../graph/graph.js';
import type { AttributionWording, PartyWording, SourceWording, Wording } from './wording.js';

/** Most attributions whose wording is read. A sentence names far fewer. */
const MOST_WORDINGS = 500;

type AttributionView = Omit<AttributionWording, 'speaker'> & { speaker: string | null };
type SourceView = Omit<SourceWording, 'publisher'> & { publisher: string | null };

/** The wording of a claim, which its graph lacks, for the attributions and sources that a sentence is likely to name. */
export async function wordingOf(tx: Tx, graph: ClaimGraph): Promise<Wording> {
  const told = [...graph.attributions, ...graph.about_sources]
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MOST_WORDINGS);
  const attributions = await viewsOf<AttributionView>(
    tx,
    attributionType,
    told.map(({ id }) => id),
  );
  const sources = await viewsOf<SourceView>(
    tx,
    sourceType,
    told.flatMap(({ source }) => source ?? []),
  );
  const named = [
    ...[...attributions.values()].map(({ speaker }) => speaker),
    ...[...sources.values()].map(({ publisher }) => publisher),
  ];
  const parties = await viewsOf<PartyWording>(
    tx,
    partyType,
    named.flatMap((marker) => (marker === null ? [] : decodeReference(marker))),
  );
  const partyOf = (marker: string | null): PartyWording | null => {
    if (marker === null) return null;
    const id = decodeReference(marker);
    const party = parties.get(id);
    return party ? { id, name: party.name, kind: party.kind, unnamed: party.unnamed } : null;
  };
  return {
    attributions: mapped(attributions, ({ party_as_stated, speaker, locator }) => ({
      party_as_stated,
      speaker: partyOf(speaker),
      locator,
    })),
    sources: mapped(
      sources,
      ({ published, reporting_period, url, archived_url, retrieved_at, publisher }) => ({
        published,
        reporting_period,
        url,
        archived_url,
        retrieved_at,
        publisher: partyOf(publisher),
      }),
    ),
  };
}

/** Sorts attributions that originate first, then those that take a side. */
function rank({ lineage, stance }: Attribution): number {
  if (lineage === 'originates') return 0;
  return stance === 'reports' ? 2 : 1;
}

async function viewsOf<View>(tx: Tx, noun: ResourceType, ids: string[]): Promise<Map<string, View>> {
  const rows = await findRows(tx, noun, [...new Set(ids)]);
  return new Map(rows.map(({ id, doc }) => [id, JSON.parse(doc) as View]));
}

const mapped = <From, To>(map: ReadonlyMap<string, From>, change: (from: From) => To): Map<string, To> =>
  new Map([...map].map(([id, from]) => [id, change(from)]));
