-- Every version of every row that reads touch, so that the register can be read as it was at any instant.
-- Kept by triggers: a row of X_versions holds a row of X from `valid_from` up to, not including, `valid_to`, in
-- milliseconds since 1970; 99999999999999 means that it still holds. A change undone, or made again, within
-- one instant leaves one version or none. Long texts stand last: most versions are read no further than to
-- see that they do not hold. Rows without an id of their own are only ever inserted and deleted.

-- One row: the instant of the newest write, which no later write goes back behind, and the instant from
-- which versions are kept: the last write before this migration.
CREATE TABLE recording (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT;
INSERT INTO recording SELECT 1, at, at FROM (
  SELECT coalesce(max(CAST(strftime('%s', recorded_at) AS INTEGER) * 1000 + CAST(substr(recorded_at, 21, 3) AS INTEGER)), 0) AS at
  FROM history
);

-- Without recursive_triggers, REPLACE removes rows and fires no DELETE trigger.
CREATE TRIGGER history_no_replace BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE seq = NEW.seq OR (object_id = NEW.object_id AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE INDEX history_recorded ON history (recorded_at);

CREATE TABLE slugs_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  id TEXT NOT NULL
) STRICT;
CREATE INDEX slugs_versions_key ON slugs_versions (noun, key, valid_from, valid_to);
CREATE TRIGGER slugs_version_insert AFTER INSERT ON slugs
BEGIN
  INSERT INTO slugs_versions SELECT at, 99999999999999, NEW.noun, NEW.key, NEW.id FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM slugs_versions WHERE noun = NEW.noun AND key = NEW.key AND
        id = NEW.id AND valid_to = at);
  UPDATE slugs_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM slugs_versions WHERE
      noun = NEW.noun AND key = NEW.key AND id = NEW.id AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER slugs_version_delete AFTER DELETE ON slugs
BEGIN
  UPDATE slugs_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      slugs_versions WHERE noun = OLD.noun AND key = OLD.key AND id = OLD.id AND
      valid_to = 99999999999999 LIMIT 1);
  DELETE FROM slugs_versions WHERE noun = OLD.noun AND key = OLD.key AND id = OLD.id AND
      valid_from = valid_to;
END;
INSERT INTO slugs_versions SELECT (SELECT since FROM recording), 99999999999999, noun, key, id FROM slugs;

CREATE TABLE parties_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  kind TEXT NOT NULL,
  part_of_id TEXT,
  independent_voice INTEGER NOT NULL,
  country TEXT,
  unnamed INTEGER NOT NULL,
  name TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX parties_versions_kind ON parties_versions (kind, id, valid_from);
CREATE INDEX parties_versions_name ON parties_versions (name, id, valid_from);
CREATE INDEX parties_versions_part_of ON parties_versions (part_of_id, id, valid_from) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_versions_country ON parties_versions (country, id, valid_from) WHERE country IS NOT NULL;
CREATE INDEX parties_versions_created ON parties_versions (created_at, id, valid_from);
CREATE INDEX parties_versions_updated ON parties_versions (updated_at, id, valid_from);
CREATE TRIGGER parties_version_insert AFTER INSERT ON parties
BEGIN
  INSERT INTO parties_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.part_of_id, NEW.independent_voice, NEW.country, NEW.unnamed, NEW.name,
      NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        kind = excluded.kind, part_of_id = excluded.part_of_id,
        independent_voice = excluded.independent_voice, country = excluded.country,
        unnamed = excluded.unnamed, name = excluded.name, doc = excluded.doc;
END;
CREATE TRIGGER parties_version_update AFTER UPDATE ON parties
BEGIN
  UPDATE parties_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO parties_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.part_of_id, NEW.independent_voice, NEW.country, NEW.unnamed, NEW.name,
      NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        kind = excluded.kind, part_of_id = excluded.part_of_id,
        independent_voice = excluded.independent_voice, country = excluded.country,
        unnamed = excluded.unnamed, name = excluded.name, doc = excluded.doc;
END;
CREATE TRIGGER parties_version_delete AFTER DELETE ON parties
BEGIN
  DELETE FROM parties_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE parties_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO parties_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, kind, part_of_id, independent_voice, country, unnamed, name, doc FROM parties;

CREATE TABLE party_names_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  party_id TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;
CREATE INDEX party_names_versions_party ON party_names_versions (party_id);
CREATE INDEX party_names_versions_folded ON party_names_versions (folded, party_id, valid_from, valid_to);
CREATE TRIGGER party_names_version_insert AFTER INSERT ON party_names
BEGIN
  INSERT INTO party_names_versions SELECT at, 99999999999999, NEW.party_id, NEW.folded FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM party_names_versions WHERE party_id = NEW.party_id AND
        folded = NEW.folded AND valid_to = at);
  UPDATE party_names_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      party_names_versions WHERE party_id = NEW.party_id AND folded = NEW.folded AND
      valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER party_names_version_delete AFTER DELETE ON party_names
