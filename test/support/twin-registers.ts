import { expect } from 'vitest';
import { tableOf } from '../../src/db/schema/object-tables.js';
import { groupBy } from '../../src/lib/collections.js';
import { resourceNames } from '../../src/lib/ids.js';
import { type TestApp, testApp } from './app.js';
import { each, type Operation } from './batch.js';
import { currentRegister } from './current-register.js';

/** The same operations on two registers: on one of them each is followed by one that fails, so that none is done together with another. */

/** What became of an operation. */
export interface Item {
  status: number;
  version: number | null;
  possible_duplicates?: { object: { key: string } }[];
}

interface Twin {
  t: TestApp;
  headers: Record<string, string>;
  /** The operations that stand for one. */
  each: number;
}

export async function twinRegisters() {
  const twins = await Promise.all(
    [1, 2].map(async (each): Promise<Twin> => {
      const t = await testApp();
      const key = await t.newKey(['read', 'write', 'review', 'admin']);
      return { t, headers: { authorization: `Bearer ${key}` }, each };
    }),
  );
  return {
    /** Sends operations to both at an instant; gives what became of them, which is the same on both. */
    async send(operations: readonly Operation[], instant: string, options: object = {}): Promise<Item[]> {
      const answers: { items: Item[]; texts: string[] }[] = [];
      for (const twin of twins) answers.push(await answerOf(twin, operations, instant, options));
      const [one, other] = answers;
      expect(one!.texts, JSON.stringify(operations)).toEqual(other!.texts);
      return one!.items;
    },
    /** Both hold the same, and recorded it in the same order. */
    async expectSame(): Promise<void> {
      const [one, other] = await Promise.all(twins.map(({ t }) => allOf(t)));
      expect(one).toEqual(other);
    },
  };
}

const FAILING: Operation = { method: 'DELETE', type: 'predicate', id: 'no-such', if_match: '*' };

/** What a register answers operations, with the numbers of these as they are without those that fail. */
async function answerOf(
  { t, headers, each: n }: Twin,
  operations: readonly Operation[],
  instant: string,
  options: object,
) {
  t.setClock(instant);
  const sent = operations.flatMap((own) => (n === 1 ? [own] : [own, FAILING]));
  const { status, json, text } = await t.send(
    'POST',
    '/v1/batch',
    { operations: sent, ...each, ...options },
    headers,
  );
  expect([200, 207], text).toContain(status);
  const items = (
    json.items as (Item & { problem?: { code: string; errors: object[]; detail: string } })[]
  ).filter((_, i) => i % n === 0);
  const told = items.map(({ status, version, problem }) =>
    JSON.stringify({ status, version, errors: problem && faultsIn(problem), detail: problem?.detail }),
  );
  const named = told.some((one) => one.search(ID) >= 0) ? await withKeys(t) : String;
  const texts = told.map((one) =>
    named(one).replace(
      /(\/operations\/|operation )(\d+)/g,
      (_, before, number) => `${before}${Number(number) / n}`,
    ),
  );
  return { items, texts };
}

/** Of an object in use those with the first ids are named: which these are nobody can rely on. */
const faultsIn = ({ code, errors }: { code: string; errors: object[] }) =>
  code === 'in_use' ? errors.length : errors;

/** All that a register holds, and what each version is of and which parties it concerns, in their order. */
async function allOf(t: TestApp): Promise<{ register: string[]; versions: string[] }> {
  const named = await withKeys(t);
  const lines = (await currentRegister(t)).map((line) =>
    named(line.replace(/"(created_at|recorded_at)":"[^"]*"/g, '')),
  );
  const concerned = await t.store.read((tx) => tx.db.select().from(tx.tables.history_subjects));
  const bySeq = groupBy(concerned, ({ seq }) => seq);
  const { text } = await t.send('GET', '/v1/changes.ndjson');
  const versions = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { seq, type, id, version, operation, reason } = JSON.parse(line);
      const parties = (bySeq.get(seq) ?? []).map(({ party_id }) => named(party_id));
      return named(`${operation} ${type} ${id} ${version} ${reason} ${parties.sort()}`);
    });
  return { register: lines.sort(), versions };
}

const ID = /\w+_[0-9a-z]{26}/g;

/** Text of a register with keys in the place of ids, which differ between the two. */
async function withKeys(t: TestApp): Promise<(text: string) => string> {
  const keys = new Map<string, string>();
  const lists = resourceNames.map((noun) => t.send('GET', `/v1/${tableOf[noun]}.ndjson`));
  const changes = await t.send('GET', '/v1/changes.ndjson');
  for (const { text } of [...(await Promise.all(lists)), changes]) {
    for (const [, id, key] of text.matchAll(/"id":"(\w+_[0-9a-z]{26})","key":"([^"]*)"/g))
      keys.set(id!, key!);
  }
  return (text) => text.replace(ID, (id) => keys.get(id) ?? id.slice(0, id.indexOf('_')));
}
