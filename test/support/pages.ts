import { expect } from 'vitest';
import type { Answer, TestApp } from './app.js';

export type Direction = 'next' | 'prev';

/** The pages of a list of objects from `url` on, one by one, until no cursor leads further; no object stands in two. */
export async function* pages(t: TestApp, url: string, direction: Direction = 'next'): AsyncGenerator<Answer> {
  const [path] = url.split('?', 1);
  const limit = new URLSearchParams(url.slice(path!.length + 1)).get('limit');
  const seen = new Set<string>();
  const known = new Set<string>();
  for (let at: string | null = url; at !== null; ) {
    expect(seen.has(at), 'a cursor leads back to where it came from').toBe(false);
    seen.add(at);
    const answer = await t.send('GET', at);
    expect(answer.status, answer.text).toBe(200);
    const ids: string[] = answer.json.items.map(({ id }: { id: string }) => id);
    expect(ids.filter((id) => known.has(id))).toEqual([]);
    for (const id of ids) known.add(id);
    yield answer;
    const cursor: string | null = answer.json[`${direction}_cursor`];
    at = cursor && `${path}?${limit === null ? '' : `limit=${limit}&`}cursor=${cursor}`;
  }
}

/** The ids of all items of a list, page by page. */
export async function allIds(t: TestApp, url: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { json } of pages(t, url)) ids.push(...json.items.map((item: { id: string }) => item.id));
  return ids;
}

/** Sends a query that must be refused for just these faults, each as `parameter code`. */
export async function refusedQuery(t: TestApp, url: string, ...expected: string[]): Promise<Answer> {
  const answer = await t.send('GET', url);
  expect(answer.status, answer.text.slice(0, 1_000)).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.json.code).toBe('invalid_query');
  const faults = answer.json.errors.map(
    ({ parameter, code }: Record<string, string>) => `${parameter} ${code}`,
  );
  expect(faults, url.slice(0, 200)).toEqual(expected);
  return answer;
}