BEGIN
  UPDATE party_names_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      party_names_versions WHERE party_id = OLD.party_id AND folded = OLD.folded AND
      valid_to = 99999999999999 LIMIT 1);
  DELETE FROM party_names_versions WHERE party_id = OLD.party_id AND folded = OLD.folded AND
      valid_from = valid_to;
END;
INSERT INTO party_names_versions SELECT (SELECT since FROM recording), 99999999999999, party_id, folded FROM
    party_names;

CREATE TABLE identifiers_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  noun TEXT NOT NULL,
  object_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX identifiers_versions_object ON identifiers_versions (object_id);
CREATE INDEX identifiers_versions_value ON identifiers_versions (noun, scheme, value, object_id, valid_from, valid_to);
CREATE TRIGGER identifiers_version_insert AFTER INSERT ON identifiers
BEGIN
  INSERT INTO identifiers_versions SELECT at, 99999999999999, NEW.noun, NEW.object_id, NEW.scheme,
      NEW.value FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM identifiers_versions WHERE noun = NEW.noun AND
        object_id = NEW.object_id AND scheme = NEW.scheme AND value = NEW.value AND valid_to = at);
  UPDATE identifiers_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      identifiers_versions WHERE noun = NEW.noun AND object_id = NEW.object_id AND scheme = NEW.scheme AND
      value = NEW.value AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER identifiers_version_delete AFTER DELETE ON identifiers
BEGIN
  UPDATE identifiers_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      identifiers_versions WHERE noun = OLD.noun AND object_id = OLD.object_id AND scheme = OLD.scheme AND
      value = OLD.value AND valid_to = 99999999999999 LIMIT 1);
  DELETE FROM identifiers_versions WHERE noun = OLD.noun AND object_id = OLD.object_id AND
      scheme = OLD.scheme AND value = OLD.value AND valid_from = valid_to;
END;
INSERT INTO identifiers_versions SELECT (SELECT since FROM recording), 99999999999999, noun, object_id,
    scheme, value FROM identifiers;

CREATE TABLE sources_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  type TEXT NOT NULL,
  publisher_id TEXT,
  part_of_id TEXT,
  published_from INTEGER,
  published_to INTEGER,
  language TEXT,
  reliability TEXT,
  title TEXT NOT NULL,
  folded_title TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX sources_versions_type ON sources_versions (type, id, valid_from);
CREATE INDEX sources_versions_title ON sources_versions (title, id, valid_from);
CREATE INDEX sources_versions_publisher ON sources_versions (publisher_id, id, valid_from) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_versions_part_of ON sources_versions (part_of_id, id, valid_from) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_versions_published ON sources_versions (published_from, id, valid_from);
CREATE INDEX sources_versions_created ON sources_versions (created_at, id, valid_from);
CREATE INDEX sources_versions_updated ON sources_versions (updated_at, id, valid_from);
CREATE TRIGGER sources_version_insert AFTER INSERT ON sources
BEGIN
  INSERT INTO sources_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.type, NEW.publisher_id, NEW.part_of_id, NEW.published_from, NEW.published_to,
      NEW.language, NEW.reliability, NEW.title, NEW.folded_title, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        type = excluded.type, publisher_id = excluded.publisher_id, part_of_id = excluded.part_of_id,
        published_from = excluded.published_from, published_to = excluded.published_to,
        language = excluded.language, reliability = excluded.reliability, title = excluded.title,
        folded_title = excluded.folded_title, doc = excluded.doc;
END;
CREATE TRIGGER sources_version_update AFTER UPDATE ON sources
BEGIN
  UPDATE sources_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO sources_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.type, NEW.publisher_id, NEW.part_of_id, NEW.published_from, NEW.published_to,
      NEW.language, NEW.reliability, NEW.title, NEW.folded_title, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        type = excluded.type, publisher_id = excluded.publisher_id, part_of_id = excluded.part_of_id,
        published_from = excluded.published_from, published_to = excluded.published_to,
        language = excluded.language, reliability = excluded.reliability, title = excluded.title,
        folded_title = excluded.folded_title, doc = excluded.doc;
END;
CREATE TRIGGER sources_version_delete AFTER DELETE ON sources
BEGIN
  DELETE FROM sources_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE sources_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO sources_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, type, publisher_id, part_of_id, published_from, published_to, language,
    reliability, title, folded_title, doc FROM sources;

