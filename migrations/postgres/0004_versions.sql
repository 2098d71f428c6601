-- Every version of every row that reads touch, so that the register can be read as it was at any instant.
-- Twin of `migrations/sqlite/0004_versions.sql`; see there. The views X_as_of show X as it was at the instant
-- in the setting `attested.as_of`, in milliseconds since 1970 (and as text in `attested.as_of_text`).

CREATE TABLE recording (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at BIGINT NOT NULL,
  since BIGINT NOT NULL
);
INSERT INTO recording SELECT 1, at, at FROM (
  SELECT coalesce(max((extract(epoch FROM recorded_at::timestamptz) * 1000)::bigint), 0) AS at FROM history
) newest;

CREATE INDEX history_recorded ON history (recorded_at);

CREATE TABLE slugs_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX slugs_versions_key ON slugs_versions (noun, key, valid_from, valid_to);
CREATE FUNCTION keep_slugs_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE slugs_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM slugs_versions WHERE
        noun = OLD.noun AND key = OLD.key AND id = OLD.id AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM slugs_versions WHERE noun = OLD.noun AND key = OLD.key AND id = OLD.id AND
        valid_from = valid_to;
  ELSE
    UPDATE slugs_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM slugs_versions WHERE
        noun = NEW.noun AND key = NEW.key AND id = NEW.id AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO slugs_versions VALUES (now_at, 99999999999999, NEW.noun, NEW.key, NEW.id);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER slugs_version AFTER INSERT OR DELETE ON slugs
  FOR EACH ROW EXECUTE FUNCTION keep_slugs_version();
INSERT INTO slugs_versions SELECT (SELECT since FROM recording), 99999999999999, noun, key, id FROM slugs;
CREATE VIEW slugs_as_of AS SELECT v.noun, v.key, v.id
  FROM slugs_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE parties_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  part_of_id TEXT COLLATE "C",
  independent_voice BOOLEAN NOT NULL,
  country TEXT COLLATE "C",
  unnamed BOOLEAN NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX parties_versions_kind ON parties_versions (kind, id, valid_from);
CREATE INDEX parties_versions_name ON parties_versions (name, id, valid_from);
CREATE INDEX parties_versions_part_of ON parties_versions (part_of_id, id, valid_from) WHERE part_of_id IS NOT NULL;
CREATE INDEX parties_versions_country ON parties_versions (country, id, valid_from) WHERE country IS NOT NULL;
CREATE INDEX parties_versions_created ON parties_versions (created_at, id, valid_from);
CREATE INDEX parties_versions_updated ON parties_versions (updated_at, id, valid_from);
CREATE FUNCTION keep_parties_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM parties_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE parties_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE parties_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO parties_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.part_of_id, NEW.independent_voice, NEW.country, NEW.unnamed, NEW.name,
      NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        kind = excluded.kind, part_of_id = excluded.part_of_id,
        independent_voice = excluded.independent_voice, country = excluded.country,
        unnamed = excluded.unnamed, name = excluded.name, doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER parties_version AFTER INSERT OR DELETE ON parties
  FOR EACH ROW EXECUTE FUNCTION keep_parties_version();
CREATE TRIGGER parties_version_update AFTER UPDATE ON parties
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_parties_version();
INSERT INTO parties_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, kind, part_of_id, independent_voice, country, unnamed, name, doc FROM parties;
CREATE VIEW parties_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc, v.kind,
    v.name, v.part_of_id, v.independent_voice, v.country, v.unnamed
  FROM parties_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE party_names_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  folded TEXT COLLATE "C" NOT NULL
);
CREATE INDEX party_names_versions_party ON party_names_versions (party_id);
CREATE INDEX party_names_versions_folded ON party_names_versions USING hash (folded);
CREATE FUNCTION keep_party_names_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE party_names_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        party_names_versions WHERE party_id = OLD.party_id AND folded = OLD.folded AND
        valid_to = 99999999999999 LIMIT 1);
    DELETE FROM party_names_versions WHERE party_id = OLD.party_id AND folded = OLD.folded AND
        valid_from = valid_to;
  ELSE
    UPDATE party_names_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        party_names_versions WHERE party_id = NEW.party_id AND folded = NEW.folded AND
        valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO party_names_versions VALUES (now_at, 99999999999999, NEW.party_id, NEW.folded);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER party_names_version AFTER INSERT OR DELETE ON party_names
  FOR EACH ROW EXECUTE FUNCTION keep_party_names_version();
