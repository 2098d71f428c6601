import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../../db/query/closures.js';
import { prepared } from '../../db/query/prepared.js';
import { encodeReference } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import { groupBy, lookUp } from '../../lib/collections.js';
import type { Stance } from '../graph/graph.js';
import { knownBy } from '../graph/known-by.js';
import { loadGraphs } from '../load/provenance.store.js';
import { computeStanding, type Standing } from '../standing/standing.js';

/** What is said of a claim, and which others update it; references are reference tokens. */
export interface WordsOf {
  said: { stance: Stance; party: string; source: string | null; taken_back_by: string | null }[];
  superseded_by: string[];
  /** The standing as it was known by a day; null where the stored standing is to be used. */
  standing: (Standing & { undated: number }) | null;
}

export async function wordsOf(
  tx: Tx,
  rows: readonly { id: string }[],
  day: number | null,
): Promise<Map<string, WordsOf>> {
  const ids = rows.map(({ id }) => id);
  const asked = { ids: JSON.stringify(ids) };
  const updates = groupBy(await updateRows(tx, null, asked), ({ older }) => older);
  const newerThan = (id: string) => (updates.get(id) ?? []).map(({ newer }) => newer);
  if (day === null) {
    const said = groupBy(await saidRows(tx, null, asked), ({ claim }) => claim);
    const wordsNow = (id: string): WordsOf => ({
      said: (said.get(id) ?? []).map(marked),
      superseded_by: newerThan(id).map(claimToken),
      standing: null,
    });
    return new Map(ids.map((id) => [id, wordsNow(id)]));
  }
  const { graphs } = await loadGraphs(tx, [...new Set([...ids, ...ids.flatMap(newerThan)])]);
  const known = new Map([...graphs].map(([id, graph]) => [id, knownBy(graph, day)]));
  const isSaid = (id: string) => lookUp(known, id).graph.attributions.length > 0;
  const wordsThen = (id: string): WordsOf => {
    const { graph, undated } = lookUp(known, id);
    const { standing, analysis } = computeStanding(graph);
    return {
      said: graph.attributions.map((said, i) =>
        marked({ ...said, taken_back_by: analysis.retractions.ofClaim[i]?.party ?? null }),
      ),
      superseded_by: newerThan(id).filter(isSaid).map(claimToken),
      standing: { ...standing, undated },
    };
  };
  return new Map(ids.map((id) => [id, wordsThen(id)]));
}

const claimToken = (id: string) => encodeReference('claim', id);

interface Said {
  stance: string;
  party: string;
  source: string | null;
  taken_back_by: string | null;
}

const marked = ({ stance, party, source, taken_back_by }: Said): WordsOf['said'][number] => ({
  stance: stance as Stance,
  party: encodeReference('party', party),
  source: source && encodeReference('source', source),
  taken_back_by: taken_back_by && encodeReference('party', taken_back_by),
});

const saidRows = prepared((tx) => {
  const { attributions: said } = tx.tables;
  const back = alias(said, 'back');
  return tx.db
    .select({
      claim: said.claim_id,
      stance: said.stance,
      party: said.party_id,
      source: said.source_id,
      // A join with the view of the past would read all attributions.
      taken_back_by: sql<
        string | null
      >`(${tx.db.select({ party: back.party_id }).from(back).where(eq(back.id, said.retracted_by_id))})`,
    })
    .from(said)
    .where(isMeant(tx, said.claim_id))
    .orderBy(asc(said.claim_id), desc(said.relay_depth), asc(said.id));
});

const updateRows = prepared((tx) => {
  const { relations: t } = tx.tables;
  return tx.db
    .selectDistinct({ older: t.to_id, newer: t.from_id })
    .from(t)
    .where(and(isMeant(tx, t.to_id), eq(t.type, 'updates')))
    .orderBy(asc(t.to_id), asc(t.from_id));
});