CREATE TABLE source_urls_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  url TEXT NOT NULL
) STRICT;
CREATE INDEX source_urls_versions_source ON source_urls_versions (source_id);
CREATE INDEX source_urls_versions_url ON source_urls_versions (url, source_id, valid_from, valid_to);
CREATE TRIGGER source_urls_version_insert AFTER INSERT ON source_urls
BEGIN
  INSERT INTO source_urls_versions SELECT at, 99999999999999, NEW.source_id, NEW.url FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM source_urls_versions WHERE source_id = NEW.source_id AND
        url = NEW.url AND valid_to = at);
  UPDATE source_urls_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      source_urls_versions WHERE source_id = NEW.source_id AND url = NEW.url AND valid_to = (SELECT at FROM
      recording) LIMIT 1);
END;
CREATE TRIGGER source_urls_version_delete AFTER DELETE ON source_urls
BEGIN
  UPDATE source_urls_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      source_urls_versions WHERE source_id = OLD.source_id AND url = OLD.url AND
      valid_to = 99999999999999 LIMIT 1);
  DELETE FROM source_urls_versions WHERE source_id = OLD.source_id AND url = OLD.url AND
      valid_from = valid_to;
END;
INSERT INTO source_urls_versions SELECT (SELECT since FROM recording), 99999999999999, source_id, url FROM
    source_urls;

CREATE TABLE source_authors_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  party_id TEXT NOT NULL
) STRICT;
CREATE INDEX source_authors_versions_source ON source_authors_versions (source_id);
CREATE INDEX source_authors_versions_party ON source_authors_versions (party_id, source_id, valid_from, valid_to);
CREATE TRIGGER source_authors_version_insert AFTER INSERT ON source_authors
BEGIN
  INSERT INTO source_authors_versions SELECT at, 99999999999999, NEW.source_id, NEW.party_id FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM source_authors_versions WHERE source_id = NEW.source_id AND
        party_id = NEW.party_id AND valid_to = at);
  UPDATE source_authors_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      source_authors_versions WHERE source_id = NEW.source_id AND party_id = NEW.party_id AND
      valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER source_authors_version_delete AFTER DELETE ON source_authors
BEGIN
  UPDATE source_authors_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      source_authors_versions WHERE source_id = OLD.source_id AND party_id = OLD.party_id AND
      valid_to = 99999999999999 LIMIT 1);
  DELETE FROM source_authors_versions WHERE source_id = OLD.source_id AND party_id = OLD.party_id AND
      valid_from = valid_to;
END;
INSERT INTO source_authors_versions SELECT (SELECT since FROM recording), 99999999999999, source_id,
    party_id FROM source_authors;

CREATE TABLE source_derivations_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  derived_from_id TEXT NOT NULL
) STRICT;
CREATE INDEX source_derivations_versions_source ON source_derivations_versions (source_id);
CREATE INDEX source_derivations_versions_from ON source_derivations_versions (derived_from_id, source_id, valid_from, valid_to);
CREATE TRIGGER source_derivations_version_insert AFTER INSERT ON source_derivations
BEGIN
  INSERT INTO source_derivations_versions SELECT at, 99999999999999, NEW.source_id, NEW.derived_from_id FROM
      recording
    WHERE NOT EXISTS (SELECT 1 FROM source_derivations_versions WHERE source_id = NEW.source_id AND
        derived_from_id = NEW.derived_from_id AND valid_to = at);
  UPDATE source_derivations_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      source_derivations_versions WHERE source_id = NEW.source_id AND
      derived_from_id = NEW.derived_from_id AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER source_derivations_version_delete AFTER DELETE ON source_derivations
BEGIN
  UPDATE source_derivations_versions SET valid_to = (SELECT at FROM recording) WHERE
      rowid = (SELECT rowid FROM source_derivations_versions WHERE source_id = OLD.source_id AND
      derived_from_id = OLD.derived_from_id AND valid_to = 99999999999999 LIMIT 1);
  DELETE FROM source_derivations_versions WHERE source_id = OLD.source_id AND
      derived_from_id = OLD.derived_from_id AND valid_from = valid_to;
END;
INSERT INTO source_derivations_versions SELECT (SELECT since FROM recording), 99999999999999, source_id,
    derived_from_id FROM source_derivations;

CREATE TABLE predicates_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  value_type TEXT NOT NULL,
  functional INTEGER NOT NULL,
  measure TEXT,
  label TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX predicates_versions_created ON predicates_versions (created_at, id, valid_from);
CREATE INDEX predicates_versions_updated ON predicates_versions (updated_at, id, valid_from);
CREATE TRIGGER predicates_version_insert AFTER INSERT ON predicates
BEGIN
  INSERT INTO predicates_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.value_type, NEW.functional, NEW.measure, NEW.label, NEW.doc FROM recording WHERE
      true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        value_type = excluded.value_type, functional = excluded.functional, measure = excluded.measure,
        label = excluded.label, doc = excluded.doc;