INSERT INTO party_names_versions SELECT (SELECT since FROM recording), 99999999999999, party_id, folded FROM
    party_names;
CREATE VIEW party_names_as_of AS SELECT v.party_id, v.folded
  FROM party_names_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE identifiers_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  noun TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  scheme TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL
);
CREATE INDEX identifiers_versions_object ON identifiers_versions (object_id);
CREATE INDEX identifiers_versions_value ON identifiers_versions (noun, scheme, value, object_id, valid_from, valid_to);
CREATE FUNCTION keep_identifiers_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE identifiers_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        identifiers_versions WHERE noun = OLD.noun AND object_id = OLD.object_id AND scheme = OLD.scheme AND
        value = OLD.value AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM identifiers_versions WHERE noun = OLD.noun AND object_id = OLD.object_id AND
        scheme = OLD.scheme AND value = OLD.value AND valid_from = valid_to;
  ELSE
    UPDATE identifiers_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        identifiers_versions WHERE noun = NEW.noun AND object_id = NEW.object_id AND scheme = NEW.scheme AND
        value = NEW.value AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO identifiers_versions VALUES (now_at, 99999999999999, NEW.noun, NEW.object_id, NEW.scheme,
          NEW.value);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER identifiers_version AFTER INSERT OR DELETE ON identifiers
  FOR EACH ROW EXECUTE FUNCTION keep_identifiers_version();
INSERT INTO identifiers_versions SELECT (SELECT since FROM recording), 99999999999999, noun, object_id,
    scheme, value FROM identifiers;
CREATE VIEW identifiers_as_of AS SELECT v.noun, v.object_id, v.scheme, v.value
  FROM identifiers_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE sources_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  publisher_id TEXT COLLATE "C",
  part_of_id TEXT COLLATE "C",
  published_from INTEGER,
  published_to INTEGER,
  language TEXT COLLATE "C",
  reliability TEXT COLLATE "C",
  title TEXT COLLATE "C" NOT NULL,
  folded_title TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX sources_versions_type ON sources_versions (type, id, valid_from);
CREATE INDEX sources_versions_publisher ON sources_versions (publisher_id, id, valid_from) WHERE publisher_id IS NOT NULL;
CREATE INDEX sources_versions_part_of ON sources_versions (part_of_id, id, valid_from) WHERE part_of_id IS NOT NULL;
CREATE INDEX sources_versions_published ON sources_versions (published_from, id, valid_from);
CREATE INDEX sources_versions_created ON sources_versions (created_at, id, valid_from);
CREATE INDEX sources_versions_updated ON sources_versions (updated_at, id, valid_from);
CREATE FUNCTION keep_sources_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM sources_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE sources_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE sources_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO sources_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.type, NEW.publisher_id, NEW.part_of_id, NEW.published_from, NEW.published_to,
      NEW.language, NEW.reliability, NEW.title, NEW.folded_title, NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        type = excluded.type, publisher_id = excluded.publisher_id, part_of_id = excluded.part_of_id,
        published_from = excluded.published_from, published_to = excluded.published_to,
        language = excluded.language, reliability = excluded.reliability, title = excluded.title,
        folded_title = excluded.folded_title, doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER sources_version AFTER INSERT OR DELETE ON sources
  FOR EACH ROW EXECUTE FUNCTION keep_sources_version();
CREATE TRIGGER sources_version_update AFTER UPDATE ON sources
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_sources_version();
INSERT INTO sources_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, type, publisher_id, part_of_id, published_from, published_to, language,
    reliability, title, folded_title, doc FROM sources;
