import type { Reference, Shape } from './columns.js';

/**
 * Triggers of PostgreSQL in place of the foreign keys of a table of links between rows of another one. A foreign key is checked
 * for each link, which takes longer than to store them; these look up all links of an owner together.
 *
 * An owner is stored before its links, which hold from the same instant as its row does; what links lead to may be stored
 * later, and is looked up at the end of the transaction.
 */
export function linkTriggers(links: string, { linksOf: owner, references = {} }: Shape): string[] {
  if (!owner) return [];
  const linked = Object.keys(references).filter((column) => column !== owner);
  const [objects, other] = [...new Set(Object.values(references).map(targetOf))];
  if (!objects || other) throw new Error(`${links} has links between rows of several tables`);

  // A look-up for each row: a join is planned for as many rows as the tables had when the connection was new.
  const isMissing = (id: string, more = '') =>
    `(SELECT true FROM ${objects} o WHERE o.id = ${id}${more}) IS NULL`;
  const leadsNowhere = linked.map((column) => isMissing(`link.${column}`)).join(' OR ');
  const isLinked = [owner, ...linked].map(
    (column) => `EXISTS (SELECT FROM ${links} WHERE ${column} = OLD.id)`,
  );
  return [
    `
CREATE FUNCTION ${links}_owned() ${BEGIN}
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT ${owner}, valid_from FROM new_rows) link
    WHERE ${isMissing(`link.${owner}`, ' AND o.valid_from = link.valid_from')}
  ) THEN
    ${raise(`rows of ${links} are written with the row of ${objects} that they belong to`)}
  END IF;
  ${END}
CREATE TRIGGER ${links}_owned_at_insert AFTER INSERT ON ${links} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ${links}_owned();
CREATE TRIGGER ${links}_owned_at_update AFTER UPDATE ON ${links} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ${links}_owned();`,
    `CREATE FUNCTION ${links}_follow() ${BEGIN}
  DELETE FROM ${links} WHERE ${owner} = ANY (ARRAY(SELECT id FROM old_rows));
  ${END}
CREATE TRIGGER ${links}_follow AFTER DELETE ON ${objects} REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION ${links}_follow();`,
    `CREATE FUNCTION ${links}_lead() ${BEGIN}
  IF TG_OP <> 'DELETE' THEN
    IF EXISTS (SELECT FROM ${links} link WHERE link.${owner} = NEW.id AND (${leadsNowhere})) THEN
      ${raise(`a row of ${links} leads to no row of ${objects}`)}
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    IF ${isMissing('OLD.id')} AND (${isLinked.join(' OR ')}) THEN
      ${raise(`a row of ${links} leads to a row of ${objects} that is gone`)}
    END IF;
  END IF;
  ${END}
CREATE CONSTRAINT TRIGGER ${links}_lead AFTER INSERT OR UPDATE OR DELETE ON ${objects} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${links}_lead();`,
  ];
}

const BEGIN = 'RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN';
const END = 'RETURN NULL;\nEND;\n$$;';

const raise = (message: string) => `RAISE EXCEPTION '${message}' USING ERRCODE = 'foreign_key_violation';`;

const targetOf = (reference: string | Reference): string =>
  typeof reference === 'string' ? reference : reference.to;
