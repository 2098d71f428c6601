-- The register: nouns, history, keys, idempotency. Reviewed by hand; never edit once it has run anywhere.

CREATE TABLE slugs (
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (noun, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE parties (
  id TEXT PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  doc TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  part_of_id TEXT REFERENCES parties (id),
  independent_voice INTEGER NOT NULL CHECK (independent_voice IN (0, 1)),
  country TEXT,
  unnamed INTEGER NOT NULL CHECK (unnamed IN (0, 1))
) STRICT;
CREATE INDEX parties_kind ON parties (kind, id);
CREATE INDEX parties_name ON parties (name, id);
CREATE INDEX parties_part_of ON parties (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_country ON parties (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_created ON parties (created_at, id);
CREATE INDEX parties_updated ON parties (updated_at, id);

CREATE TABLE party_names (
  party_id TEXT NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  folded TEXT NOT NULL
) STRICT;
CREATE INDEX party_names_party ON party_names (party_id);
CREATE INDEX party_names_folded ON party_names (folded, party_id);

CREATE TABLE identifiers (
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX identifiers_object ON identifiers (object_id);
CREATE INDEX identifiers_value ON identifiers (noun, scheme, value, object_id);

CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  doc TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_title TEXT NOT NULL,
  publisher_id TEXT REFERENCES parties (id),
  part_of_id TEXT REFERENCES sources (id),
  published_from INTEGER,
  published_to INTEGER,
  language TEXT,
  reliability TEXT
) STRICT;
CREATE INDEX sources_type ON sources (type, id);
CREATE INDEX sources_title ON sources (title, id);
CREATE INDEX sources_publisher ON sources (publisher_id, id) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_part_of ON sources (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_published ON sources (published_from, id);
CREATE INDEX sources_created ON sources (created_at, id);
CREATE INDEX sources_updated ON sources (updated_at, id);

CREATE TABLE source_urls (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  url TEXT NOT NULL
) STRICT;
CREATE INDEX source_urls_source ON source_urls (source_id);
CREATE INDEX source_urls_url ON source_urls (url, source_id);

CREATE TABLE source_authors (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  party_id TEXT NOT NULL REFERENCES parties (id)
) STRICT;
CREATE INDEX source_authors_source ON source_authors (source_id);
CREATE INDEX source_authors_party ON source_authors (party_id, source_id);

CREATE TABLE source_derivations (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  derived_from_id TEXT NOT NULL REFERENCES sources (id)
) STRICT;
CREATE INDEX source_derivations_source ON source_derivations (source_id);
CREATE INDEX source_derivations_from ON source_derivations (derived_from_id, source_id);

CREATE TABLE predicates (
  id TEXT PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  doc TEXT NOT NULL,
  label TEXT NOT NULL,
  value_type TEXT NOT NULL,
  functional INTEGER NOT NULL CHECK (functional IN (0, 1)),
  measure TEXT
) STRICT;
CREATE INDEX predicates_created ON predicates (created_at, id);
CREATE INDEX predicates_updated ON predicates (updated_at, id);

CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  doc TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT,
  subject_id TEXT REFERENCES parties (id),
  predicate_id TEXT REFERENCES predicates (id),
  value_type TEXT NOT NULL,
  value_party_id TEXT REFERENCES parties (id),
  unit TEXT,
  currency TEXT,
  value_key TEXT,
  value_lower_key TEXT,
  value_upper_key TEXT,
  occurred_from INTEGER,
  occurred_to INTEGER,
  last_said INTEGER,
  attribution_count INTEGER NOT NULL,
  attributions_head TEXT NOT NULL,
  attributions_rest TEXT
) STRICT;
CREATE INDEX claims_subject ON claims (subject_id, predicate_id, id);
CREATE INDEX claims_predicate ON claims (predicate_id, id);
CREATE INDEX claims_value_party ON claims (value_party_id, id) WHERE value_party_id IS NOT NULL;
CREATE INDEX claims_kind ON claims (kind, id);
CREATE INDEX claims_unit ON claims (unit, id) WHERE unit IS NOT NULL;
CREATE INDEX claims_currency ON claims (currency, id) WHERE currency IS NOT NULL;
CREATE INDEX claims_value ON claims (value_key, id);
CREATE INDEX claims_occurred ON claims (occurred_from, id);
CREATE INDEX claims_said ON claims (last_said, id);
CREATE INDEX claims_created ON claims (created_at, id);
CREATE INDEX claims_updated ON claims (updated_at, id);

CREATE TABLE claim_participants (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  party_id TEXT NOT NULL REFERENCES parties (id),
  role TEXT NOT NULL
) STRICT;
CREATE INDEX claim_participants_claim ON claim_participants (claim_id);
CREATE INDEX claim_participants_party ON claim_participants (party_id, claim_id);

CREATE TABLE claim_places (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  iso_3166 TEXT,
  folded TEXT
) STRICT;
CREATE INDEX claim_places_claim ON claim_places (claim_id);
CREATE INDEX claim_places_iso ON claim_places (iso_3166, claim_id);
CREATE INDEX claim_places_folded ON claim_places (folded, claim_id);

CREATE TABLE claim_topics (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  topic TEXT NOT NULL,
  PRIMARY KEY (claim_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_topics_topic ON claim_topics (topic, claim_id);

CREATE TABLE attributions (
  id TEXT PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  doc TEXT NOT NULL,
  claim_id TEXT REFERENCES claims (id),
  about_source_id TEXT REFERENCES sources (id),
  party_id TEXT NOT NULL REFERENCES parties (id),
  speaker_id TEXT REFERENCES parties (id),
  source_id TEXT REFERENCES sources (id),
  stance TEXT NOT NULL,
  manner TEXT,
  basis TEXT,
  lineage TEXT NOT NULL,
  in_reply_to_id TEXT REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  said_from INTEGER,
  said_to INTEGER,
  height INTEGER NOT NULL,
  CHECK ((claim_id IS NULL) <> (about_source_id IS NULL))
) STRICT;
CREATE INDEX attributions_claim ON attributions (claim_id, height DESC, id);
CREATE INDEX attributions_about_source ON attributions (about_source_id, id) WHERE about_source_id IS NOT NULL;
CREATE INDEX attributions_party ON attributions (party_id, stance, claim_id);
CREATE INDEX attributions_speaker ON attributions (speaker_id, stance, claim_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX attributions_source ON attributions (source_id, claim_id) WHERE source_id IS NOT NULL;
CREATE INDEX attributions_stance ON attributions (stance, claim_id);
CREATE INDEX attributions_reply ON attributions (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX attributions_said ON attributions (said_to, id);
CREATE INDEX attributions_created ON attributions (created_at, id);
CREATE INDEX attributions_updated ON attributions (updated_at, id);

CREATE TABLE attribution_relays (
  attribution_id TEXT NOT NULL REFERENCES attributions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  relayed_id TEXT NOT NULL REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (attribution_id, relayed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribution_relays_relayed ON attribution_relays (relayed_id);

CREATE TABLE history (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'remove', 'restore')),
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  on_behalf_of TEXT,
  reason TEXT,
  request_id TEXT NOT NULL,
  doc TEXT NOT NULL,
  UNIQUE (object_id, version)
) STRICT;
CREATE INDEX history_request ON history (request_id);

-- What was recorded stays recorded: no update, no delete, and no replacing insert.
CREATE TRIGGER history_no_update BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  on_behalf_of TEXT,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE idempotency (
  actor TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
) STRICT;
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE reference_epoch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n INTEGER NOT NULL
) STRICT;
INSERT INTO reference_epoch VALUES (1, 0);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