CREATE VIEW sources_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc, v.type,
    v.title, v.folded_title, v.publisher_id, v.part_of_id, v.published_from, v.published_to, v.language,
    v.reliability
  FROM sources_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE source_urls_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C" NOT NULL
);
CREATE INDEX source_urls_versions_source ON source_urls_versions (source_id);
CREATE INDEX source_urls_versions_url ON source_urls_versions USING hash (url);
CREATE FUNCTION keep_source_urls_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE source_urls_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        source_urls_versions WHERE source_id = OLD.source_id AND url = OLD.url AND
        valid_to = 99999999999999 LIMIT 1);
    DELETE FROM source_urls_versions WHERE source_id = OLD.source_id AND url = OLD.url AND
        valid_from = valid_to;
  ELSE
    UPDATE source_urls_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        source_urls_versions WHERE source_id = NEW.source_id AND url = NEW.url AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO source_urls_versions VALUES (now_at, 99999999999999, NEW.source_id, NEW.url);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER source_urls_version AFTER INSERT OR DELETE ON source_urls
  FOR EACH ROW EXECUTE FUNCTION keep_source_urls_version();
INSERT INTO source_urls_versions SELECT (SELECT since FROM recording), 99999999999999, source_id, url FROM
    source_urls;
CREATE VIEW source_urls_as_of AS SELECT v.source_id, v.url
  FROM source_urls_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE source_authors_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX source_authors_versions_source ON source_authors_versions (source_id);
CREATE INDEX source_authors_versions_party ON source_authors_versions (party_id, source_id, valid_from, valid_to);
CREATE FUNCTION keep_source_authors_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE source_authors_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        source_authors_versions WHERE source_id = OLD.source_id AND party_id = OLD.party_id AND
        valid_to = 99999999999999 LIMIT 1);
    DELETE FROM source_authors_versions WHERE source_id = OLD.source_id AND party_id = OLD.party_id AND
        valid_from = valid_to;
  ELSE
    UPDATE source_authors_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        source_authors_versions WHERE source_id = NEW.source_id AND party_id = NEW.party_id AND
        valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO source_authors_versions VALUES (now_at, 99999999999999, NEW.source_id, NEW.party_id);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER source_authors_version AFTER INSERT OR DELETE ON source_authors
  FOR EACH ROW EXECUTE FUNCTION keep_source_authors_version();
INSERT INTO source_authors_versions SELECT (SELECT since FROM recording), 99999999999999, source_id,
    party_id FROM source_authors;
CREATE VIEW source_authors_as_of AS SELECT v.source_id, v.party_id
  FROM source_authors_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE source_derivations_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  derived_from_id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX source_derivations_versions_source ON source_derivations_versions (source_id);
CREATE INDEX source_derivations_versions_from ON source_derivations_versions (derived_from_id, source_id, valid_from, valid_to);
CREATE FUNCTION keep_source_derivations_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE source_derivations_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        source_derivations_versions WHERE source_id = OLD.source_id AND
        derived_from_id = OLD.derived_from_id AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM source_derivations_versions WHERE source_id = OLD.source_id AND
        derived_from_id = OLD.derived_from_id AND valid_from = valid_to;
  ELSE
    UPDATE source_derivations_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        source_derivations_versions WHERE source_id = NEW.source_id AND
        derived_from_id = NEW.derived_from_id AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO source_derivations_versions VALUES (now_at, 99999999999999, NEW.source_id,
          NEW.derived_from_id);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER source_derivations_version AFTER INSERT OR DELETE ON source_derivations
  FOR EACH ROW EXECUTE FUNCTION keep_source_derivations_version();
INSERT INTO source_derivations_versions SELECT (SELECT since FROM recording), 99999999999999, source_id,
    derived_from_id FROM source_derivations;
CREATE VIEW source_derivations_as_of AS SELECT v.source_id, v.derived_from_id
  FROM source_derivations_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE predicates_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  value_type TEXT COLLATE "C" NOT NULL,
  functional BOOLEAN NOT NULL,
  measure TEXT COLLATE "C",
  label TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX predicates_versions_created ON predicates_versions (created_at, id, valid_from);
CREATE INDEX predicates_versions_updated ON predicates_versions (updated_at, id, valid_from);
CREATE FUNCTION keep_predicates_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM predicates_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE predicates_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE predicates_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO predicates_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version,
      NEW.created_at, NEW.updated_at, NEW.value_type, NEW.functional, NEW.measure, NEW.label, NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        value_type = excluded.value_type, functional = excluded.functional, measure = excluded.measure,
        label = excluded.label, doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER predicates_version AFTER INSERT OR DELETE ON predicates
  FOR EACH ROW EXECUTE FUNCTION keep_predicates_version();
