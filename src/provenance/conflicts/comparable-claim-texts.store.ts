import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../../db/query/closures.js';
import { prepared } from '../../db/query/prepared.js';
import { encodeReference } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import type { Stance } from '../graph/graph.js';
import { knownBy } from '../graph/known-by.js';
import { loadGraphs } from '../load/provenance.store.js';
import { computeStanding, type Standing } from '../standing/standing.js';

/** What is said of a claim, and which others update it; references are reference tokens. */
export interface WordsOf {
  said: { stance: Stance; party: string; source: string | null; taken_back_by: string | null }[];
  superseded_by: string[];
  /** As the world knew it by a day; null where that stored beside the claim is meant. */
  standing: (Standing & { undated: number }) | null;
}

export async function wordsOf(
  tx: Tx,
  rows: readonly { id: string }[],
  day: number | null,
): Promise<Map<string, WordsOf>> {
  const ids = rows.map(({ id }) => id);
  const words = new Map<string, WordsOf>(
    ids.map((id) => [id, { said: [], superseded_by: [], standing: null }]),
  );
  const asked = { ids: JSON.stringify(ids) };
  const updates = await updateRows(tx, null, asked);
  if (day === null) {
    for (const { claim, ...said } of await saidRows(tx, null, asked)) {
      words.get(claim!)!.said.push(marked(said as WordsOf['said'][number]));
    }
  } else {
    const { graphs } = await loadGraphs(tx, [...new Set([...ids, ...updates.map(({ newer }) => newer)])]);
    const known = new Map([...graphs].map(([id, graph]) => [id, knownBy(graph, day)]));
    for (const id of ids) {
      const { graph, undated } = known.get(id)!;
      const { standing, analysis } = computeStanding(graph);
      words.get(id)!.standing = { ...standing, undated };
      graph.attributions.forEach(({ stance, party, source }, i) => {
        const taken_back_by = analysis.retractions.ofClaim[i]?.party ?? null;
        words.get(id)!.said.push(marked({ stance, party, source, taken_back_by }));
      });
    }
    updates.splice(
      0,
      updates.length,
      ...updates.filter(({ newer }) => known.get(newer)!.graph.attributions.length > 0),
    );
  }
  for (const { older, newer } of updates)
    words.get(older)!.superseded_by.push(encodeReference('claim', newer));
  return words;
}

const marked = ({ stance, party, source, taken_back_by }: WordsOf['said'][number]) => ({
  stance,
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
