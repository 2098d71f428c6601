import { expect, it } from 'vitest';
import type { ResourceName } from '../../src/lib/ids.js';
import { fieldsOf } from '../../src/search/words/fields.js';
import { wordsOf } from '../../src/search/words/split.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { seeded } from '../support/random.js';
import { Traffic } from '../support/traffic.js';

/**
 * What lists find by words, against a search through all objects, after random writes: now and at instants of before.
 */

const nouns: Record<string, ResourceName> = {
  claims: 'claim',
  attributions: 'attribution',
  sources: 'source',
  parties: 'party',
  predicates: 'predicate',
};
type Words = string[][];

const t = await testApp({ register: 'sample' });
const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;
const random = seeded(17_017);

/** The words of each text of all objects of a list, by id; those of claims with the texts of their attributions. */
async function wordsByObject(plural: string): Promise<Map<string, Words>> {
  const { text } = await t.send('GET', `/v1/${plural}.ndjson`);
  const objects = text.trim().split('\n').filter(Boolean);
  const split = (noun: ResourceName, object: unknown) =>
    fieldsOf(noun, JSON.stringify(object)).map((field) => wordsOf(field.text));
  return new Map(
    objects.map((line) => {
      const object = JSON.parse(line);
      const said = plural === 'claims' ? object.attributions : [];
      const texts = said.flatMap((attribution: object) => split('attribution', attribution));
      return [object.id, [...split(nouns[plural]!, object), ...texts]];
    }),
  );
}

const holds = (words: Words, phrase: string[], prefix: boolean): boolean =>
  words.some((text) =>
    text.some((_, at) =>
      phrase.every((word, i) => (prefix ? text[at + i]?.startsWith(word) : text[at + i] === word)),
    ),
  );

interface Asked {
  q: string;
  matches: (words: Words) => boolean;
}

/** A search for words of one object, and perhaps without one of another. */
function ask(objects: Words[]): Asked | null {
  if (random.chance(0.3)) {
    const metal = random.pick(['gold', 'silver', 'copper']);
    return { q: metal, matches: (words) => holds(words, [metal], false) };
  }
  const texts = random.pick(objects).filter((text) => text.length > 0);
  if (texts.length === 0) return null;
  const parts: string[] = [];
  const tests: Asked['matches'][] = [];
  for (let i = 0; i <= random.below(3); i++) {
    const text = random.pick(texts);
    const at = random.below(text.length);
    const [word, other] = [text[at]!, random.pick(random.pick(objects).flat()) ?? 'x'];
    const way = random.below(5);
    if (way === 0 && [...word].length > 2) {
      const start = [...word].slice(0, 3).join('');
      parts.push(`${start}*`);
      tests.push((words) => holds(words, [start], true));
    } else if (way === 1) {
      const phrase = text.slice(at, at + 2 + random.below(2));
      parts.push(`"${phrase.join(' ')}"`);
      tests.push((words) => holds(words, phrase, false));
    } else if (way === 2) {
      // In capitals these are no words.
      const shown = ['or', 'and', 'not'].includes(word) ? word : word.toUpperCase();
      parts.push(`${shown} OR ${other}`);
      tests.push((words) => holds(words, [word], false) || holds(words, [other], false));
    } else if (way === 3 && i > 0) {
      parts.push(`-${other}`);
      tests.push((words) => !holds(words, [other], false));
    } else {
      parts.push(word);
      tests.push((words) => holds(words, [word], false));
    }
  }
  return { q: parts.join(' '), matches: (words) => tests.every((test) => test(words)) };
}

async function found(plural: string, query: Record<string, string>): Promise<string[] | null> {
  const answer = await t.send('GET', `/v1/${plural}.ndjson?${new URLSearchParams(query)}`);
  // A word of the sample may be one that stands for more than a prefix may.
  if (answer.status === 400 && /more than 100 words/.test(answer.text)) return null;
  expect(answer.status, answer.text).toBe(200);
  const lines = answer.text.trim().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line).id).sort();
}

/** What the search finds among one type. */
async function searched(type: string, query: Record<string, string>): Promise<string[]> {
  const url = `/v1/search?${new URLSearchParams({ ...query, type, limit: '200' })}`;
  const { total, items } = (await t.send('GET', url)).json;
  expect(items.length, url).toBe(Math.min(total, 200));
  return items.map(({ object }: { object: { id: string } }) => object.id).sort();
}

/** Adds quotes to some claims, and takes others away. */
async function changeQuotes(): Promise<void> {
  const { items } = (await t.send('GET', '/v1/claims?limit=200&include=attributions')).json;
  const headers = { authorization, 'if-match': '*' };
  for (const claim of random.some<{ id: string; attributions: { id: string }[] }>(items, 12, 12)) {
    const quote = { exact: `Words of ${random.pick(['gold', 'silver', 'copper'])}.` };
    const body = { party: 'ttp', stance: 'asserts', quote };
    const made = await t.send('POST', `/v1/claims/${claim.id}/attributions`, body, headers);
    expect(made.status, made.text).toBe(201);
    const [first] = claim.attributions;
    if (first) await t.send('DELETE', `/v1/attributions/${first.id}`, undefined, headers);
  }
}

it('lists by words find what a search through all objects finds, also at earlier instants', async () => {
  const traffic = new Traffic(random);
  const before: { plural: string; query: Record<string, string>; ids: string[] }[] = [];
  let hits = 0;
  const rounds = effort(3, 6);
  for (let round = 0; round < rounds; round++) {
    const as_of = new Date(Date.parse('2026-03-01T00:00:00.000Z') + round * 1_000).toISOString();
    t.setClock(as_of);
    for (let i = 0; i < effort(20, 40); i++) {
      const sent = traffic.next();
      traffic.learn(sent, await t.send(sent.method, sent.url, sent.body, { ...sent.headers, authorization }));
    }
    await changeQuotes();
    for (const plural of Object.keys(nouns)) {
      const objects = await wordsByObject(plural);
      for (let i = 0; i < effort(6, 20); i++) {
        const asked = ask([...objects.values()]);
        if (!asked) continue;
        const ids = [...objects].flatMap(([id, words]) => (asked.matches(words) ? [id] : [])).sort();
        const answer = await found(plural, { q: asked.q });
        if (answer === null) continue;
        expect([plural, asked.q, answer]).toEqual([plural, asked.q, ids]);
        const type = nouns[plural]!;
        if (type !== 'attribution')
          expect([asked.q, await searched(type, { q: asked.q })]).toEqual([asked.q, ids]);
        if (type === 'claim') {
          const facts = await found(plural, { q: asked.q, kind: 'fact' });
          expect([asked.q, await searched(type, { q: asked.q, kind: 'fact' })]).toEqual([asked.q, facts]);
        }
        hits += ids.length;
        before.push({ plural, query: { q: asked.q, as_of }, ids });
      }
    }
  }
  expect(hits).toBeGreaterThan(rounds * 20);
  // What each instant showed, when all of them are past.
  for (const { plural, query, ids } of random.some(before, 30, 30)) {
    expect([plural, query, await found(plural, query)]).toEqual([plural, query, ids]);
    const type = nouns[plural]!;
    if (type !== 'attribution') expect([query, await searched(type, query)]).toEqual([query, ids]);
  }
});