CREATE TRIGGER predicates_version_update AFTER UPDATE ON predicates
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_predicates_version();
INSERT INTO predicates_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, value_type, functional, measure, label, doc FROM predicates;
CREATE VIEW predicates_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc, v.label,
    v.value_type, v.functional, v.measure
  FROM predicates_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE claims_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
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
  support TEXT COLLATE "C" NOT NULL,
  contested BOOLEAN NOT NULL,
  retracted BOOLEAN NOT NULL,
  min_origins INTEGER NOT NULL,
  unnamed_only BOOLEAN NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  standing TEXT NOT NULL,
  doc TEXT NOT NULL,
  attributions_head TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
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
CREATE FUNCTION keep_claims_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM claims_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE claims_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE claims_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO claims_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version, NEW.created_at,
      NEW.updated_at, NEW.kind, NEW.language, NEW.subject_id, NEW.predicate_id, NEW.value_type,
      NEW.value_party_id, NEW.unit, NEW.currency, NEW.value_key, NEW.value_lower_key, NEW.value_upper_key,
      NEW.occurred_from, NEW.occurred_to, NEW.last_said, NEW.attribution_count, NEW.support, NEW.contested,
      NEW.retracted, NEW.min_origins, NEW.unnamed_only, NEW.text, NEW.standing, NEW.doc,
      NEW.attributions_head)
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
  RETURN NULL;
END;
$$;
CREATE TRIGGER claims_version AFTER INSERT OR DELETE ON claims
  FOR EACH ROW EXECUTE FUNCTION keep_claims_version();
CREATE TRIGGER claims_version_update AFTER UPDATE ON claims
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_claims_version();
INSERT INTO claims_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, kind, language, subject_id, predicate_id, value_type, value_party_id, unit,
    currency, value_key, value_lower_key, value_upper_key, occurred_from, occurred_to, last_said,
    attribution_count, support, contested, retracted, min_origins, unnamed_only, text, standing, doc,
    attributions_head FROM claims;

CREATE TABLE standing_queue_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL,
  position TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (seq, valid_from)
);
CREATE FUNCTION keep_standing_queue_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM standing_queue_versions WHERE seq = OLD.seq AND valid_from = now_at;
    UPDATE standing_queue_versions SET valid_to = now_at WHERE seq = OLD.seq AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE standing_queue_versions SET valid_to = now_at WHERE seq = OLD.seq AND
        valid_to = 99999999999999 AND valid_from < now_at;
  END IF;
  INSERT INTO standing_queue_versions VALUES (now_at, 99999999999999, NEW.seq, NEW.kind, NEW.object_id,
      NEW.position)
    ON CONFLICT (seq, valid_from) DO UPDATE SET valid_to = excluded.valid_to, kind = excluded.kind,
        object_id = excluded.object_id, position = excluded.position;
  RETURN NULL;
END;
$$;
CREATE TRIGGER standing_queue_version AFTER INSERT OR DELETE ON standing_queue
  FOR EACH ROW EXECUTE FUNCTION keep_standing_queue_version();
CREATE TRIGGER standing_queue_version_update AFTER UPDATE ON standing_queue
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_standing_queue_version();
INSERT INTO standing_queue_versions SELECT (SELECT since FROM recording), 99999999999999, seq, kind,
    object_id, position FROM standing_queue;
CREATE VIEW standing_queue_as_of AS SELECT v.seq, v.kind, v.object_id, v.position
  FROM standing_queue_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE claim_participants_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  party_id TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL
);
CREATE INDEX claim_participants_versions_claim ON claim_participants_versions (claim_id);
CREATE INDEX claim_participants_versions_party ON claim_participants_versions (party_id, claim_id, valid_from, valid_to);
CREATE FUNCTION keep_claim_participants_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE claim_participants_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        claim_participants_versions WHERE claim_id = OLD.claim_id AND party_id = OLD.party_id AND
        role = OLD.role AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM claim_participants_versions WHERE claim_id = OLD.claim_id AND party_id = OLD.party_id AND
        role = OLD.role AND valid_from = valid_to;
  ELSE
    UPDATE claim_participants_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        claim_participants_versions WHERE claim_id = NEW.claim_id AND party_id = NEW.party_id AND
        role = NEW.role AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO claim_participants_versions VALUES (now_at, 99999999999999, NEW.claim_id, NEW.party_id,
          NEW.role);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER claim_participants_version AFTER INSERT OR DELETE ON claim_participants
  FOR EACH ROW EXECUTE FUNCTION keep_claim_participants_version();