END;
CREATE TRIGGER predicates_version_update AFTER UPDATE ON predicates
BEGIN
  UPDATE predicates_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO predicates_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.value_type, NEW.functional, NEW.measure, NEW.label, NEW.doc FROM recording WHERE
      true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        value_type = excluded.value_type, functional = excluded.functional, measure = excluded.measure,
        label = excluded.label, doc = excluded.doc;
END;
CREATE TRIGGER predicates_version_delete AFTER DELETE ON predicates
BEGIN
  DELETE FROM predicates_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE predicates_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO predicates_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, value_type, functional, measure, label, doc FROM predicates;

CREATE TABLE claims_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  kind TEXT NOT NULL,
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
  support TEXT NOT NULL,
  contested INTEGER NOT NULL,
  retracted INTEGER NOT NULL,
  min_origins INTEGER NOT NULL,
  unnamed_only INTEGER NOT NULL,
  text TEXT NOT NULL,
  standing TEXT NOT NULL,
  doc TEXT NOT NULL,
  attributions_head TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX claims_versions_subject ON claims_versions (subject_id, predicate_id, id, valid_from);
CREATE INDEX claims_versions_predicate ON claims_versions (predicate_id, id, valid_from);
CREATE INDEX claims_versions_value_party ON claims_versions (value_party_id, id, valid_from) WHERE value_party_id IS NOT NULL;
CREATE INDEX claims_versions_kind ON claims_versions (kind, id, valid_from, valid_to);
CREATE INDEX claims_versions_unit ON claims_versions (unit, id, valid_from) WHERE unit IS NOT NULL;
CREATE INDEX claims_versions_currency ON claims_versions (currency, id, valid_from) WHERE currency IS NOT NULL;
CREATE INDEX claims_versions_value ON claims_versions (value_key, id, valid_from);
CREATE INDEX claims_versions_occurred ON claims_versions (occurred_from, id, valid_from);
CREATE INDEX claims_versions_said ON claims_versions (last_said, id, valid_from);
CREATE INDEX claims_versions_created ON claims_versions (created_at, id, valid_from);
CREATE INDEX claims_versions_updated ON claims_versions (updated_at, id, valid_from);
CREATE INDEX claims_versions_support ON claims_versions (support, id, valid_from, valid_to, min_origins);
CREATE INDEX claims_versions_contested ON claims_versions (contested, id, valid_from, valid_to, min_origins, support);
CREATE INDEX claims_versions_min_origins ON claims_versions (min_origins, id, valid_from, valid_to);
CREATE TRIGGER claims_version_insert AFTER INSERT ON claims
BEGIN
  INSERT INTO claims_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.language, NEW.subject_id, NEW.predicate_id, NEW.value_type,
      NEW.value_party_id, NEW.unit, NEW.currency, NEW.value_key, NEW.value_lower_key, NEW.value_upper_key,
      NEW.occurred_from, NEW.occurred_to, NEW.last_said, NEW.attribution_count, NEW.support, NEW.contested,
      NEW.retracted, NEW.min_origins, NEW.unnamed_only, NEW.text, NEW.standing, NEW.doc,
      NEW.attributions_head FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        kind = excluded.kind, language = excluded.language, subject_id = excluded.subject_id,
        predicate_id = excluded.predicate_id, value_type = excluded.value_type,
        value_party_id = excluded.value_party_id, unit = excluded.unit, currency = excluded.currency,
        value_key = excluded.value_key, value_lower_key = excluded.value_lower_key,
        value_upper_key = excluded.value_upper_key, occurred_from = excluded.occurred_from,
        occurred_to = excluded.occurred_to, last_said = excluded.last_said,
        attribution_count = excluded.attribution_count, support = excluded.support,
        contested = excluded.contested, retracted = excluded.retracted, min_origins = excluded.min_origins,
        unnamed_only = excluded.unnamed_only, text = excluded.text, standing = excluded.standing,
        doc = excluded.doc, attributions_head = excluded.attributions_head;
END;
CREATE TRIGGER claims_version_update AFTER UPDATE ON claims
WHEN OLD.id IS NOT NEW.id OR OLD.key IS NOT NEW.key OR OLD.version IS NOT NEW.version OR
    OLD.created_at IS NOT NEW.created_at OR OLD.updated_at IS NOT NEW.updated_at OR
    OLD.kind IS NOT NEW.kind OR OLD.language IS NOT NEW.language OR OLD.subject_id IS NOT NEW.subject_id OR
    OLD.predicate_id IS NOT NEW.predicate_id OR OLD.value_type IS NOT NEW.value_type OR
    OLD.value_party_id IS NOT NEW.value_party_id OR OLD.unit IS NOT NEW.unit OR
    OLD.currency IS NOT NEW.currency OR OLD.value_key IS NOT NEW.value_key OR
    OLD.value_lower_key IS NOT NEW.value_lower_key OR OLD.value_upper_key IS NOT NEW.value_upper_key OR
    OLD.occurred_from IS NOT NEW.occurred_from OR OLD.occurred_to IS NOT NEW.occurred_to OR
    OLD.last_said IS NOT NEW.last_said OR OLD.attribution_count IS NOT NEW.attribution_count OR
    OLD.support IS NOT NEW.support OR OLD.contested IS NOT NEW.contested OR
    OLD.retracted IS NOT NEW.retracted OR OLD.min_origins IS NOT NEW.min_origins OR
    OLD.unnamed_only IS NOT NEW.unnamed_only OR OLD.text IS NOT NEW.text OR
    OLD.standing IS NOT NEW.standing OR OLD.doc IS NOT NEW.doc OR
    OLD.attributions_head IS NOT NEW.attributions_head
