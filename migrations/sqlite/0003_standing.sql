-- What the register computes about claims, kept beside them, and the queue of what must be computed anew.

ALTER TABLE claims ADD COLUMN support TEXT NOT NULL DEFAULT 'none';
ALTER TABLE claims ADD COLUMN contested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN retracted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN min_origins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN unnamed_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN standing TEXT NOT NULL DEFAULT '{"support":"none","contested":false,"self_denied":false,"retracted":false,"asserting":0,"reporting":0,"denying":0,"origins":{"min":0,"max":0},"circular_reporting":false,"blanket_denials":0,"first_said":null,"last_said":null}';
CREATE INDEX claims_support ON claims (support, id);
CREATE INDEX claims_contested ON claims (contested, id);
CREATE INDEX claims_min_origins ON claims (min_origins, id);

CREATE TABLE standing_queue (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('party', 'source', 'all')),
  object_id TEXT NOT NULL,
  position TEXT NOT NULL
) STRICT;
-- Claims recorded before standing was kept.
INSERT INTO standing_queue (kind, object_id, position) SELECT 'all', '', '' WHERE EXISTS (SELECT 1 FROM claims);
