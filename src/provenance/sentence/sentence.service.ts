import { claimType } from '../../claims/claim.js';
import type { Tx } from '../../db/store/store.js';
import { get } from '../../resources/find.js';
import { loadGraph } from '../load/provenance.store.js';
import type { SentenceTask } from './sentence-task.js';
import { wordingOf } from './wording.service.js';

/** All that the sentence of a claim is written from, and the reference to the claim. */
export async function loadSentence(tx: Tx, reference: string, style: SentenceTask['style']) {
  const { id, key, doc } = await get(tx, claimType, reference);
  const { text } = JSON.parse(doc) as { text: string };
  const { graph } = await loadGraph(tx, id);
  const task: SentenceTask = { style, text, graph, wording: await wordingOf(tx, graph) };
  return { claim: { id, key, name: text }, task };
}