INSERT INTO claim_participants_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id,
    party_id, role FROM claim_participants;
CREATE VIEW claim_participants_as_of AS SELECT v.claim_id, v.party_id, v.role
  FROM claim_participants_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE claim_places_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  iso_3166 TEXT COLLATE "C",
  folded TEXT COLLATE "C"
);
CREATE INDEX claim_places_versions_claim ON claim_places_versions (claim_id);
CREATE INDEX claim_places_versions_iso ON claim_places_versions (iso_3166, claim_id, valid_from, valid_to);
CREATE INDEX claim_places_versions_folded ON claim_places_versions USING hash (folded);
CREATE FUNCTION keep_claim_places_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE claim_places_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        claim_places_versions WHERE claim_id = OLD.claim_id AND iso_3166 IS NOT DISTINCT FROM
        OLD.iso_3166 AND folded IS NOT DISTINCT FROM OLD.folded AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM claim_places_versions WHERE claim_id = OLD.claim_id AND iso_3166 IS NOT DISTINCT FROM
        OLD.iso_3166 AND folded IS NOT DISTINCT FROM OLD.folded AND valid_from = valid_to;
  ELSE
    UPDATE claim_places_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        claim_places_versions WHERE claim_id = NEW.claim_id AND iso_3166 IS NOT DISTINCT FROM
        NEW.iso_3166 AND folded IS NOT DISTINCT FROM NEW.folded AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO claim_places_versions VALUES (now_at, 99999999999999, NEW.claim_id, NEW.iso_3166,
          NEW.folded);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER claim_places_version AFTER INSERT OR DELETE ON claim_places
  FOR EACH ROW EXECUTE FUNCTION keep_claim_places_version();
INSERT INTO claim_places_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id, iso_3166,
    folded FROM claim_places;
CREATE VIEW claim_places_as_of AS SELECT v.claim_id, v.iso_3166, v.folded
  FROM claim_places_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE claim_topics_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  topic TEXT COLLATE "C" NOT NULL
);
CREATE INDEX claim_topics_versions_key ON claim_topics_versions (claim_id, topic, valid_from, valid_to);
CREATE INDEX claim_topics_versions_topic ON claim_topics_versions (topic, claim_id, valid_from, valid_to);
CREATE FUNCTION keep_claim_topics_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE claim_topics_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        claim_topics_versions WHERE claim_id = OLD.claim_id AND topic = OLD.topic AND
        valid_to = 99999999999999 LIMIT 1);
    DELETE FROM claim_topics_versions WHERE claim_id = OLD.claim_id AND topic = OLD.topic AND
        valid_from = valid_to;
  ELSE
    UPDATE claim_topics_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        claim_topics_versions WHERE claim_id = NEW.claim_id AND topic = NEW.topic AND
        valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO claim_topics_versions VALUES (now_at, 99999999999999, NEW.claim_id, NEW.topic);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER claim_topics_version AFTER INSERT OR DELETE ON claim_topics
  FOR EACH ROW EXECUTE FUNCTION keep_claim_topics_version();
INSERT INTO claim_topics_versions SELECT (SELECT since FROM recording), 99999999999999, claim_id, topic FROM
    claim_topics;