BEGIN
  UPDATE claims_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO claims_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.language, NEW.subject_id, NEW.predicate_id, NEW.value_type,
      NEW.value_party_id, NEW.unit, NEW.currency, NEW.value_key, NEW.value_lower_key, NEW.value_upper_key,
      NEW.occurred_from, NEW.occurred_to, NEW.last_said, NEW.attribution_count, NEW.support, NEW.contested,
      NEW.retracted, NEW.min_origins, NEW.unnamed_only, NEW.text, NEW.standing, NEW.doc,
      NEW.attributions_head FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        kind = excluded.kind, language = excluded.language, subject_id = excluded.subject_id,
        predicate_id = excluded.predicate_id, value_type = excluded.value_type,
        value_party_id = excluded.value_party_id, unit = excluded.unit, currency = excluded.currency,
        value_key = excluded.value_key, value_lower_key = excluded.value_lower_key,
        value_upper_key = excluded.value_upper_key, occurred_from = excluded.occurred_from,
        occurred_to = excluded.occurred_to, last_said = excluded.last_said,
        attribution_count = excluded.attribution_count, support = excluded.support,
        contested = excluded.contested, retracted = excluded.retracted, min_origins = excluded.min_origins,
        unnamed_only = excluded.unnamed_only, text = excluded.text, standing = excluded.standing,
        doc = excluded.doc, attributions_head = excluded.attributions_head;
END;
CREATE TRIGGER claims_version_delete AFTER DELETE ON claims
BEGIN
  DELETE FROM claims_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE claims_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO claims_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, kind, language, subject_id, predicate_id, value_type, value_party_id, unit,
    currency, value_key, value_lower_key, value_upper_key, occurred_from, occurred_to, last_said,
    attribution_count, support, contested, retracted, min_origins, unnamed_only, text, standing, doc,
    attributions_head FROM claims;

CREATE TABLE standing_queue_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  position TEXT NOT NULL,
  PRIMARY KEY (seq, valid_from)
) STRICT;
CREATE TRIGGER standing_queue_version_insert AFTER INSERT ON standing_queue
BEGIN
  INSERT INTO standing_queue_versions SELECT at, 99999999999999, NEW.seq, NEW.kind, NEW.object_id,
      NEW.position FROM recording WHERE true
    ON CONFLICT (seq, valid_from) DO UPDATE SET valid_to = excluded.valid_to, kind = excluded.kind,
        object_id = excluded.object_id, position = excluded.position;
END;
CREATE TRIGGER standing_queue_version_update AFTER UPDATE ON standing_queue
BEGIN
  UPDATE standing_queue_versions SET valid_to = (SELECT at FROM recording) WHERE seq = OLD.seq AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO standing_queue_versions SELECT at, 99999999999999, NEW.seq, NEW.kind, NEW.object_id,
      NEW.position FROM recording WHERE true
    ON CONFLICT (seq, valid_from) DO UPDATE SET valid_to = excluded.valid_to, kind = excluded.kind,
        object_id = excluded.object_id, position = excluded.position;
END;
CREATE TRIGGER standing_queue_version_delete AFTER DELETE ON standing_queue
BEGIN
  DELETE FROM standing_queue_versions WHERE seq = OLD.seq AND valid_from = (SELECT at FROM recording);
  UPDATE standing_queue_versions SET valid_to = (SELECT at FROM recording) WHERE seq = OLD.seq AND
      valid_to = 99999999999999;
END;
INSERT INTO standing_queue_versions SELECT (SELECT since FROM recording), 99999999999999, seq, kind,
    object_id, position FROM standing_queue;

