-- The change feed by type and by subject.

CREATE INDEX history_noun ON history (noun, seq);

-- Which parties a recorded version concerns: itself, or the subject of the claim it is about, as it was then.
CREATE TABLE history_subjects (
  party_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (party_id, seq)
) STRICT, WITHOUT ROWID;

-- What was recorded before. A reference in a document is a marker, and an id of a party or claim has 32 letters.
INSERT INTO history_subjects SELECT object_id, seq FROM history WHERE noun = 'party';

CREATE TEMP TABLE subjects_then AS
SELECT object_id AS claim_id, version, seq,
  CASE WHEN instr(doc, '"subject":"\u0000party:') > 0
    THEN substr(doc, instr(doc, '"subject":"\u0000party:') + 23, 32) END AS party_id
FROM history WHERE noun = 'claim';
CREATE INDEX temp.subjects_then_claim ON subjects_then (claim_id, version);

INSERT OR IGNORE INTO history_subjects SELECT party_id, seq FROM subjects_then WHERE party_id IS NOT NULL;
INSERT OR IGNORE INTO history_subjects
SELECT before.party_id, after.seq FROM subjects_then AS after
JOIN subjects_then AS before ON before.claim_id = after.claim_id AND before.version = after.version - 1
WHERE before.party_id IS NOT NULL;

INSERT OR IGNORE INTO history_subjects
SELECT s.party_id, h.seq
FROM history AS h
JOIN (SELECT 'attribution' AS noun, '"claim":"\u0000claim:' AS place UNION ALL SELECT 'assessment', '"claim":"\u0000claim:'
  UNION ALL SELECT 'relation', '"from":"\u0000claim:' UNION ALL SELECT 'relation', '"to":"\u0000claim:') AS link
  ON link.noun = h.noun AND instr(h.doc, link.place) > 0
JOIN subjects_then AS s ON s.claim_id = substr(h.doc, instr(h.doc, link.place) + length(link.place), 32)
WHERE s.party_id IS NOT NULL AND s.seq = (
  SELECT max(c.seq) FROM subjects_then AS c WHERE c.claim_id = s.claim_id AND c.seq < h.seq
);
DROP TABLE temp.subjects_then;