CREATE VIEW claim_topics_as_of AS SELECT v.claim_id, v.topic
  FROM claim_topics_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE attributions_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  claim_id TEXT COLLATE "C",
  about_source_id TEXT COLLATE "C",
  party_id TEXT COLLATE "C" NOT NULL,
  speaker_id TEXT COLLATE "C",
  source_id TEXT COLLATE "C",
  stance TEXT COLLATE "C" NOT NULL,
  manner TEXT COLLATE "C",
  basis TEXT COLLATE "C",
  lineage TEXT COLLATE "C" NOT NULL,
  in_reply_to_id TEXT COLLATE "C",
  said_from INTEGER,
  said_to INTEGER,
  height INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
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
CREATE FUNCTION keep_attributions_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM attributions_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE attributions_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE attributions_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO attributions_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version,
      NEW.created_at, NEW.updated_at, NEW.claim_id, NEW.about_source_id, NEW.party_id, NEW.speaker_id,
      NEW.source_id, NEW.stance, NEW.manner, NEW.basis, NEW.lineage, NEW.in_reply_to_id, NEW.said_from,
      NEW.said_to, NEW.height, NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, about_source_id = excluded.about_source_id,
        party_id = excluded.party_id, speaker_id = excluded.speaker_id, source_id = excluded.source_id,
        stance = excluded.stance, manner = excluded.manner, basis = excluded.basis,
        lineage = excluded.lineage, in_reply_to_id = excluded.in_reply_to_id, said_from = excluded.said_from,
        said_to = excluded.said_to, height = excluded.height, doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER attributions_version AFTER INSERT OR DELETE ON attributions
  FOR EACH ROW EXECUTE FUNCTION keep_attributions_version();
CREATE TRIGGER attributions_version_update AFTER UPDATE ON attributions
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_attributions_version();
INSERT INTO attributions_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, claim_id, about_source_id, party_id, speaker_id, source_id, stance, manner,
    basis, lineage, in_reply_to_id, said_from, said_to, height, doc FROM attributions;
CREATE VIEW attributions_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc,
    v.claim_id, v.about_source_id, v.party_id, v.speaker_id, v.source_id, v.stance, v.manner, v.basis,
    v.lineage, v.in_reply_to_id, v.said_from, v.said_to, v.height
  FROM attributions_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE attribution_relays_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  attribution_id TEXT COLLATE "C" NOT NULL,
  relayed_id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX attribution_relays_versions_key ON attribution_relays_versions (attribution_id, relayed_id, valid_from, valid_to);
CREATE INDEX attribution_relays_versions_relayed ON attribution_relays_versions (relayed_id);
CREATE FUNCTION keep_attribution_relays_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE attribution_relays_versions SET valid_to = now_at WHERE ctid = (SELECT ctid FROM
        attribution_relays_versions WHERE attribution_id = OLD.attribution_id AND
        relayed_id = OLD.relayed_id AND valid_to = 99999999999999 LIMIT 1);
    DELETE FROM attribution_relays_versions WHERE attribution_id = OLD.attribution_id AND
        relayed_id = OLD.relayed_id AND valid_from = valid_to;
  ELSE
    UPDATE attribution_relays_versions SET valid_to = 99999999999999 WHERE ctid = (SELECT ctid FROM
        attribution_relays_versions WHERE attribution_id = NEW.attribution_id AND
        relayed_id = NEW.relayed_id AND valid_to = now_at LIMIT 1);
    IF NOT FOUND THEN
      INSERT INTO attribution_relays_versions VALUES (now_at, 99999999999999, NEW.attribution_id,
          NEW.relayed_id);
    END IF;
  END IF;
  RETURN NULL;
END;
$$;
CREATE TRIGGER attribution_relays_version AFTER INSERT OR DELETE ON attribution_relays
  FOR EACH ROW EXECUTE FUNCTION keep_attribution_relays_version();
INSERT INTO attribution_relays_versions SELECT (SELECT since FROM recording), 99999999999999, attribution_id,
    relayed_id FROM attribution_relays;
CREATE VIEW attribution_relays_as_of AS SELECT v.attribution_id, v.relayed_id
  FROM attribution_relays_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE relations_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  from_id TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  to_id TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX relations_versions_from ON relations_versions (from_id, id, valid_from);
CREATE INDEX relations_versions_to ON relations_versions (to_id, id, valid_from);
CREATE INDEX relations_versions_created ON relations_versions (created_at, id, valid_from);
CREATE INDEX relations_versions_updated ON relations_versions (updated_at, id, valid_from);
CREATE FUNCTION keep_relations_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM relations_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE relations_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE relations_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO relations_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version,
      NEW.created_at, NEW.updated_at, NEW.from_id, NEW.type, NEW.to_id, NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        from_id = excluded.from_id, type = excluded.type, to_id = excluded.to_id, doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER relations_version AFTER INSERT OR DELETE ON relations
  FOR EACH ROW EXECUTE FUNCTION keep_relations_version();