CREATE TABLE claim_participants_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT;
CREATE INDEX claim_participants_versions_claim ON claim_participants_versions (claim_id);
CREATE INDEX claim_participants_versions_party ON claim_participants_versions (party_id, claim_id, valid_from, valid_to);
CREATE TRIGGER claim_participants_version_insert AFTER INSERT ON claim_participants
BEGIN
  INSERT INTO claim_participants_versions SELECT at, 99999999999999, NEW.claim_id, NEW.party_id,
      NEW.role FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM claim_participants_versions WHERE claim_id = NEW.claim_id AND
        party_id = NEW.party_id AND role = NEW.role AND valid_to = at);
  UPDATE claim_participants_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      claim_participants_versions WHERE claim_id = NEW.claim_id AND party_id = NEW.party_id AND
      role = NEW.role AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER claim_participants_version_delete AFTER DELETE ON claim_participants
BEGIN
  UPDATE claim_participants_versions SET valid_to = (SELECT at FROM recording) WHERE
      rowid = (SELECT rowid FROM claim_participants_versions WHERE claim_id = OLD.claim_id AND
      party_id = OLD.party_id AND role = OLD.role AND valid_to = 99999999999999 LIMIT 1);
  DELETE FROM claim_participants_versions WHERE claim_id = OLD.claim_id AND party_id = OLD.party_id AND
      role = OLD.role AND valid_from = valid_to;
END;
INSERT INTO claim_participants_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id,
    party_id, role FROM claim_participants;

CREATE TABLE claim_places_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  iso_3166 TEXT,
  folded TEXT
) STRICT;
CREATE INDEX claim_places_versions_claim ON claim_places_versions (claim_id);
CREATE INDEX claim_places_versions_iso ON claim_places_versions (iso_3166, claim_id, valid_from, valid_to);
CREATE INDEX claim_places_versions_folded ON claim_places_versions (folded, claim_id, valid_from, valid_to);
CREATE TRIGGER claim_places_version_insert AFTER INSERT ON claim_places
BEGIN
  INSERT INTO claim_places_versions SELECT at, 99999999999999, NEW.claim_id, NEW.iso_3166, NEW.folded FROM
      recording
    WHERE NOT EXISTS (SELECT 1 FROM claim_places_versions WHERE claim_id = NEW.claim_id AND
        iso_3166 IS NEW.iso_3166 AND folded IS NEW.folded AND valid_to = at);
  UPDATE claim_places_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      claim_places_versions WHERE claim_id = NEW.claim_id AND iso_3166 IS NEW.iso_3166 AND
      folded IS NEW.folded AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER claim_places_version_delete AFTER DELETE ON claim_places
BEGIN
  UPDATE claim_places_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      claim_places_versions WHERE claim_id = OLD.claim_id AND iso_3166 IS OLD.iso_3166 AND
      folded IS OLD.folded AND valid_to = 99999999999999 LIMIT 1);
  DELETE FROM claim_places_versions WHERE claim_id = OLD.claim_id AND iso_3166 IS OLD.iso_3166 AND
      folded IS OLD.folded AND valid_from = valid_to;
END;
INSERT INTO claim_places_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id, iso_3166,
    folded FROM claim_places;

CREATE TABLE claim_topics_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  claim_id TEXT NOT NULL,
  topic TEXT NOT NULL
) STRICT;
CREATE INDEX claim_topics_versions_key ON claim_topics_versions (claim_id, topic, valid_from, valid_to);
CREATE INDEX claim_topics_versions_topic ON claim_topics_versions (topic, claim_id, valid_from, valid_to);
CREATE TRIGGER claim_topics_version_insert AFTER INSERT ON claim_topics
BEGIN
  INSERT INTO claim_topics_versions SELECT at, 99999999999999, NEW.claim_id, NEW.topic FROM recording
    WHERE NOT EXISTS (SELECT 1 FROM claim_topics_versions WHERE claim_id = NEW.claim_id AND
        topic = NEW.topic AND valid_to = at);
  UPDATE claim_topics_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      claim_topics_versions WHERE claim_id = NEW.claim_id AND topic = NEW.topic AND
      valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER claim_topics_version_delete AFTER DELETE ON claim_topics
BEGIN
  UPDATE claim_topics_versions SET valid_to = (SELECT at FROM recording) WHERE rowid = (SELECT rowid FROM
      claim_topics_versions WHERE claim_id = OLD.claim_id AND topic = OLD.topic AND
      valid_to = 99999999999999 LIMIT 1);
  DELETE FROM claim_topics_versions WHERE claim_id = OLD.claim_id AND topic = OLD.topic AND
      valid_from = valid_to;
END;
INSERT INTO claim_topics_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id, topic FROM
    claim_topics;

CREATE TABLE attributions_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  claim_id TEXT,
  about_source_id TEXT,
  party_id TEXT NOT NULL,
  speaker_id TEXT,
  source_id TEXT,
  stance TEXT NOT NULL,
  manner TEXT,
  basis TEXT,
  lineage TEXT NOT NULL,
  in_reply_to_id TEXT,
  said_from INTEGER,
  said_to INTEGER,
  height INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX attributions_versions_claim ON attributions_versions (claim_id, height DESC, id, valid_from);
