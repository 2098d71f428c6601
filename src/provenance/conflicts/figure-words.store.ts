import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { mark } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import type { Stance } from '../graph/graph.js';
import { knownBy } from '../graph/known-by.js';
import { loadGraphs } from '../load/provenance.store.js';
import { type Standing, weigh } from '../standing/standing.js';

/** What is said of a claim, and which others update it; references are markers. */
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
  const updates = await updatesOf(tx, ids);
  if (day === null) {
    for (const { claim, stance, party, source, taken_back_by } of await saidOf(tx, ids)) {
      words.get(claim)!.said.push(marked({ stance, party, source, taken_back_by }));
    }
  } else {
    const { graphs } = await loadGraphs(tx, [...new Set([...ids, ...updates.map(({ newer }) => newer)])]);
    const known = new Map([...graphs].map(([id, graph]) => [id, knownBy(graph, day)]));
    for (const id of ids) {
      const { graph, undated } = known.get(id)!;
      const { standing, analysis } = weigh(graph);
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
  for (const { older, newer } of updates) words.get(older)!.superseded_by.push(mark('claim', newer));
  return words;
}

const marked = ({ stance, party, source, taken_back_by }: WordsOf['said'][number]) => ({
  stance,
  party: mark('party', party),
  source: source && mark('source', source),
  taken_back_by: taken_back_by && mark('party', taken_back_by),
});

async function saidOf(tx: Tx, ids: string[]) {
  const { attributions: t } = tx.tables;
  return tx.rows<{ claim: string } & WordsOf['said'][number]>(sql`
    select said.claim_id as claim, said.stance as stance, said.party_id as party, said.source_id as source,
      (select back.party_id from ${t} back where back.id = said.retracted_by_id) as taken_back_by
    from ${t} said
    where said.claim_id in ${tx.dialect.textsIn(sql`${JSON.stringify(ids)}`)}
    order by said.claim_id, said.height desc, said.id`);
}

async function updatesOf(tx: Tx, ids: string[]): Promise<{ older: string; newer: string }[]> {
  const { relations: t } = tx.tables;
  return tx.db
    .selectDistinct({ older: t.to_id, newer: t.from_id })
    .from(t)
    .where(and(inArray(t.to_id, ids), eq(t.type, 'updates')))
    .orderBy(asc(t.to_id), asc(t.from_id));
}
