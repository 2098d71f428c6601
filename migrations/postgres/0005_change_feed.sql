-- The change feed by type and by subject.

CREATE INDEX history_noun ON history (noun, seq);

-- Which parties a recorded version concerns: itself, or the subject of the claim it is about, as it was then.
CREATE TABLE history_subjects (
  party_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (party_id, seq)
);

-- What was recorded before. A reference in a document is a marker, and an id of a party or claim has 32 letters.
INSERT INTO history_subjects SELECT object_id, seq FROM history WHERE noun = 'party';

CREATE TEMP TABLE subjects_then ON COMMIT DROP AS
SELECT object_id AS claim_id, version, seq, substring(doc FROM '"subject":"\\u0000party:([a-z0-9_]{32})"') COLLATE "C" AS party_id
FROM history WHERE noun = 'claim';
CREATE INDEX subjects_then_claim ON subjects_then (claim_id, version);

INSERT INTO history_subjects SELECT party_id, seq FROM subjects_then WHERE party_id IS NOT NULL;
INSERT INTO history_subjects
SELECT before.party_id, after.seq FROM subjects_then AS after
JOIN subjects_then AS before ON before.claim_id = after.claim_id AND before.version = after.version - 1
WHERE before.party_id IS NOT NULL
ON CONFLICT DO NOTHING;

INSERT INTO history_subjects
SELECT s.party_id, h.seq
FROM history AS h
CROSS JOIN LATERAL regexp_matches(h.doc, '"(?:claim|from|to)":"\\u0000claim:([a-z0-9_]{32})"', 'g') AS link (claim)
JOIN subjects_then AS s ON s.claim_id = link.claim[1]
WHERE h.noun IN ('attribution', 'assessment', 'relation') AND s.party_id IS NOT NULL AND s.seq = (
  SELECT max(c.seq) FROM subjects_then AS c WHERE c.claim_id = s.claim_id AND c.seq < h.seq
)
ON CONFLICT DO NOTHING;
