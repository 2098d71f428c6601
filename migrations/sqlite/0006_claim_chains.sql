-- All that the standing of a claim follows from its attributions, without a look at their rows.
DROP INDEX attributions_claim;
CREATE INDEX attributions_claim ON attributions (claim_id, height DESC, id, key, party_id, stance, lineage,
  in_reply_to_id, source_id, said_from, said_to);
