-- The register, as `src/db/schema/tables.ts` declares it. Written by `npm run schema` and reviewed; once a release has it,
-- a change is a migration of its own.


CREATE TABLE history (
  seq BIGINT NOT NULL PRIMARY KEY,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  operation TEXT COLLATE "C" NOT NULL,
  recorded_at TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  on_behalf_of TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  request_id TEXT COLLATE "C" NOT NULL,
  doc TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  UNIQUE (object_id, version),
  CHECK (operation IN ('create', 'update', 'remove', 'restore', 'merge'))
);
CREATE INDEX history_noun ON history (noun, seq);
CREATE INDEX history_actor ON history (actor, seq);
CREATE INDEX history_request ON history (request_id, seq);

CREATE TABLE history_subjects (
  party_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (party_id, seq)
);

CREATE TABLE reserved_keys (
  noun TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (noun, key)
);

CREATE TABLE reserved_keys_past (
  valid_to BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (noun, key, valid_from)
);

CREATE TABLE merges (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  into_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  undone_seq BIGINT,
  valid_from BIGINT NOT NULL,
  CHECK (noun IN ('party', 'source', 'claim'))
);
CREATE INDEX merges_object ON merges (object_id, id);
CREATE INDEX merges_into ON merges (into_id, id);
CREATE INDEX merges_noun ON merges (noun, id);

CREATE TABLE merges_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  into_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  undone_seq BIGINT,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX merges_past_object ON merges_past (object_id, id);
CREATE INDEX merges_past_into ON merges_past (into_id, id);
CREATE INDEX merges_past_noun ON merges_past (noun, id);

