import { afterEach, describe, expect, it } from 'vitest';
import { guardFaults, refuseGuardFaults } from '../../src/db/migrations/guards.js';
import { guardFaultsOf, repairGuards } from '../../src/db/migrations/migrate.js';
import { openStore } from '../../src/db/open.js';
import { engines, openRegister, type TestRegister } from '../support/engines.js';

/** What is missing, altered or added among the guards of a register, by what was done to it. */

const onSqlite: Damage[] = [
  ['DROP TRIGGER history_no_update', 'trigger history_no_update on history is missing'],
  [
    'DROP TRIGGER claims_removed; CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN SELECT 1; END',
    'trigger claims_removed on claims was altered',
  ],
  [
    'CREATE TRIGGER sly AFTER INSERT ON attributions BEGIN SELECT 1; END',
    'trigger sly on attributions is not of this program',
  ],
  ['DROP TABLE history_subjects', 'table history_subjects is missing'],
  ['DROP TABLE idempotency; CREATE TABLE idempotency (actor TEXT)', 'table idempotency was altered'],
];

const onPostgres: Damage[] = [
  ['DROP TRIGGER history_no_change ON history', 'trigger history_no_change on history is missing'],
  [
    'DROP TRIGGER claims_changed ON claims; CREATE TRIGGER claims_changed AFTER UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION keep_past()',
    'trigger claims_changed on claims was altered',
  ],
  [
    'ALTER TABLE history DISABLE TRIGGER history_no_truncate',
    'trigger history_no_truncate on history was altered',
  ],
  [
    'CREATE TRIGGER sly AFTER INSERT ON attributions FOR EACH ROW EXECUTE FUNCTION keep_past()',
    'trigger sly on attributions is not of this program',
  ],
  [
    'DROP TRIGGER attribution_relays_lead ON attributions',
    'trigger attribution_relays_lead on attributions is missing',
  ],
  ['CREATE RULE sly AS ON DELETE TO claims DO INSTEAD NOTHING', 'rule sly on claims is not of this program'],
  [
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    'function refuse_change was altered',
  ],
  ['DROP VIEW relations_as_of', 'view relations_as_of is missing'],
  [
    'CREATE OR REPLACE VIEW claim_topics_as_of AS SELECT claim_id, topic, valid_from FROM claim_topics',
    'view claim_topics_as_of was altered',
  ],
  [
    'ALTER TABLE history DROP CONSTRAINT history_operation_check',
    'constraint history_operation_check on history is missing',
  ],
  [
    'ALTER TABLE relations DROP CONSTRAINT relations_to_id_fkey',
    'constraint relations_to_id_fkey on relations is missing',
  ],
  ['ALTER TABLE api_keys ALTER COLUMN scopes DROP NOT NULL', 'table api_keys was altered'],
];

const functions = [
  'attribution_relays_follow',
  'attribution_relays_lead',
  'attribution_relays_owned',
  'keep_past',
  'refuse_change',
];

/** What an operator may do. */
const HARMLESS = 'DROP INDEX claims_said; CREATE INDEX mine ON claims (kind); CREATE TABLE notes (n INT)';

type Damage = [sql: string, fault: string];

describe.each(engines)('guardFaults on %s', (engine) => {
  let register: TestRegister;
  afterEach(() => register.close());
  const faults = async () => (await register.store.maintain(guardFaultsOf)).sort();

  it('a register has none, with indexes and tables of the operator too', async () => {
    register = await openRegister(engine);
    await register.sql(HARMLESS);
    expect(await faults()).toEqual([]);
  });

  it('every damage is named, however many there are, and a start is refused', async () => {
    const damages = engine === 'sqlite' ? onSqlite : onPostgres;
    const expected = damages.map(([, fault]) => fault).sort();
    register = await openRegister(engine);
    for (const [sql] of damages) await register.sql(sql);
    expect(await faults()).toEqual(expected);
    // Nothing is left of what was made for the comparison.
    expect(await faults()).toEqual(expected);
    if (register.url === null) return;
    const opened = (damaged: boolean) => openStore({ url: register.url!, damaged, onFatal() {} });
    await expect(opened(false)).rejects.toThrow('guards of the register in the database are damaged');
    await (await opened(true)).close();
  });

  it('repairGuards: all but tables are made again, and what is not ours goes', async () => {
    register = await openRegister(engine);
    const repair = async () => (await register.store.maintain(repairGuards)).sort();
    expect(await repair()).toEqual([]);
    const damages = engine === 'sqlite' ? onSqlite : onPostgres;
    const [ofTables, others] = [true, false].map((wanted) =>
      damages.filter(([, fault]) => fault.startsWith('table') === wanted),
    ) as [Damage[], Damage[]];
    for (const [sql] of others) await register.sql(sql);
    expect(await repair()).toEqual(others.map(([, fault]) => fault).sort());
    expect(await faults()).toEqual([]);
    for (const [sql] of ofTables) await register.sql(sql);
    await register.sql(damages[0]![0]);
    const left = await faults();
    await expect(repair()).rejects.toThrow('restore a backup. Nothing was changed.');
    expect(await faults()).toEqual(left);
  });

  it('without any trigger each is named, and with them the functions they need', async () => {
    register = await openRegister(engine);
    if (engine === 'sqlite') {
      const list =
        "SELECT group_concat('DROP TRIGGER ' || name, ';') AS text FROM sqlite_schema WHERE type = 'trigger'";
      await register.sql(`${(await register.sql(list))[0]!.text}; SELECT 1`);
    } else await register.sql(`DROP FUNCTION ${functions.map((name) => `${name}()`).join(', ')} CASCADE`);
    const found = await faults();
    const triggers = found.filter((fault) => /^trigger \w+ on \w+ is missing$/.test(fault));
    const rest = engine === 'sqlite' ? [] : functions.map((name) => `function ${name} is missing`);
    expect(triggers.length).toBeGreaterThan(20);
    expect(found).toEqual([...rest, ...triggers]);
    expect((await register.store.maintain(repairGuards)).sort()).toEqual(found);
    expect(await faults()).toEqual([]);
  });
});

const guard = { type: 'trigger', name: 't', on: 'claims', sql: 'a' };

it('guardFaults: texts that differ are altered', () => {
  expect(guardFaults({ expected: [guard], found: [{ ...guard, sql: 'b' }] })).toEqual([
    'trigger t on claims was altered',
  ]);
});

it('refuseGuardFaults: names ten, counts the rest, and says what to do', () => {
  const faults = Array.from({ length: 12 }, (_, i) => `trigger t${i} is missing`);
  expect(() => refuseGuardFaults([])).not.toThrow();
  expect(() => refuseGuardFaults(faults)).toThrow(
    /: trigger t0 is missing; .*t9 is missing; and 2 more\. Run "attested verify" .* restore a backup/,
  );
});
