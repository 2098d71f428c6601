-- The register: nouns, history, keys, idempotency. Twin of `migrations/sqlite/0001_register.sql`.
-- Reviewed by hand; never edit once it has run anywhere.
-- Text that is compared or sorted is collated "C", bytewise as in SQLite.
-- A B-tree row holds 2,704 bytes at most. Longer texts that are only compared for equality have hash
-- indexes; titles, which can be 8,000 bytes long, have none: a list sorted by title is sorted when read.

CREATE TABLE slugs (
  noun TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (noun, key)
);

CREATE TABLE parties (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  part_of_id TEXT COLLATE "C" REFERENCES parties (id),
  independent_voice BOOLEAN NOT NULL,
  country TEXT COLLATE "C",
  unnamed BOOLEAN NOT NULL
);
CREATE INDEX parties_kind ON parties (kind, id);
CREATE INDEX parties_name ON parties (name, id);
CREATE INDEX parties_part_of ON parties (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_country ON parties (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_created ON parties (created_at, id);
CREATE INDEX parties_updated ON parties (updated_at, id);

CREATE TABLE party_names (
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  folded TEXT COLLATE "C" NOT NULL
);
CREATE INDEX party_names_party ON party_names (party_id);
CREATE INDEX party_names_folded ON party_names USING hash (folded);

CREATE TABLE identifiers (
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  scheme TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL
);
CREATE INDEX identifiers_object ON identifiers (object_id);
CREATE INDEX identifiers_value ON identifiers (noun, scheme, value, object_id);

CREATE TABLE sources (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  folded_title TEXT COLLATE "C" NOT NULL,
  publisher_id TEXT COLLATE "C" REFERENCES parties (id),
  part_of_id TEXT COLLATE "C" REFERENCES sources (id),
  published_from INTEGER,
  published_to INTEGER,
  language TEXT COLLATE "C",
  reliability TEXT COLLATE "C"
);
CREATE INDEX sources_type ON sources (type, id);
CREATE INDEX sources_publisher ON sources (publisher_id, id) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_part_of ON sources (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_published ON sources (published_from, id);
CREATE INDEX sources_created ON sources (created_at, id);
CREATE INDEX sources_updated ON sources (updated_at, id);

CREATE TABLE source_urls (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  url TEXT COLLATE "C" NOT NULL
);
CREATE INDEX source_urls_source ON source_urls (source_id);
CREATE INDEX source_urls_url ON source_urls USING hash (url);

CREATE TABLE source_authors (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id)
);
CREATE INDEX source_authors_source ON source_authors (source_id);
CREATE INDEX source_authors_party ON source_authors (party_id, source_id);

CREATE TABLE source_derivations (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  derived_from_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id)
);
CREATE INDEX source_derivations_source ON source_derivations (source_id);
CREATE INDEX source_derivations_from ON source_derivations (derived_from_id, source_id);

CREATE TABLE predicates (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  value_type TEXT COLLATE "C" NOT NULL,
  functional BOOLEAN NOT NULL,
  measure TEXT COLLATE "C"
);
CREATE INDEX predicates_created ON predicates (created_at, id);
CREATE INDEX predicates_updated ON predicates (updated_at, id);

CREATE TABLE claims (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  language TEXT COLLATE "C",
  subject_id TEXT COLLATE "C" REFERENCES parties (id),
  predicate_id TEXT COLLATE "C" REFERENCES predicates (id),
  value_type TEXT COLLATE "C" NOT NULL,
  value_party_id TEXT COLLATE "C" REFERENCES parties (id),
  unit TEXT COLLATE "C",
  currency TEXT COLLATE "C",
  value_key TEXT COLLATE "C",
  value_lower_key TEXT COLLATE "C",
  value_upper_key TEXT COLLATE "C",
  occurred_from INTEGER,
  occurred_to INTEGER,
  last_said INTEGER,
  attribution_count INTEGER NOT NULL,
  attributions_head TEXT NOT NULL,
  attributions_rest TEXT
);
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
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id),
  role TEXT COLLATE "C" NOT NULL
);
CREATE INDEX claim_participants_claim ON claim_participants (claim_id);
CREATE INDEX claim_participants_party ON claim_participants (party_id, claim_id);

CREATE TABLE claim_places (
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  iso_3166 TEXT COLLATE "C",
  folded TEXT COLLATE "C"
);
CREATE INDEX claim_places_claim ON claim_places (claim_id);
CREATE INDEX claim_places_iso ON claim_places (iso_3166, claim_id);
CREATE INDEX claim_places_folded ON claim_places USING hash (folded);

CREATE TABLE claim_topics (
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  topic TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (claim_id, topic)
);
CREATE INDEX claim_topics_topic ON claim_topics (topic, claim_id);

CREATE TABLE attributions (
  id TEXT COLLATE "C" PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  claim_id TEXT COLLATE "C" REFERENCES claims (id),
  about_source_id TEXT COLLATE "C" REFERENCES sources (id),
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id),
  speaker_id TEXT COLLATE "C" REFERENCES parties (id),
  source_id TEXT COLLATE "C" REFERENCES sources (id),
  stance TEXT COLLATE "C" NOT NULL,
  manner TEXT COLLATE "C",
  basis TEXT COLLATE "C",
  lineage TEXT COLLATE "C" NOT NULL,
  in_reply_to_id TEXT COLLATE "C" REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  said_from INTEGER,
  said_to INTEGER,
  height INTEGER NOT NULL,
  CHECK ((claim_id IS NULL) <> (about_source_id IS NULL))
);
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
  attribution_id TEXT COLLATE "C" NOT NULL REFERENCES attributions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  relayed_id TEXT COLLATE "C" NOT NULL REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (attribution_id, relayed_id)
);
CREATE INDEX attribution_relays_relayed ON attribution_relays (relayed_id);

CREATE TABLE history (
  seq BIGINT PRIMARY KEY,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  operation TEXT COLLATE "C" NOT NULL CHECK (operation IN ('create', 'update', 'remove', 'restore')),
  recorded_at TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  on_behalf_of TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  request_id TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  UNIQUE (object_id, version)
);
CREATE INDEX history_request ON history (request_id);

-- Writes follow one another, so the next number is free. A sequence would leave a gap after each rollback.
CREATE FUNCTION number_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.seq := coalesce(NEW.seq, (SELECT max(seq) FROM history) + 1, 1);
  RETURN NEW;
END;
$$;
CREATE TRIGGER history_number BEFORE INSERT ON history
  FOR EACH ROW EXECUTE FUNCTION number_history();

-- What was recorded stays recorded: no update, no delete, no emptying of the table.
CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history
  FOR EACH ROW EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();

CREATE TABLE api_keys (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  secret_hash TEXT COLLATE "C" NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  on_behalf_of TEXT COLLATE "C",
  created_at TEXT COLLATE "C" NOT NULL,
  expires_at TEXT COLLATE "C",
  revoked_at TEXT COLLATE "C"
);

CREATE TABLE idempotency (
  actor TEXT COLLATE "C" NOT NULL,
  idempotency_key TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE reference_epoch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n BIGINT NOT NULL
);
INSERT INTO reference_epoch VALUES (1, 0);

CREATE TABLE settings (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);
