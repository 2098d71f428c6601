-- The register, as `src/db/schema/tables.ts` declares it. Written by `npm run schema` and reviewed; once a release has it,
-- a change is a migration of its own.


CREATE TABLE history (
  seq INTEGER NOT NULL PRIMARY KEY,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  operation TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  on_behalf_of TEXT,
  reason TEXT,
  request_id TEXT NOT NULL,
  doc TEXT NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (object_id, version),
  CHECK (operation IN ('create', 'update', 'remove', 'restore', 'merge'))
) STRICT;
CREATE INDEX history_noun ON history (noun, seq);
CREATE INDEX history_actor ON history (actor, seq);
CREATE INDEX history_request ON history (request_id, seq);

CREATE TABLE history_subjects (
  party_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (party_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE reserved_keys (
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (noun, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reserved_keys_past (
  valid_to INTEGER NOT NULL,
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (noun, key, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE merges (
  id TEXT NOT NULL PRIMARY KEY,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  into_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  undone_seq INTEGER,
  valid_from INTEGER NOT NULL,
  CHECK (noun IN ('party', 'source', 'claim'))
) STRICT;
CREATE INDEX merges_object ON merges (object_id, id);
CREATE INDEX merges_into ON merges (into_id, id);
CREATE INDEX merges_noun ON merges (noun, id);

CREATE TABLE merges_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  into_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  undone_seq INTEGER,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX merges_past_object ON merges_past (object_id, id);
CREATE INDEX merges_past_into ON merges_past (into_id, id);
CREATE INDEX merges_past_noun ON merges_past (noun, id);

CREATE TABLE parties (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  part_of_id TEXT REFERENCES parties (id),
  independent_voice INTEGER NOT NULL CHECK (independent_voice IN (0, 1)),
  country TEXT,
  unnamed INTEGER NOT NULL CHECK (unnamed IN (0, 1)),
  count_min INTEGER,
  count_max INTEGER,
  CHECK (version >= 1)
) STRICT;
CREATE INDEX parties_kind ON parties (kind, id);
CREATE INDEX parties_name ON parties (name, id);
CREATE INDEX parties_part_of ON parties (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_country ON parties (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_unnamed ON parties (unnamed, id) WHERE unnamed = true;
CREATE INDEX parties_created ON parties (created_at, id);
CREATE INDEX parties_updated ON parties (updated_at, id);
CREATE INDEX parties_entry ON parties (entry);

CREATE TABLE parties_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  part_of_id TEXT,
  independent_voice INTEGER NOT NULL,
  country TEXT,
  unnamed INTEGER NOT NULL,
  count_min INTEGER,
  count_max INTEGER,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX parties_past_kind ON parties_past (kind, id);
CREATE INDEX parties_past_name ON parties_past (name, id);
CREATE INDEX parties_past_part_of ON parties_past (part_of_id, id) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_past_country ON parties_past (country, id) WHERE country IS NOT NULL;
CREATE INDEX parties_past_unnamed ON parties_past (unnamed, id) WHERE unnamed = true;
CREATE INDEX parties_past_created ON parties_past (created_at, id);
CREATE INDEX parties_past_updated ON parties_past (updated_at, id);
CREATE INDEX parties_past_entry ON parties_past (entry);

CREATE TABLE party_names (
  party_id TEXT NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  folded TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX party_names_party ON party_names (party_id);
CREATE INDEX party_names_folded ON party_names (folded, party_id);

CREATE TABLE party_names_past (
  valid_to INTEGER NOT NULL,
  party_id TEXT NOT NULL,
  folded TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX party_names_past_party ON party_names_past (party_id);
CREATE INDEX party_names_past_folded ON party_names_past (folded, party_id);

CREATE TABLE party_name_keys (
  key TEXT NOT NULL,
  party_id TEXT NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (key, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_name_keys_party ON party_name_keys (party_id);

CREATE TABLE party_name_keys_past (
  valid_to INTEGER NOT NULL,
  key TEXT NOT NULL,
  party_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (key, party_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_name_keys_past_party ON party_name_keys_past (party_id);

CREATE TABLE identifiers (
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX identifiers_object ON identifiers (object_id);
CREATE INDEX identifiers_value ON identifiers (noun, scheme, value, object_id);

CREATE TABLE identifiers_past (
  valid_to INTEGER NOT NULL,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX identifiers_past_object ON identifiers_past (object_id);
CREATE INDEX identifiers_past_value ON identifiers_past (noun, scheme, value, object_id);

CREATE TABLE sources (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_title TEXT NOT NULL,
  publisher_id TEXT REFERENCES parties (id),
  part_of_id TEXT REFERENCES sources (id),
  published_from INTEGER,
  published_to INTEGER,
  reporting_from INTEGER,
  reporting_to INTEGER,
  language TEXT,
  reliability TEXT,
  status TEXT NOT NULL,
  status_date TEXT,
  status_by TEXT,
  superseded_by TEXT NOT NULL,
  CHECK (version >= 1)
) STRICT;
CREATE INDEX sources_type ON sources (type, id);
CREATE INDEX sources_title ON sources (title, id);
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
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_title TEXT NOT NULL,
  publisher_id TEXT,
  part_of_id TEXT,
  published_from INTEGER,
  published_to INTEGER,
  reporting_from INTEGER,
  reporting_to INTEGER,
  language TEXT,
  reliability TEXT,
  status TEXT NOT NULL,
  status_date TEXT,
  status_by TEXT,
  superseded_by TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX sources_past_type ON sources_past (type, id);
CREATE INDEX sources_past_title ON sources_past (title, id);
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
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX source_urls_source ON source_urls (source_id);
CREATE INDEX source_urls_url ON source_urls (url, source_id);

CREATE TABLE source_urls_past (
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  url TEXT NOT NULL,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX source_urls_past_source ON source_urls_past (source_id);
CREATE INDEX source_urls_past_url ON source_urls_past (url, source_id);

CREATE TABLE source_authors (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  party_id TEXT NOT NULL REFERENCES parties (id),
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_authors_party ON source_authors (party_id, source_id);

CREATE TABLE source_authors_past (
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, party_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_authors_past_party ON source_authors_past (party_id, source_id);

CREATE TABLE source_derivations (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  derived_from_id TEXT NOT NULL REFERENCES sources (id),
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, derived_from_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_derivations_from ON source_derivations (derived_from_id, source_id);

CREATE TABLE source_derivations_past (
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  derived_from_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, derived_from_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_derivations_past_from ON source_derivations_past (derived_from_id, source_id);

CREATE TABLE source_supersessions (
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  superseded_id TEXT NOT NULL REFERENCES sources (id),
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, superseded_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_supersessions_superseded ON source_supersessions (superseded_id, source_id);

CREATE TABLE source_supersessions_past (
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  superseded_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (source_id, superseded_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_supersessions_past_superseded ON source_supersessions_past (superseded_id, source_id);

CREATE TABLE predicates (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  label TEXT NOT NULL,
  value_type TEXT NOT NULL,
  unit TEXT,
  functional INTEGER NOT NULL CHECK (functional IN (0, 1)),
  measure TEXT,
  CHECK (version >= 1)
) STRICT;
CREATE INDEX predicates_created ON predicates (created_at, id);
CREATE INDEX predicates_updated ON predicates (updated_at, id);
CREATE INDEX predicates_entry ON predicates (entry);

CREATE TABLE predicates_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  label TEXT NOT NULL,
  value_type TEXT NOT NULL,
  unit TEXT,
  functional INTEGER NOT NULL,
  measure TEXT,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX predicates_past_created ON predicates_past (created_at, id);
CREATE INDEX predicates_past_updated ON predicates_past (updated_at, id);
CREATE INDEX predicates_past_entry ON predicates_past (entry);

CREATE TABLE claims (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
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
  activity_at TEXT NOT NULL,
  support TEXT NOT NULL,
  contested INTEGER NOT NULL CHECK (contested IN (0, 1)),
  self_denied INTEGER NOT NULL CHECK (self_denied IN (0, 1)),
  retracted INTEGER NOT NULL CHECK (retracted IN (0, 1)),
  min_origins INTEGER NOT NULL,
  unnamed_only INTEGER NOT NULL CHECK (unnamed_only IN (0, 1)),
  unsourced INTEGER NOT NULL CHECK (unsourced IN (0, 1)),
  standing TEXT NOT NULL,
  CHECK (version >= 1)
) STRICT;
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
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT,
  subject_id TEXT,
  predicate_id TEXT,
  value_type TEXT NOT NULL,
  value_party_id TEXT,
  unit TEXT,
  currency TEXT,
  value_key TEXT,
  value_lower_key TEXT,
  value_upper_key TEXT,
  occurred_from INTEGER,
  occurred_to INTEGER,
  last_said INTEGER,
  attribution_count INTEGER NOT NULL,
  activity_at TEXT NOT NULL,
  support TEXT NOT NULL,
  contested INTEGER NOT NULL,
  self_denied INTEGER NOT NULL,
  retracted INTEGER NOT NULL,
  min_origins INTEGER NOT NULL,
  unnamed_only INTEGER NOT NULL,
  unsourced INTEGER NOT NULL,
  standing TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
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
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  position TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  CHECK (kind IN ('party', 'source', 'all'))
) STRICT;

CREATE TABLE standing_queue_past (
  valid_to INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  position TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (seq, valid_from)
) STRICT;

CREATE TABLE claim_participants (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  party_id TEXT NOT NULL REFERENCES parties (id),
  role TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (claim_id, party_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_participants_party ON claim_participants (party_id, claim_id);

CREATE TABLE claim_participants_past (
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  role TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (claim_id, party_id, role, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_participants_past_party ON claim_participants_past (party_id, claim_id);

CREATE TABLE claim_places (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  iso_3166 TEXT,
  folded TEXT,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_places_claim ON claim_places (claim_id);
CREATE INDEX claim_places_iso ON claim_places (iso_3166, claim_id);
CREATE INDEX claim_places_folded ON claim_places (folded, claim_id);

CREATE TABLE claim_places_past (
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  iso_3166 TEXT,
  folded TEXT,
  valid_from INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_places_past_claim ON claim_places_past (claim_id);
CREATE INDEX claim_places_past_iso ON claim_places_past (iso_3166, claim_id);
CREATE INDEX claim_places_past_folded ON claim_places_past (folded, claim_id);

CREATE TABLE claim_topics (
  claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  topic TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (claim_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_topics_topic ON claim_topics (topic, claim_id);

CREATE TABLE claim_topics_past (
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (claim_id, topic, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_topics_past_topic ON claim_topics_past (topic, claim_id);

CREATE TABLE attributions (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  claim_id TEXT REFERENCES claims (id),
  about_source_id TEXT REFERENCES sources (id),
  party_id TEXT NOT NULL REFERENCES parties (id),
  speaker_id TEXT REFERENCES parties (id),
  source_id TEXT REFERENCES sources (id),
  source_access TEXT,
  stance TEXT NOT NULL,
  manner TEXT,
  basis TEXT,
  lineage TEXT NOT NULL,
  in_reply_to_id TEXT REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  said TEXT,
  said_from INTEGER,
  said_to INTEGER,
  relay_depth INTEGER NOT NULL,
  retracted_by_id TEXT,
  CHECK (version >= 1),
  CHECK ((claim_id IS NULL) <> (about_source_id IS NULL))
) STRICT;
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
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  claim_id TEXT,
  about_source_id TEXT,
  party_id TEXT NOT NULL,
  speaker_id TEXT,
  source_id TEXT,
  source_access TEXT,
  stance TEXT NOT NULL,
  manner TEXT,
  basis TEXT,
  lineage TEXT NOT NULL,
  in_reply_to_id TEXT,
  said TEXT,
  said_from INTEGER,
  said_to INTEGER,
  relay_depth INTEGER NOT NULL,
  retracted_by_id TEXT,
  PRIMARY KEY (id, valid_from)
) STRICT;
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
  attribution_id TEXT NOT NULL REFERENCES attributions (id) ON DELETE CASCADE,
  relayed_id TEXT NOT NULL REFERENCES attributions (id) DEFERRABLE INITIALLY DEFERRED,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (attribution_id, relayed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribution_relays_relayed ON attribution_relays (relayed_id);

CREATE TABLE attribution_relays_past (
  valid_to INTEGER NOT NULL,
  attribution_id TEXT NOT NULL,
  relayed_id TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  PRIMARY KEY (attribution_id, relayed_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribution_relays_past_relayed ON attribution_relays_past (relayed_id);

CREATE TABLE relations (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  from_id TEXT NOT NULL REFERENCES claims (id),
  type TEXT NOT NULL,
  to_id TEXT NOT NULL REFERENCES claims (id),
  CHECK (version >= 1)
) STRICT;
CREATE INDEX relations_from ON relations (from_id, id);
CREATE INDEX relations_to ON relations (to_id, id);
CREATE INDEX relations_type ON relations (type, id);
CREATE INDEX relations_created ON relations (created_at, id);
CREATE INDEX relations_updated ON relations (updated_at, id);
CREATE INDEX relations_entry ON relations (entry);

CREATE TABLE relations_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  from_id TEXT NOT NULL,
  type TEXT NOT NULL,
  to_id TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX relations_past_from ON relations_past (from_id, id);
CREATE INDEX relations_past_to ON relations_past (to_id, id);
CREATE INDEX relations_past_type ON relations_past (type, id);
CREATE INDEX relations_past_created ON relations_past (created_at, id);
CREATE INDEX relations_past_updated ON relations_past (updated_at, id);
CREATE INDEX relations_past_entry ON relations_past (entry);

CREATE TABLE assessments (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  credibility INTEGER,
  likelihood TEXT,
  confidence TEXT,
  verdict TEXT,
  assessor TEXT,
  assessed_at TEXT,
  CHECK (version >= 1)
) STRICT;
CREATE INDEX assessments_claim ON assessments (claim_id, id);
CREATE INDEX assessments_assessor ON assessments (assessor, id) WHERE assessor IS NOT NULL;
CREATE INDEX assessments_assessed ON assessments (assessed_at, id);
CREATE INDEX assessments_verdict ON assessments (verdict, claim_id) WHERE verdict IS NOT NULL;
CREATE INDEX assessments_created ON assessments (created_at, id);
CREATE INDEX assessments_updated ON assessments (updated_at, id);
CREATE INDEX assessments_entry ON assessments (entry);

CREATE TABLE assessments_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  credibility INTEGER,
  likelihood TEXT,
  confidence TEXT,
  verdict TEXT,
  assessor TEXT,
  assessed_at TEXT,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX assessments_past_claim ON assessments_past (claim_id, id);
CREATE INDEX assessments_past_assessor ON assessments_past (assessor, id) WHERE assessor IS NOT NULL;
CREATE INDEX assessments_past_assessed ON assessments_past (assessed_at, id);
CREATE INDEX assessments_past_verdict ON assessments_past (verdict, claim_id) WHERE verdict IS NOT NULL;
CREATE INDEX assessments_past_created ON assessments_past (created_at, id);
CREATE INDEX assessments_past_updated ON assessments_past (updated_at, id);
CREATE INDEX assessments_past_entry ON assessments_past (entry);

CREATE TABLE judgements (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  noun TEXT NOT NULL,
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  judgement TEXT NOT NULL,
  CHECK (version >= 1)
) STRICT;
CREATE INDEX judgements_one ON judgements (one_id, id);
CREATE INDEX judgements_other ON judgements (other_id, id);
CREATE INDEX judgements_noun ON judgements (noun, id);
CREATE INDEX judgements_judgement ON judgements (judgement, id);
CREATE INDEX judgements_created ON judgements (created_at, id);
CREATE INDEX judgements_updated ON judgements (updated_at, id);
CREATE INDEX judgements_entry ON judgements (entry);

CREATE TABLE judgements_past (
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  noun TEXT NOT NULL,
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  judgement TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX judgements_past_one ON judgements_past (one_id, id);
CREATE INDEX judgements_past_other ON judgements_past (other_id, id);
CREATE INDEX judgements_past_noun ON judgements_past (noun, id);
CREATE INDEX judgements_past_judgement ON judgements_past (judgement, id);
CREATE INDEX judgements_past_created ON judgements_past (created_at, id);
CREATE INDEX judgements_past_updated ON judgements_past (updated_at, id);
CREATE INDEX judgements_past_entry ON judgements_past (entry);

CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii');
INSERT INTO search (search, rank) VALUES ('hashsize', 262144), ('automerge', 0);
CREATE VIRTUAL TABLE search_terms USING fts5vocab(search, row);
CREATE VIRTUAL TABLE search_instances USING fts5vocab(search, instance);

CREATE TABLE search_words (
  word TEXT NOT NULL,
  PRIMARY KEY (word)
) STRICT, WITHOUT ROWID;

CREATE TABLE commit_clock (
  id INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  CHECK (id = 1)
) STRICT;
INSERT INTO commit_clock VALUES (1, 0, 0);

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
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
  digest TEXT NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE reference_epoch (
  id INTEGER NOT NULL PRIMARY KEY,
  n INTEGER NOT NULL,
  CHECK (id = 1)
) STRICT;
INSERT INTO reference_epoch VALUES (1, 0);

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TRIGGER reserved_keys_changed AFTER UPDATE ON reserved_keys
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO reserved_keys_past SELECT at, OLD.noun, OLD.key, OLD.id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER reserved_keys_removed AFTER DELETE ON reserved_keys
BEGIN
  INSERT INTO reserved_keys_past SELECT at, OLD.noun, OLD.key, OLD.id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER merges_changed AFTER UPDATE ON merges
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO merges_past SELECT at, OLD.id, OLD.noun, OLD.object_id, OLD.into_id, OLD.seq, OLD.undone_seq, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER merges_removed AFTER DELETE ON merges
BEGIN
  INSERT INTO merges_past SELECT at, OLD.id, OLD.noun, OLD.object_id, OLD.into_id, OLD.seq, OLD.undone_seq, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER parties_changed AFTER UPDATE ON parties
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO parties_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.kind, OLD.name, OLD.part_of_id, OLD.independent_voice, OLD.country, OLD.unnamed, OLD.count_min, OLD.count_max FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER parties_removed AFTER DELETE ON parties
BEGIN
  INSERT INTO parties_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.kind, OLD.name, OLD.part_of_id, OLD.independent_voice, OLD.country, OLD.unnamed, OLD.count_min, OLD.count_max FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER party_names_changed AFTER UPDATE ON party_names
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO party_names_past SELECT at, OLD.party_id, OLD.folded, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER party_names_removed AFTER DELETE ON party_names
BEGIN
  INSERT INTO party_names_past SELECT at, OLD.party_id, OLD.folded, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER party_name_keys_changed AFTER UPDATE ON party_name_keys
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO party_name_keys_past SELECT at, OLD.key, OLD.party_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER party_name_keys_removed AFTER DELETE ON party_name_keys
BEGIN
  INSERT INTO party_name_keys_past SELECT at, OLD.key, OLD.party_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER identifiers_changed AFTER UPDATE ON identifiers
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO identifiers_past SELECT at, OLD.noun, OLD.object_id, OLD.scheme, OLD.value, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER identifiers_removed AFTER DELETE ON identifiers
BEGIN
  INSERT INTO identifiers_past SELECT at, OLD.noun, OLD.object_id, OLD.scheme, OLD.value, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER sources_changed AFTER UPDATE ON sources
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO sources_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.type, OLD.title, OLD.folded_title, OLD.publisher_id, OLD.part_of_id, OLD.published_from, OLD.published_to, OLD.reporting_from, OLD.reporting_to, OLD.language, OLD.reliability, OLD.status, OLD.status_date, OLD.status_by, OLD.superseded_by FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER sources_removed AFTER DELETE ON sources
BEGIN
  INSERT INTO sources_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.type, OLD.title, OLD.folded_title, OLD.publisher_id, OLD.part_of_id, OLD.published_from, OLD.published_to, OLD.reporting_from, OLD.reporting_to, OLD.language, OLD.reliability, OLD.status, OLD.status_date, OLD.status_by, OLD.superseded_by FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER source_urls_changed AFTER UPDATE ON source_urls
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO source_urls_past SELECT at, OLD.source_id, OLD.url, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER source_urls_removed AFTER DELETE ON source_urls
BEGIN
  INSERT INTO source_urls_past SELECT at, OLD.source_id, OLD.url, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER source_authors_changed AFTER UPDATE ON source_authors
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO source_authors_past SELECT at, OLD.source_id, OLD.party_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER source_authors_removed AFTER DELETE ON source_authors
BEGIN
  INSERT INTO source_authors_past SELECT at, OLD.source_id, OLD.party_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER source_derivations_changed AFTER UPDATE ON source_derivations
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO source_derivations_past SELECT at, OLD.source_id, OLD.derived_from_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER source_derivations_removed AFTER DELETE ON source_derivations
BEGIN
  INSERT INTO source_derivations_past SELECT at, OLD.source_id, OLD.derived_from_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER source_supersessions_changed AFTER UPDATE ON source_supersessions
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO source_supersessions_past SELECT at, OLD.source_id, OLD.superseded_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER source_supersessions_removed AFTER DELETE ON source_supersessions
BEGIN
  INSERT INTO source_supersessions_past SELECT at, OLD.source_id, OLD.superseded_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER predicates_changed AFTER UPDATE ON predicates
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO predicates_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.label, OLD.value_type, OLD.unit, OLD.functional, OLD.measure FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER predicates_removed AFTER DELETE ON predicates
BEGIN
  INSERT INTO predicates_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.label, OLD.value_type, OLD.unit, OLD.functional, OLD.measure FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER claims_changed AFTER UPDATE ON claims
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO claims_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.kind, OLD.text, OLD.language, OLD.subject_id, OLD.predicate_id, OLD.value_type, OLD.value_party_id, OLD.unit, OLD.currency, OLD.value_key, OLD.value_lower_key, OLD.value_upper_key, OLD.occurred_from, OLD.occurred_to, OLD.last_said, OLD.attribution_count, OLD.activity_at, OLD.support, OLD.contested, OLD.self_denied, OLD.retracted, OLD.min_origins, OLD.unnamed_only, OLD.unsourced, OLD.standing FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims
BEGIN
  INSERT INTO claims_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.kind, OLD.text, OLD.language, OLD.subject_id, OLD.predicate_id, OLD.value_type, OLD.value_party_id, OLD.unit, OLD.currency, OLD.value_key, OLD.value_lower_key, OLD.value_upper_key, OLD.occurred_from, OLD.occurred_to, OLD.last_said, OLD.attribution_count, OLD.activity_at, OLD.support, OLD.contested, OLD.self_denied, OLD.retracted, OLD.min_origins, OLD.unnamed_only, OLD.unsourced, OLD.standing FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER standing_queue_changed AFTER UPDATE ON standing_queue
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO standing_queue_past SELECT at, OLD.seq, OLD.kind, OLD.object_id, OLD.position, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER standing_queue_removed AFTER DELETE ON standing_queue
BEGIN
  INSERT INTO standing_queue_past SELECT at, OLD.seq, OLD.kind, OLD.object_id, OLD.position, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER claim_participants_changed AFTER UPDATE ON claim_participants
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO claim_participants_past SELECT at, OLD.claim_id, OLD.party_id, OLD.role, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER claim_participants_removed AFTER DELETE ON claim_participants
BEGIN
  INSERT INTO claim_participants_past SELECT at, OLD.claim_id, OLD.party_id, OLD.role, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER claim_places_changed AFTER UPDATE ON claim_places
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO claim_places_past SELECT at, OLD.claim_id, OLD.iso_3166, OLD.folded, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER claim_places_removed AFTER DELETE ON claim_places
BEGIN
  INSERT INTO claim_places_past SELECT at, OLD.claim_id, OLD.iso_3166, OLD.folded, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER claim_topics_changed AFTER UPDATE ON claim_topics
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO claim_topics_past SELECT at, OLD.claim_id, OLD.topic, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER claim_topics_removed AFTER DELETE ON claim_topics
BEGIN
  INSERT INTO claim_topics_past SELECT at, OLD.claim_id, OLD.topic, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER attributions_changed AFTER UPDATE ON attributions
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO attributions_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.claim_id, OLD.about_source_id, OLD.party_id, OLD.speaker_id, OLD.source_id, OLD.source_access, OLD.stance, OLD.manner, OLD.basis, OLD.lineage, OLD.in_reply_to_id, OLD.said, OLD.said_from, OLD.said_to, OLD.relay_depth, OLD.retracted_by_id FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER attributions_removed AFTER DELETE ON attributions
BEGIN
  INSERT INTO attributions_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.claim_id, OLD.about_source_id, OLD.party_id, OLD.speaker_id, OLD.source_id, OLD.source_access, OLD.stance, OLD.manner, OLD.basis, OLD.lineage, OLD.in_reply_to_id, OLD.said, OLD.said_from, OLD.said_to, OLD.relay_depth, OLD.retracted_by_id FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER attribution_relays_changed AFTER UPDATE ON attribution_relays
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO attribution_relays_past SELECT at, OLD.attribution_id, OLD.relayed_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER attribution_relays_removed AFTER DELETE ON attribution_relays
BEGIN
  INSERT INTO attribution_relays_past SELECT at, OLD.attribution_id, OLD.relayed_id, OLD.valid_from FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER relations_changed AFTER UPDATE ON relations
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO relations_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.from_id, OLD.type, OLD.to_id FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER relations_removed AFTER DELETE ON relations
BEGIN
  INSERT INTO relations_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.from_id, OLD.type, OLD.to_id FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER assessments_changed AFTER UPDATE ON assessments
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO assessments_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.claim_id, OLD.credibility, OLD.likelihood, OLD.confidence, OLD.verdict, OLD.assessor, OLD.assessed_at FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER assessments_removed AFTER DELETE ON assessments
BEGIN
  INSERT INTO assessments_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.claim_id, OLD.credibility, OLD.likelihood, OLD.confidence, OLD.verdict, OLD.assessor, OLD.assessed_at FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER judgements_changed AFTER UPDATE ON judgements
BEGIN
  SELECT RAISE(ABORT, 'valid_from must be the instant of the write') WHERE NEW.valid_from <> (SELECT at FROM commit_clock);
  INSERT INTO judgements_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.noun, OLD.one_id, OLD.other_id, OLD.judgement FROM commit_clock WHERE OLD.valid_from < at;
END;
CREATE TRIGGER judgements_removed AFTER DELETE ON judgements
BEGIN
  INSERT INTO judgements_past SELECT at, OLD.id, OLD.key, OLD.version, OLD.created_at, OLD.updated_at, OLD.seq, OLD.entry, OLD.valid_from, OLD.noun, OLD.one_id, OLD.other_id, OLD.judgement FROM commit_clock WHERE OLD.valid_from < at;
END;

CREATE TRIGGER history_no_update BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM history WHERE object_id = NEW.object_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