CREATE TRIGGER relations_version_update AFTER UPDATE ON relations
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_relations_version();
INSERT INTO relations_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, from_id, type, to_id, doc FROM relations;
CREATE VIEW relations_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc, v.from_id,
    v.type, v.to_id
  FROM relations_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;

CREATE TABLE assessments_versions (
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  claim_id TEXT COLLATE "C" NOT NULL,
  credibility INTEGER,
  likelihood TEXT COLLATE "C",
  confidence TEXT COLLATE "C",
  assessor TEXT COLLATE "C",
  assessed_at TEXT COLLATE "C",
  doc TEXT NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX assessments_versions_claim ON assessments_versions (claim_id, id, valid_from);
CREATE INDEX assessments_versions_assessed ON assessments_versions (assessed_at, id, valid_from);
CREATE INDEX assessments_versions_created ON assessments_versions (created_at, id, valid_from);
CREATE INDEX assessments_versions_updated ON assessments_versions (updated_at, id, valid_from);
CREATE FUNCTION keep_assessments_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_at BIGINT := (SELECT at FROM recording);
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM assessments_versions WHERE id = OLD.id AND valid_from = now_at;
    UPDATE assessments_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE assessments_versions SET valid_to = now_at WHERE id = OLD.id AND valid_to = 99999999999999 AND
        valid_from < now_at;
  END IF;
  INSERT INTO assessments_versions VALUES (now_at, 99999999999999, NEW.id, NEW.key, NEW.version,
      NEW.created_at, NEW.updated_at, NEW.claim_id, NEW.credibility, NEW.likelihood, NEW.confidence,
      NEW.assessor, NEW.assessed_at, NEW.doc)
    ON CONFLICT (id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, key = excluded.key,
        version = excluded.version, created_at = excluded.created_at, updated_at = excluded.updated_at,
        claim_id = excluded.claim_id, credibility = excluded.credibility, likelihood = excluded.likelihood,
        confidence = excluded.confidence, assessor = excluded.assessor, assessed_at = excluded.assessed_at,
        doc = excluded.doc;
  RETURN NULL;
END;
$$;
CREATE TRIGGER assessments_version AFTER INSERT OR DELETE ON assessments
  FOR EACH ROW EXECUTE FUNCTION keep_assessments_version();
CREATE TRIGGER assessments_version_update AFTER UPDATE ON assessments
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_assessments_version();
INSERT INTO assessments_versions SELECT (SELECT since FROM recording), 99999999999999, id, key, version,
    created_at, updated_at, claim_id, credibility, likelihood, confidence, assessor, assessed_at, doc FROM
    assessments;
CREATE VIEW assessments_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc,
    v.claim_id, v.credibility, v.likelihood, v.confidence, v.assessor, v.assessed_at
  FROM assessments_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;
-- A claim's first ten attributions stand beside it; the next ninety are put together when they are read.
CREATE VIEW claims_as_of AS SELECT v.id, v.key, v.version, v.created_at, v.updated_at, v.doc,
    v.kind, v.text, v.language, v.subject_id, v.predicate_id, v.value_type, v.value_party_id, v.unit,
    v.currency, v.value_key, v.value_lower_key, v.value_upper_key, v.occurred_from, v.occurred_to,
    v.last_said, v.attribution_count, v.attributions_head, CASE WHEN v.attribution_count > 10 THEN (
    SELECT string_agg(rest.doc, ',' ORDER BY rest.height DESC, rest.id) FROM (
      SELECT doc, height, id FROM attributions_as_of WHERE claim_id = v.id ORDER BY height DESC,
          id LIMIT 90 OFFSET 10
    ) rest) END AS attributions_rest, v.support, v.contested, v.retracted, v.min_origins, v.unnamed_only,
        v.standing
  FROM claims_versions v
  WHERE v.valid_from <= current_setting('attested.as_of')::bigint AND
      v.valid_to > current_setting('attested.as_of')::bigint;
CREATE VIEW history_as_of AS SELECT seq, noun, object_id, version, operation, recorded_at, actor,
    on_behalf_of, reason, request_id, doc
  FROM history
  WHERE recorded_at <= current_setting('attested.as_of_text');