CREATE INDEX attributions_versions_about_source ON attributions_versions (about_source_id, id, valid_from) WHERE about_source_id IS NOT NULL;
CREATE INDEX attributions_versions_party ON attributions_versions (party_id, stance, claim_id, valid_from);
CREATE INDEX attributions_versions_speaker ON attributions_versions (speaker_id, stance, claim_id, valid_from) WHERE speaker_id IS NOT NULL;
CREATE INDEX attributions_versions_source ON attributions_versions (source_id, claim_id, valid_from) WHERE source_id IS NOT NULL;
CREATE INDEX attributions_versions_stance ON attributions_versions (stance, claim_id, valid_from);
CREATE INDEX attributions_versions_reply ON attributions_versions (in_reply_to_id, valid_from) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX attributions_versions_said ON attributions_versions (said_to, id, valid_from);
CREATE INDEX attributions_versions_created ON attributions_versions (created_at, id, valid_from);
CREATE INDEX attributions_versions_updated ON attributions_versions (updated_at, id, valid_from);
CREATE TRIGGER attributions_version_insert AFTER INSERT ON attributions
BEGIN
  INSERT INTO attributions_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.claim_id, NEW.about_source_id, NEW.party_id, NEW.speaker_id, NEW.source_id,
      NEW.stance, NEW.manner, NEW.basis, NEW.lineage, NEW.in_reply_to_id, NEW.said_from, NEW.said_to,
      NEW.height, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, about_source_id = excluded.about_source_id,
        party_id = excluded.party_id, speaker_id = excluded.speaker_id, source_id = excluded.source_id,
        stance = excluded.stance, manner = excluded.manner, basis = excluded.basis,
        lineage = excluded.lineage, in_reply_to_id = excluded.in_reply_to_id, said_from = excluded.said_from,
        said_to = excluded.said_to, height = excluded.height, doc = excluded.doc;
END;
CREATE TRIGGER attributions_version_update AFTER UPDATE ON attributions
WHEN OLD.id IS NOT NEW.id OR OLD.key IS NOT NEW.key OR OLD.version IS NOT NEW.version OR
    OLD.created_at IS NOT NEW.created_at OR OLD.updated_at IS NOT NEW.updated_at OR
    OLD.claim_id IS NOT NEW.claim_id OR OLD.about_source_id IS NOT NEW.about_source_id OR
    OLD.party_id IS NOT NEW.party_id OR OLD.speaker_id IS NOT NEW.speaker_id OR
    OLD.source_id IS NOT NEW.source_id OR OLD.stance IS NOT NEW.stance OR OLD.manner IS NOT NEW.manner OR
    OLD.basis IS NOT NEW.basis OR OLD.lineage IS NOT NEW.lineage OR
    OLD.in_reply_to_id IS NOT NEW.in_reply_to_id OR OLD.said_from IS NOT NEW.said_from OR
    OLD.said_to IS NOT NEW.said_to OR OLD.height IS NOT NEW.height OR OLD.doc IS NOT NEW.doc
BEGIN
  UPDATE attributions_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO attributions_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.claim_id, NEW.about_source_id, NEW.party_id, NEW.speaker_id, NEW.source_id,
      NEW.stance, NEW.manner, NEW.basis, NEW.lineage, NEW.in_reply_to_id, NEW.said_from, NEW.said_to,
      NEW.height, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, about_source_id = excluded.about_source_id,
        party_id = excluded.party_id, speaker_id = excluded.speaker_id, source_id = excluded.source_id,
        stance = excluded.stance, manner = excluded.manner, basis = excluded.basis,
        lineage = excluded.lineage, in_reply_to_id = excluded.in_reply_to_id, said_from = excluded.said_from,
        said_to = excluded.said_to, height = excluded.height, doc = excluded.doc;
END;
CREATE TRIGGER attributions_version_delete AFTER DELETE ON attributions
BEGIN
  DELETE FROM attributions_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE attributions_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO attributions_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, claim_id, about_source_id, party_id, speaker_id, source_id, stance, manner,
    basis, lineage, in_reply_to_id, said_from, said_to, height, doc FROM attributions;

