-- Relations between claims, and assessments of claims.

CREATE TABLE relations (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  from_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
  type TEXT COLLATE "C" NOT NULL,
  to_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id)
);
CREATE INDEX relations_from ON relations (from_id, id);
CREATE INDEX relations_to ON relations (to_id, id);
CREATE INDEX relations_created ON relations (created_at, id);
CREATE INDEX relations_updated ON relations (updated_at, id);

CREATE TABLE assessments (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
  credibility INTEGER,
  likelihood TEXT COLLATE "C",
  confidence TEXT COLLATE "C",
  assessor TEXT COLLATE "C",
  assessed_at TEXT COLLATE "C"
);
CREATE INDEX assessments_claim ON assessments (claim_id, id);
CREATE INDEX assessments_assessed ON assessments (assessed_at, id);
CREATE INDEX assessments_created ON assessments (created_at, id);
CREATE INDEX assessments_updated ON assessments (updated_at, id);