CREATE TABLE parties (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  part_of_id TEXT COLLATE "C" REFERENCES parties (id),
  independent_voice BOOLEAN NOT NULL,
  country TEXT COLLATE "C",
  unnamed BOOLEAN NOT NULL,
  count_min INTEGER,
  count_max INTEGER,
  CHECK (version >= 1)
);
CREATE INDEX parties_kind ON parties (kind, id);
CREATE INDEX parties_name ON parties (name, id);
CREATE INDEX parties_part_of ON parties (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_country ON parties (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_unnamed ON parties (unnamed, id) WHERE unnamed = true;
CREATE INDEX parties_created ON parties (created_at, id);
CREATE INDEX parties_updated ON parties (updated_at, id);
CREATE INDEX parties_entry ON parties (entry);

CREATE TABLE parties_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  part_of_id TEXT COLLATE "C",
  independent_voice BOOLEAN NOT NULL,
  country TEXT COLLATE "C",
  unnamed BOOLEAN NOT NULL,
  count_min INTEGER,
  count_max INTEGER,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX parties_past_kind ON parties_past (kind, id);
CREATE INDEX parties_past_name ON parties_past (name, id);
CREATE INDEX parties_past_part_of ON parties_past (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_past_country ON parties_past (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_past_unnamed ON parties_past (unnamed, id) WHERE unnamed = true;
CREATE INDEX parties_past_created ON parties_past (created_at, id);
CREATE INDEX parties_past_updated ON parties_past (updated_at, id);
CREATE INDEX parties_past_entry ON parties_past (entry);

CREATE TABLE party_names (
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  folded TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX party_names_party ON party_names (party_id);
CREATE INDEX party_names_folded ON party_names USING hash (folded);

CREATE TABLE party_names_past (
  valid_to BIGINT NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX party_names_past_party ON party_names_past (party_id);
CREATE INDEX party_names_past_folded ON party_names_past USING hash (folded);

CREATE TABLE party_name_keys (
  key TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (key, party_id)
);
CREATE INDEX party_name_keys_party ON party_name_keys (party_id);

CREATE TABLE party_name_keys_past (
  valid_to BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (key, party_id, valid_from)
);
CREATE INDEX party_name_keys_past_party ON party_name_keys_past (party_id);

CREATE TABLE identifiers (
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  scheme TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX identifiers_object ON identifiers (object_id);
CREATE INDEX identifiers_value ON identifiers (noun, scheme, value, object_id);

CREATE TABLE identifiers_past (
  valid_to BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  scheme TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX identifiers_past_object ON identifiers_past (object_id);
CREATE INDEX identifiers_past_value ON identifiers_past (noun, scheme, value, object_id);

CREATE TABLE sources (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  folded_title TEXT COLLATE "C" NOT NULL,
  publisher_id TEXT COLLATE "C" REFERENCES parties (id),
  part_of_id TEXT COLLATE "C" REFERENCES sources (id),
  published_from INTEGER,
  published_to INTEGER,
  reporting_from INTEGER,
  reporting_to INTEGER,
  language TEXT COLLATE "C",
  reliability TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  status_date TEXT COLLATE "C",
  status_by TEXT COLLATE "C",
  superseded_by TEXT COLLATE "C" NOT NULL,
  CHECK (version >= 1)
);
CREATE INDEX sources_type ON sources (type, id);
CREATE INDEX sources_title ON sources (left(title, 600), id);
CREATE INDEX sources_publisher ON sources (publisher_id, id) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_part_of ON sources (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_published ON sources (published_from, id);
CREATE INDEX sources_published_to ON sources (published_to, id) WHERE published_to IS NOT NULL;
CREATE INDEX sources_language ON sources (language, id) WHERE language IS NOT NULL;
CREATE INDEX sources_reliability ON sources (reliability, id) WHERE reliability IS NOT NULL;
CREATE INDEX sources_status ON sources (status, id);
CREATE INDEX sources_created ON sources (created_at, id);
CREATE INDEX sources_updated ON sources (updated_at, id);
CREATE INDEX sources_entry ON sources (entry);

CREATE TABLE sources_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  folded_title TEXT COLLATE "C" NOT NULL,
  publisher_id TEXT COLLATE "C",
  part_of_id TEXT COLLATE "C",
  published_from INTEGER,
  published_to INTEGER,
  reporting_from INTEGER,
  reporting_to INTEGER,
  language TEXT COLLATE "C",
  reliability TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  status_date TEXT COLLATE "C",
  status_by TEXT COLLATE "C",
  superseded_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX sources_past_type ON sources_past (type, id);
CREATE INDEX sources_past_title ON sources_past (left(title, 600), id);
CREATE INDEX sources_past_publisher ON sources_past (publisher_id, id) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_past_part_of ON sources_past (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_past_published ON sources_past (published_from, id);
CREATE INDEX sources_past_published_to ON sources_past (published_to, id) WHERE published_to IS NOT NULL;
CREATE INDEX sources_past_language ON sources_past (language, id) WHERE language IS NOT NULL;
CREATE INDEX sources_past_reliability ON sources_past (reliability, id) WHERE reliability IS NOT NULL;
CREATE INDEX sources_past_status ON sources_past (status, id);
CREATE INDEX sources_past_created ON sources_past (created_at, id);
CREATE INDEX sources_past_updated ON sources_past (updated_at, id);
CREATE INDEX sources_past_entry ON sources_past (entry);

CREATE TABLE source_urls (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  url TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX source_urls_source ON source_urls (source_id);
CREATE INDEX source_urls_url ON source_urls USING hash (url);

CREATE TABLE source_urls_past (
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL
);
CREATE INDEX source_urls_past_source ON source_urls_past (source_id);
CREATE INDEX source_urls_past_url ON source_urls_past USING hash (url);

CREATE TABLE source_authors (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id),
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, party_id)
);
CREATE INDEX source_authors_party ON source_authors (party_id, source_id);

CREATE TABLE source_authors_past (
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, party_id, valid_from)
);
CREATE INDEX source_authors_past_party ON source_authors_past (party_id, source_id);

CREATE TABLE source_derivations (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  derived_from_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id),
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, derived_from_id)
);
CREATE INDEX source_derivations_from ON source_derivations (derived_from_id, source_id);

CREATE TABLE source_derivations_past (
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  derived_from_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, derived_from_id, valid_from)
);
CREATE INDEX source_derivations_past_from ON source_derivations_past (derived_from_id, source_id);

CREATE TABLE source_supersessions (
  source_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  superseded_id TEXT COLLATE "C" NOT NULL REFERENCES sources (id),
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, superseded_id)
);
CREATE INDEX source_supersessions_superseded ON source_supersessions (superseded_id, source_id);

CREATE TABLE source_supersessions_past (
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  superseded_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (source_id, superseded_id, valid_from)
);
CREATE INDEX source_supersessions_past_superseded ON source_supersessions_past (superseded_id, source_id);

CREATE TABLE predicates (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  value_type TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C",
  functional BOOLEAN NOT NULL,
  measure TEXT COLLATE "C",
  CHECK (version >= 1)
);
CREATE INDEX predicates_created ON predicates (created_at, id);
CREATE INDEX predicates_updated ON predicates (updated_at, id);
CREATE INDEX predicates_entry ON predicates (entry);

CREATE TABLE predicates_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  value_type TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C",
  functional BOOLEAN NOT NULL,
  measure TEXT COLLATE "C",
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX predicates_past_created ON predicates_past (created_at, id);
CREATE INDEX predicates_past_updated ON predicates_past (updated_at, id);
CREATE INDEX predicates_past_entry ON predicates_past (entry);

CREATE TABLE claims (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
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
  activity_at TEXT COLLATE "C" NOT NULL,
  support TEXT COLLATE "C" NOT NULL,
  contested BOOLEAN NOT NULL,
  self_denied BOOLEAN NOT NULL,
  retracted BOOLEAN NOT NULL,
  min_origins INTEGER NOT NULL,
  unnamed_only BOOLEAN NOT NULL,
  unsourced BOOLEAN NOT NULL,
  standing TEXT COLLATE "C" NOT NULL,
  CHECK (version >= 1)
);
CREATE INDEX claims_subject ON claims (subject_id, predicate_id, id);
CREATE INDEX claims_predicate ON claims (predicate_id, id);
CREATE INDEX claims_value_party ON claims (value_party_id, id) WHERE value_party_id IS NOT NULL;
CREATE INDEX claims_kind ON claims (kind, id);
CREATE INDEX claims_language ON claims (language, id) WHERE language IS NOT NULL;
CREATE INDEX claims_unit ON claims (unit, id) WHERE unit IS NOT NULL;
CREATE INDEX claims_currency ON claims (currency, id) WHERE currency IS NOT NULL;
CREATE INDEX claims_value ON claims (value_key, id);
CREATE INDEX claims_occurred ON claims (occurred_from, id);
CREATE INDEX claims_occurred_to ON claims (occurred_to, id) WHERE occurred_to IS NOT NULL;
CREATE INDEX claims_said ON claims (last_said, id);
CREATE INDEX claims_activity ON claims (activity_at, id);
CREATE INDEX claims_attributions ON claims (attribution_count, id);
CREATE INDEX claims_support ON claims (support, id);
CREATE INDEX claims_contested ON claims (contested, id) WHERE contested = true;
CREATE INDEX claims_retracted ON claims (retracted, id) WHERE retracted = true;
CREATE INDEX claims_unnamed_only ON claims (unnamed_only, id) WHERE unnamed_only = true;
CREATE INDEX claims_unsourced ON claims (unsourced, id) WHERE unsourced = true;
CREATE INDEX claims_min_origins ON claims (min_origins, id);
CREATE INDEX claims_created ON claims (created_at, id);
CREATE INDEX claims_updated ON claims (updated_at, id);
CREATE INDEX claims_entry ON claims (entry);

CREATE TABLE claims_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  language TEXT COLLATE "C",
  subject_id TEXT COLLATE "C",
  predicate_id TEXT COLLATE "C",
  value_type TEXT COLLATE "C" NOT NULL,
  value_party_id TEXT COLLATE "C",
  unit TEXT COLLATE "C",
  currency TEXT COLLATE "C",
  value_key TEXT COLLATE "C",
  value_lower_key TEXT COLLATE "C",
  value_upper_key TEXT COLLATE "C",
  occurred_from INTEGER,
  occurred_to INTEGER,
  last_said INTEGER,
  attribution_count INTEGER NOT NULL,
  activity_at TEXT COLLATE "C" NOT NULL,
  support TEXT COLLATE "C" NOT NULL,
  contested BOOLEAN NOT NULL,
  self_denied BOOLEAN NOT NULL,
  retracted BOOLEAN NOT NULL,
  min_origins INTEGER NOT NULL,
  unnamed_only BOOLEAN NOT NULL,
  unsourced BOOLEAN NOT NULL,
  standing TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX claims_past_subject ON claims_past (subject_id, predicate_id, id);
CREATE INDEX claims_past_predicate ON claims_past (predicate_id, id);
CREATE INDEX claims_past_value_party ON claims_past (value_party_id, id) WHERE value_party_id IS NOT NULL;
CREATE INDEX claims_past_kind ON claims_past (kind, id);
CREATE INDEX claims_past_language ON claims_past (language, id) WHERE language IS NOT NULL;
CREATE INDEX claims_past_unit ON claims_past (unit, id) WHERE unit IS NOT NULL;
CREATE INDEX claims_past_currency ON claims_past (currency, id) WHERE currency IS NOT NULL;
CREATE INDEX claims_past_value ON claims_past (value_key, id);
CREATE INDEX claims_past_occurred ON claims_past (occurred_from, id);
CREATE INDEX claims_past_occurred_to ON claims_past (occurred_to, id) WHERE occurred_to IS NOT NULL;
CREATE INDEX claims_past_said ON claims_past (last_said, id);
CREATE INDEX claims_past_activity ON claims_past (activity_at, id);
CREATE INDEX claims_past_attributions ON claims_past (attribution_count, id);
CREATE INDEX claims_past_support ON claims_past (support, id);
CREATE INDEX claims_past_contested ON claims_past (contested, id) WHERE contested = true;
CREATE INDEX claims_past_retracted ON claims_past (retracted, id) WHERE retracted = true;
CREATE INDEX claims_past_unnamed_only ON claims_past (unnamed_only, id) WHERE unnamed_only = true;
CREATE INDEX claims_past_unsourced ON claims_past (unsourced, id) WHERE unsourced = true;
CREATE INDEX claims_past_min_origins ON claims_past (min_origins, id);
CREATE INDEX claims_past_created ON claims_past (created_at, id);
CREATE INDEX claims_past_updated ON claims_past (updated_at, id);
CREATE INDEX claims_past_entry ON claims_past (entry);

CREATE TABLE standing_queue (
  seq BIGINT NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
  kind TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  position TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  CHECK (kind IN ('party', 'source', 'all'))
);

CREATE TABLE standing_queue_past (
  valid_to BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  position TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (seq, valid_from)
);

CREATE TABLE claim_participants (
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id),
  role TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (claim_id, party_id, role)
);
CREATE INDEX claim_participants_party ON claim_participants (party_id, claim_id);

CREATE TABLE claim_participants_past (
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (claim_id, party_id, role, valid_from)
);
CREATE INDEX claim_participants_past_party ON claim_participants_past (party_id, claim_id);

CREATE TABLE claim_places (
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  iso_3166 TEXT COLLATE "C",
  folded TEXT COLLATE "C",
  valid_from BIGINT NOT NULL
);
CREATE INDEX claim_places_claim ON claim_places (claim_id);
CREATE INDEX claim_places_iso ON claim_places (iso_3166, claim_id);
CREATE INDEX claim_places_folded ON claim_places USING hash (folded);

CREATE TABLE claim_places_past (
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  iso_3166 TEXT COLLATE "C",
  folded TEXT COLLATE "C",
  valid_from BIGINT NOT NULL
);
CREATE INDEX claim_places_past_claim ON claim_places_past (claim_id);
CREATE INDEX claim_places_past_iso ON claim_places_past (iso_3166, claim_id);
CREATE INDEX claim_places_past_folded ON claim_places_past USING hash (folded);

CREATE TABLE claim_topics (
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  topic TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (claim_id, topic)
);
CREATE INDEX claim_topics_topic ON claim_topics (topic, claim_id);

CREATE TABLE claim_topics_past (
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  topic TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (claim_id, topic, valid_from)
);
CREATE INDEX claim_topics_past_topic ON claim_topics_past (topic, claim_id);

CREATE TABLE attributions (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" REFERENCES claims (id),
  about_source_id TEXT COLLATE "C" REFERENCES sources (id),
  party_id TEXT COLLATE "C" NOT NULL REFERENCES parties (id),
  speaker_id TEXT COLLATE "C" REFERENCES parties (id),
  source_id TEXT COLLATE "C" REFERENCES sources (id),
  source_access TEXT COLLATE "C",
  stance TEXT COLLATE "C" NOT NULL,
  manner TEXT COLLATE "C",
  basis TEXT COLLATE "C",
  lineage TEXT COLLATE "C" NOT NULL,
  in_reply_to_id TEXT COLLATE "C" REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  said TEXT COLLATE "C",
  said_from INTEGER,
  said_to INTEGER,
  relay_depth INTEGER NOT NULL,
  retracted_by_id TEXT COLLATE "C",
  CHECK (version >= 1),
  CHECK ((claim_id IS NULL) <> (about_source_id IS NULL))
);
CREATE INDEX attributions_claim ON attributions (claim_id, relay_depth DESC, id);
CREATE INDEX attributions_about_source ON attributions (about_source_id, id) WHERE about_source_id IS NOT NULL;
CREATE INDEX attributions_party ON attributions (party_id, stance, claim_id);
CREATE INDEX attributions_speaker ON attributions (speaker_id, stance, claim_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX attributions_source ON attributions (source_id, claim_id) WHERE source_id IS NOT NULL;
CREATE INDEX attributions_stance ON attributions (stance, claim_id);
CREATE INDEX attributions_reply ON attributions (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX attributions_retracted_by ON attributions (retracted_by_id) WHERE retracted_by_id IS NOT NULL;
CREATE INDEX attributions_said ON attributions (said_to, id);
CREATE INDEX attributions_created ON attributions (created_at, id);
CREATE INDEX attributions_updated ON attributions (updated_at, id);
CREATE INDEX attributions_entry ON attributions (entry);

CREATE TABLE attributions_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  claim_id TEXT COLLATE "C",
  about_source_id TEXT COLLATE "C",
  party_id TEXT COLLATE "C" NOT NULL,
  speaker_id TEXT COLLATE "C",
  source_id TEXT COLLATE "C",
  source_access TEXT COLLATE "C",
  stance TEXT COLLATE "C" NOT NULL,
  manner TEXT COLLATE "C",
  basis TEXT COLLATE "C",
  lineage TEXT COLLATE "C" NOT NULL,
  in_reply_to_id TEXT COLLATE "C",
  said TEXT COLLATE "C",
  said_from INTEGER,
  said_to INTEGER,
  relay_depth INTEGER NOT NULL,
  retracted_by_id TEXT COLLATE "C",
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX attributions_past_claim ON attributions_past (claim_id, relay_depth DESC, id);
CREATE INDEX attributions_past_about_source ON attributions_past (about_source_id, id) WHERE about_source_id IS NOT NULL;
CREATE INDEX attributions_past_party ON attributions_past (party_id, stance, claim_id);
CREATE INDEX attributions_past_speaker ON attributions_past (speaker_id, stance, claim_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX attributions_past_source ON attributions_past (source_id, claim_id) WHERE source_id IS NOT NULL;
CREATE INDEX attributions_past_stance ON attributions_past (stance, claim_id);
CREATE INDEX attributions_past_reply ON attributions_past (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX attributions_past_retracted_by ON attributions_past (retracted_by_id) WHERE retracted_by_id IS NOT NULL;
CREATE INDEX attributions_past_said ON attributions_past (said_to, id);
CREATE INDEX attributions_past_created ON attributions_past (created_at, id);
CREATE INDEX attributions_past_updated ON attributions_past (updated_at, id);
CREATE INDEX attributions_past_entry ON attributions_past (entry);

CREATE TABLE attribution_relays (
  attribution_id TEXT COLLATE "C" NOT NULL,
  relayed_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (attribution_id, relayed_id)
);
CREATE INDEX attribution_relays_relayed ON attribution_relays (relayed_id);

CREATE TABLE attribution_relays_past (
  valid_to BIGINT NOT NULL,
  attribution_id TEXT COLLATE "C" NOT NULL,
  relayed_id TEXT COLLATE "C" NOT NULL,
  valid_from BIGINT NOT NULL,
  PRIMARY KEY (attribution_id, relayed_id, valid_from)
);
CREATE INDEX attribution_relays_past_relayed ON attribution_relays_past (relayed_id);

CREATE TABLE relations (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  from_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
  type TEXT COLLATE "C" NOT NULL,
  to_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
  CHECK (version >= 1)
);
CREATE INDEX relations_from ON relations (from_id, id);
CREATE INDEX relations_to ON relations (to_id, id);
CREATE INDEX relations_type ON relations (type, id);
CREATE INDEX relations_created ON relations (created_at, id);
CREATE INDEX relations_updated ON relations (updated_at, id);
CREATE INDEX relations_entry ON relations (entry);

CREATE TABLE relations_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  from_id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  to_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX relations_past_from ON relations_past (from_id, id);
CREATE INDEX relations_past_to ON relations_past (to_id, id);
CREATE INDEX relations_past_type ON relations_past (type, id);
CREATE INDEX relations_past_created ON relations_past (created_at, id);
CREATE INDEX relations_past_updated ON relations_past (updated_at, id);
CREATE INDEX relations_past_entry ON relations_past (entry);

CREATE TABLE assessments (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
  credibility INTEGER,
  likelihood TEXT COLLATE "C",
  confidence TEXT COLLATE "C",
  verdict TEXT COLLATE "C",
  assessor TEXT COLLATE "C",
  assessed_at TEXT COLLATE "C",
  CHECK (version >= 1)
);
CREATE INDEX assessments_claim ON assessments (claim_id, id);
CREATE INDEX assessments_assessor ON assessments (assessor, id) WHERE assessor IS NOT NULL;
CREATE INDEX assessments_assessed ON assessments (assessed_at, id);
CREATE INDEX assessments_verdict ON assessments (verdict, claim_id) WHERE verdict IS NOT NULL;
CREATE INDEX assessments_created ON assessments (created_at, id);
CREATE INDEX assessments_updated ON assessments (updated_at, id);
CREATE INDEX assessments_entry ON assessments (entry);

CREATE TABLE assessments_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  credibility INTEGER,
  likelihood TEXT COLLATE "C",
  confidence TEXT COLLATE "C",
  verdict TEXT COLLATE "C",
  assessor TEXT COLLATE "C",
  assessed_at TEXT COLLATE "C",
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX assessments_past_claim ON assessments_past (claim_id, id);
CREATE INDEX assessments_past_assessor ON assessments_past (assessor, id) WHERE assessor IS NOT NULL;
CREATE INDEX assessments_past_assessed ON assessments_past (assessed_at, id);
CREATE INDEX assessments_past_verdict ON assessments_past (verdict, claim_id) WHERE verdict IS NOT NULL;
CREATE INDEX assessments_past_created ON assessments_past (created_at, id);
CREATE INDEX assessments_past_updated ON assessments_past (updated_at, id);
CREATE INDEX assessments_past_entry ON assessments_past (entry);

CREATE TABLE judgements (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL REFERENCES history (seq),
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  one_id TEXT COLLATE "C" NOT NULL,
  other_id TEXT COLLATE "C" NOT NULL,
  judgement TEXT COLLATE "C" NOT NULL,
  CHECK (version >= 1)
);
CREATE INDEX judgements_one ON judgements (one_id, id);
CREATE INDEX judgements_other ON judgements (other_id, id);
CREATE INDEX judgements_noun ON judgements (noun, id);
CREATE INDEX judgements_judgement ON judgements (judgement, id);
CREATE INDEX judgements_created ON judgements (created_at, id);
CREATE INDEX judgements_updated ON judgements (updated_at, id);
CREATE INDEX judgements_entry ON judgements (entry);

CREATE TABLE judgements_past (
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  one_id TEXT COLLATE "C" NOT NULL,
  other_id TEXT COLLATE "C" NOT NULL,
  judgement TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX judgements_past_one ON judgements_past (one_id, id);
CREATE INDEX judgements_past_other ON judgements_past (other_id, id);
CREATE INDEX judgements_past_noun ON judgements_past (noun, id);
CREATE INDEX judgements_past_judgement ON judgements_past (judgement, id);
CREATE INDEX judgements_past_created ON judgements_past (created_at, id);
CREATE INDEX judgements_past_updated ON judgements_past (updated_at, id);
CREATE INDEX judgements_past_entry ON judgements_past (entry);

CREATE TABLE search (
  rowid BIGINT NOT NULL PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX search_gin ON search USING gin ((words || array_to_tsvector(ARRAY['#' || (rowid >> 10)::text, '##' || (rowid >> 15)::text, '###' || (rowid >> 19)::text]))) WITH (fastupdate = off);

CREATE TABLE search_words (
  word TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (word)
);

CREATE TABLE commit_clock (
  id INTEGER NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  CHECK (id = 1)
);
INSERT INTO commit_clock VALUES (1, 0, 0);

CREATE TABLE api_keys (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
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
  headers TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE reference_epoch (
  id INTEGER NOT NULL PRIMARY KEY,
  n BIGINT NOT NULL,
  CHECK (id = 1)
);
INSERT INTO reference_epoch VALUES (1, 0);

CREATE TABLE settings (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

-- Reads of the past set the instant, in milliseconds since 1970 and as text.
CREATE VIEW reserved_keys_as_of AS SELECT "noun", "key", "id", "valid_from" FROM (
    SELECT "noun", "key", "id", "valid_from", NULL::bigint AS valid_to FROM reserved_keys
    UNION ALL SELECT "noun", "key", "id", "valid_from", valid_to FROM reserved_keys_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW merges_as_of AS SELECT "id", "noun", "object_id", "into_id", "seq", "undone_seq", "valid_from" FROM (
    SELECT "id", "noun", "object_id", "into_id", "seq", "undone_seq", "valid_from", NULL::bigint AS valid_to FROM merges
    UNION ALL SELECT "id", "noun", "object_id", "into_id", "seq", "undone_seq", "valid_from", valid_to FROM merges_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW parties_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "name", "part_of_id", "independent_voice", "country", "unnamed", "count_min", "count_max" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "name", "part_of_id", "independent_voice", "country", "unnamed", "count_min", "count_max", NULL::bigint AS valid_to FROM parties
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "name", "part_of_id", "independent_voice", "country", "unnamed", "count_min", "count_max", valid_to FROM parties_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW party_names_as_of AS SELECT "party_id", "folded", "valid_from" FROM (
    SELECT "party_id", "folded", "valid_from", NULL::bigint AS valid_to FROM party_names
    UNION ALL SELECT "party_id", "folded", "valid_from", valid_to FROM party_names_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW party_name_keys_as_of AS SELECT "key", "party_id", "valid_from" FROM (
    SELECT "key", "party_id", "valid_from", NULL::bigint AS valid_to FROM party_name_keys
    UNION ALL SELECT "key", "party_id", "valid_from", valid_to FROM party_name_keys_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW identifiers_as_of AS SELECT "noun", "object_id", "scheme", "value", "valid_from" FROM (
    SELECT "noun", "object_id", "scheme", "value", "valid_from", NULL::bigint AS valid_to FROM identifiers
    UNION ALL SELECT "noun", "object_id", "scheme", "value", "valid_from", valid_to FROM identifiers_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW sources_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "type", "title", "folded_title", "publisher_id", "part_of_id", "published_from", "published_to", "reporting_from", "reporting_to", "language", "reliability", "status", "status_date", "status_by", "superseded_by" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "type", "title", "folded_title", "publisher_id", "part_of_id", "published_from", "published_to", "reporting_from", "reporting_to", "language", "reliability", "status", "status_date", "status_by", "superseded_by", NULL::bigint AS valid_to FROM sources
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "type", "title", "folded_title", "publisher_id", "part_of_id", "published_from", "published_to", "reporting_from", "reporting_to", "language", "reliability", "status", "status_date", "status_by", "superseded_by", valid_to FROM sources_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW source_urls_as_of AS SELECT "source_id", "url", "valid_from" FROM (
    SELECT "source_id", "url", "valid_from", NULL::bigint AS valid_to FROM source_urls
    UNION ALL SELECT "source_id", "url", "valid_from", valid_to FROM source_urls_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW source_authors_as_of AS SELECT "source_id", "party_id", "valid_from" FROM (
    SELECT "source_id", "party_id", "valid_from", NULL::bigint AS valid_to FROM source_authors
    UNION ALL SELECT "source_id", "party_id", "valid_from", valid_to FROM source_authors_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW source_derivations_as_of AS SELECT "source_id", "derived_from_id", "valid_from" FROM (
    SELECT "source_id", "derived_from_id", "valid_from", NULL::bigint AS valid_to FROM source_derivations
    UNION ALL SELECT "source_id", "derived_from_id", "valid_from", valid_to FROM source_derivations_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW source_supersessions_as_of AS SELECT "source_id", "superseded_id", "valid_from" FROM (
    SELECT "source_id", "superseded_id", "valid_from", NULL::bigint AS valid_to FROM source_supersessions
    UNION ALL SELECT "source_id", "superseded_id", "valid_from", valid_to FROM source_supersessions_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW predicates_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "label", "value_type", "unit", "functional", "measure" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "label", "value_type", "unit", "functional", "measure", NULL::bigint AS valid_to FROM predicates
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "label", "value_type", "unit", "functional", "measure", valid_to FROM predicates_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW claims_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "text", "language", "subject_id", "predicate_id", "value_type", "value_party_id", "unit", "currency", "value_key", "value_lower_key", "value_upper_key", "occurred_from", "occurred_to", "last_said", "attribution_count", "activity_at", "support", "contested", "self_denied", "retracted", "min_origins", "unnamed_only", "unsourced", "standing" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "text", "language", "subject_id", "predicate_id", "value_type", "value_party_id", "unit", "currency", "value_key", "value_lower_key", "value_upper_key", "occurred_from", "occurred_to", "last_said", "attribution_count", "activity_at", "support", "contested", "self_denied", "retracted", "min_origins", "unnamed_only", "unsourced", "standing", NULL::bigint AS valid_to FROM claims
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "kind", "text", "language", "subject_id", "predicate_id", "value_type", "value_party_id", "unit", "currency", "value_key", "value_lower_key", "value_upper_key", "occurred_from", "occurred_to", "last_said", "attribution_count", "activity_at", "support", "contested", "self_denied", "retracted", "min_origins", "unnamed_only", "unsourced", "standing", valid_to FROM claims_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW standing_queue_as_of AS SELECT "seq", "kind", "object_id", "position", "valid_from" FROM (
    SELECT "seq", "kind", "object_id", "position", "valid_from", NULL::bigint AS valid_to FROM standing_queue
    UNION ALL SELECT "seq", "kind", "object_id", "position", "valid_from", valid_to FROM standing_queue_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW claim_participants_as_of AS SELECT "claim_id", "party_id", "role", "valid_from" FROM (
    SELECT "claim_id", "party_id", "role", "valid_from", NULL::bigint AS valid_to FROM claim_participants
    UNION ALL SELECT "claim_id", "party_id", "role", "valid_from", valid_to FROM claim_participants_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW claim_places_as_of AS SELECT "claim_id", "iso_3166", "folded", "valid_from" FROM (
    SELECT "claim_id", "iso_3166", "folded", "valid_from", NULL::bigint AS valid_to FROM claim_places
    UNION ALL SELECT "claim_id", "iso_3166", "folded", "valid_from", valid_to FROM claim_places_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW claim_topics_as_of AS SELECT "claim_id", "topic", "valid_from" FROM (
    SELECT "claim_id", "topic", "valid_from", NULL::bigint AS valid_to FROM claim_topics
    UNION ALL SELECT "claim_id", "topic", "valid_from", valid_to FROM claim_topics_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW attributions_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "about_source_id", "party_id", "speaker_id", "source_id", "source_access", "stance", "manner", "basis", "lineage", "in_reply_to_id", "said", "said_from", "said_to", "relay_depth", "retracted_by_id" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "about_source_id", "party_id", "speaker_id", "source_id", "source_access", "stance", "manner", "basis", "lineage", "in_reply_to_id", "said", "said_from", "said_to", "relay_depth", "retracted_by_id", NULL::bigint AS valid_to FROM attributions
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "about_source_id", "party_id", "speaker_id", "source_id", "source_access", "stance", "manner", "basis", "lineage", "in_reply_to_id", "said", "said_from", "said_to", "relay_depth", "retracted_by_id", valid_to FROM attributions_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW attribution_relays_as_of AS SELECT "attribution_id", "relayed_id", "valid_from" FROM (
    SELECT "attribution_id", "relayed_id", "valid_from", NULL::bigint AS valid_to FROM attribution_relays
    UNION ALL SELECT "attribution_id", "relayed_id", "valid_from", valid_to FROM attribution_relays_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW relations_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "from_id", "type", "to_id" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "from_id", "type", "to_id", NULL::bigint AS valid_to FROM relations
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "from_id", "type", "to_id", valid_to FROM relations_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW assessments_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "credibility", "likelihood", "confidence", "verdict", "assessor", "assessed_at" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "credibility", "likelihood", "confidence", "verdict", "assessor", "assessed_at", NULL::bigint AS valid_to FROM assessments
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "claim_id", "credibility", "likelihood", "confidence", "verdict", "assessor", "assessed_at", valid_to FROM assessments_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW judgements_as_of AS SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "noun", "one_id", "other_id", "judgement" FROM (
    SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "noun", "one_id", "other_id", "judgement", NULL::bigint AS valid_to FROM judgements
    UNION ALL SELECT "id", "key", "version", "created_at", "updated_at", "seq", "entry", "valid_from", "noun", "one_id", "other_id", "judgement", valid_to FROM judgements_past
  ) versions WHERE valid_from <= current_setting('attested.as_of')::bigint AND (valid_to IS NULL OR valid_to > current_setting('attested.as_of')::bigint);
CREATE VIEW history_as_of AS SELECT "seq", "noun", "object_id", "version", "operation", "recorded_at", "actor", "on_behalf_of", "reason", "request_id", "doc", "digest" FROM history WHERE recorded_at <= current_setting('attested.as_of_text');

-- What was changed twice, or made and removed, at one instant leaves nothing behind. One call keeps all rows of a statement.
CREATE FUNCTION keep_past() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM commit_clock);
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM new_rows WHERE valid_from <> now_at) THEN
      RAISE EXCEPTION 'valid_from must be the instant of the write';
    END IF;
  END IF;
  IF EXISTS (SELECT FROM old_rows WHERE valid_from < now_at) THEN
    EXECUTE format('INSERT INTO %I SELECT $1, * FROM old_rows WHERE valid_from < $1', TG_TABLE_NAME || '_past')
      USING now_at;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER reserved_keys_changed AFTER UPDATE ON reserved_keys REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER reserved_keys_removed AFTER DELETE ON reserved_keys REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER merges_changed AFTER UPDATE ON merges REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER merges_removed AFTER DELETE ON merges REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER parties_changed AFTER UPDATE ON parties REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER parties_removed AFTER DELETE ON parties REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER party_names_changed AFTER UPDATE ON party_names REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER party_names_removed AFTER DELETE ON party_names REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER party_name_keys_changed AFTER UPDATE ON party_name_keys REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER party_name_keys_removed AFTER DELETE ON party_name_keys REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER identifiers_changed AFTER UPDATE ON identifiers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER identifiers_removed AFTER DELETE ON identifiers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER sources_changed AFTER UPDATE ON sources REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER sources_removed AFTER DELETE ON sources REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_urls_changed AFTER UPDATE ON source_urls REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_urls_removed AFTER DELETE ON source_urls REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_authors_changed AFTER UPDATE ON source_authors REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_authors_removed AFTER DELETE ON source_authors REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_derivations_changed AFTER UPDATE ON source_derivations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_derivations_removed AFTER DELETE ON source_derivations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_supersessions_changed AFTER UPDATE ON source_supersessions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER source_supersessions_removed AFTER DELETE ON source_supersessions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER predicates_changed AFTER UPDATE ON predicates REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER predicates_removed AFTER DELETE ON predicates REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claims_changed AFTER UPDATE ON claims REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claims_removed AFTER DELETE ON claims REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER standing_queue_changed AFTER UPDATE ON standing_queue REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER standing_queue_removed AFTER DELETE ON standing_queue REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_participants_changed AFTER UPDATE ON claim_participants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_participants_removed AFTER DELETE ON claim_participants REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_places_changed AFTER UPDATE ON claim_places REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_places_removed AFTER DELETE ON claim_places REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_topics_changed AFTER UPDATE ON claim_topics REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER claim_topics_removed AFTER DELETE ON claim_topics REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER attributions_changed AFTER UPDATE ON attributions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER attributions_removed AFTER DELETE ON attributions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER attribution_relays_changed AFTER UPDATE ON attribution_relays REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER attribution_relays_removed AFTER DELETE ON attribution_relays REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER relations_changed AFTER UPDATE ON relations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER relations_removed AFTER DELETE ON relations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER assessments_changed AFTER UPDATE ON assessments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER assessments_removed AFTER DELETE ON assessments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER judgements_changed AFTER UPDATE ON judgements REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();
CREATE TRIGGER judgements_removed AFTER DELETE ON judgements REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_past();

CREATE FUNCTION attribution_relays_owned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT attribution_id, valid_from FROM new_rows) link
    WHERE (SELECT true FROM attributions o WHERE o.id = link.attribution_id AND o.valid_from = link.valid_from) IS NULL
  ) THEN
    RAISE EXCEPTION 'rows of attribution_relays are written with the row of attributions that they belong to' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER attribution_relays_owned_at_insert AFTER INSERT ON attribution_relays REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION attribution_relays_owned();
CREATE TRIGGER attribution_relays_owned_at_update AFTER UPDATE ON attribution_relays REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION attribution_relays_owned();
CREATE FUNCTION attribution_relays_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM attribution_relays WHERE attribution_id = ANY (ARRAY(SELECT id FROM old_rows));
  RETURN NULL;
END;
$$;
CREATE TRIGGER attribution_relays_follow AFTER DELETE ON attributions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION attribution_relays_follow();
CREATE FUNCTION attribution_relays_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    IF EXISTS (SELECT FROM attribution_relays link WHERE link.attribution_id = NEW.id AND ((SELECT true FROM attributions o WHERE o.id = link.relayed_id) IS NULL)) THEN
      RAISE EXCEPTION 'a row of attribution_relays leads to no row of attributions' USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    IF (SELECT true FROM attributions o WHERE o.id = OLD.id) IS NULL AND (EXISTS (SELECT FROM attribution_relays WHERE attribution_id = OLD.id) OR EXISTS (SELECT FROM attribution_relays WHERE relayed_id = OLD.id)) THEN
      RAISE EXCEPTION 'a row of attribution_relays leads to a row of attributions that is gone' USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER attribution_relays_lead AFTER INSERT OR UPDATE OR DELETE ON attributions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attribution_relays_lead();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
