import type { Tx } from '../db/store/store.js';
import { answerDigest, type KeptAnswer } from '../http/request/idempotency.store.js';
import { batches } from './copy.store.js';
import type { Report } from './rebuild.js';

/** Compares answers that are kept for retries with their digests; the history does not tell them. */
export async function verifyAnswers(tx: Tx, report: Report): Promise<void> {
  for await (const rows of batches(tx, 'idempotency', ['actor', 'idempotency_key'])) {
    for (const row of rows as KeptAnswer[]) {
      if (row.digest === answerDigest(row)) continue;
      report(`idempotency ${row.actor} "${row.idempotency_key}": differs from its digest`);
    }
  }
}