CREATE TABLE attribution_relays_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  attribution_id TEXT NOT NULL,
  relayed_id TEXT NOT NULL
) STRICT;
CREATE INDEX attribution_relays_versions_key ON attribution_relays_versions (attribution_id, relayed_id, valid_from, valid_to);
CREATE INDEX attribution_relays_versions_relayed ON attribution_relays_versions (relayed_id);
CREATE TRIGGER attribution_relays_version_insert AFTER INSERT ON attribution_relays
BEGIN
  INSERT INTO attribution_relays_versions SELECT at, 99999999999999, NEW.attribution_id, NEW.relayed_id FROM
      recording
    WHERE NOT EXISTS (SELECT 1 FROM attribution_relays_versions WHERE attribution_id = NEW.attribution_id AND
        relayed_id = NEW.relayed_id AND valid_to = at);
  UPDATE attribution_relays_versions SET valid_to = 99999999999999 WHERE rowid = (SELECT rowid FROM
      attribution_relays_versions WHERE attribution_id = NEW.attribution_id AND
      relayed_id = NEW.relayed_id AND valid_to = (SELECT at FROM recording) LIMIT 1);
END;
CREATE TRIGGER attribution_relays_version_delete AFTER DELETE ON attribution_relays
BEGIN
  UPDATE attribution_relays_versions SET valid_to = (SELECT at FROM recording) WHERE
      rowid = (SELECT rowid FROM attribution_relays_versions WHERE attribution_id = OLD.attribution_id AND
      relayed_id = OLD.relayed_id AND valid_to = 99999999999999 LIMIT 1);
  DELETE FROM attribution_relays_versions WHERE attribution_id = OLD.attribution_id AND
      relayed_id = OLD.relayed_id AND valid_from = valid_to;
END;
INSERT INTO attribution_relays_versions SELECT (SELECT since FROM recording), 99999999999999, attribution_id,
    relayed_id FROM attribution_relays;

CREATE TABLE relations_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  from_id TEXT NOT NULL,
  type TEXT NOT NULL,
  to_id TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX relations_versions_from ON relations_versions (from_id, id, valid_from);
CREATE INDEX relations_versions_to ON relations_versions (to_id, id, valid_from);
CREATE INDEX relations_versions_created ON relations_versions (created_at, id, valid_from);
CREATE INDEX relations_versions_updated ON relations_versions (updated_at, id, valid_from);
CREATE TRIGGER relations_version_insert AFTER INSERT ON relations
BEGIN
  INSERT INTO relations_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.from_id, NEW.type, NEW.to_id, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        from_id = excluded.from_id, type = excluded.type, to_id = excluded.to_id, doc = excluded.doc;
END;
CREATE TRIGGER relations_version_update AFTER UPDATE ON relations
BEGIN
  UPDATE relations_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO relations_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.from_id, NEW.type, NEW.to_id, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        from_id = excluded.from_id, type = excluded.type, to_id = excluded.to_id, doc = excluded.doc;
END;
CREATE TRIGGER relations_version_delete AFTER DELETE ON relations
BEGIN
  DELETE FROM relations_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE relations_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO relations_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, from_id, type, to_id, doc FROM relations;

CREATE TABLE assessments_versions (
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  credibility INTEGER,
  likelihood TEXT,
  confidence TEXT,
  assessor TEXT,
  assessed_at TEXT,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT;
CREATE INDEX assessments_versions_claim ON assessments_versions (claim_id, id, valid_from);
CREATE INDEX assessments_versions_assessed ON assessments_versions (assessed_at, id, valid_from);
CREATE INDEX assessments_versions_created ON assessments_versions (created_at, id, valid_from);
CREATE INDEX assessments_versions_updated ON assessments_versions (updated_at, id, valid_from);
CREATE TRIGGER assessments_version_insert AFTER INSERT ON assessments
BEGIN
  INSERT INTO assessments_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.claim_id, NEW.credibility, NEW.likelihood, NEW.confidence, NEW.assessor,
      NEW.assessed_at, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, credibility = excluded.credibility, likelihood = excluded.likelihood,
        confidence = excluded.confidence, assessor = excluded.assessor, assessed_at = excluded.assessed_at,
        doc = excluded.doc;
END;
CREATE TRIGGER assessments_version_update AFTER UPDATE ON assessments
BEGIN
  UPDATE assessments_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999 AND valid_from < (SELECT at FROM recording);
  INSERT INTO assessments_versions SELECT at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.claim_id, NEW.credibility, NEW.likelihood, NEW.confidence, NEW.assessor,
      NEW.assessed_at, NEW.doc FROM recording WHERE true
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, credibility = excluded.credibility, likelihood = excluded.likelihood,
        confidence = excluded.confidence, assessor = excluded.assessor, assessed_at = excluded.assessed_at,
        doc = excluded.doc;
END;
CREATE TRIGGER assessments_version_delete AFTER DELETE ON assessments
BEGIN
  DELETE FROM assessments_versions WHERE id = OLD.id AND valid_from = (SELECT at FROM recording);
  UPDATE assessments_versions SET valid_to = (SELECT at FROM recording) WHERE id = OLD.id AND
      valid_to = 99999999999999;
END;
INSERT INTO assessments_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, claim_id, credibility, likelihood, confidence, assessor, assessed_at, doc FROM
    assessments;
