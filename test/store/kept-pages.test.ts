import { describe, expect, it, vi } from 'vitest';
import { stateOf } from '../../src/db/query/snapshot.js';
import { PageCache } from '../../src/pages/frame/page-cache.service.js';
import { testApp } from '../support/app.js';
import { until } from '../support/until.js';

/** Two claims that compete, another one, and a party that they name. */
const pages = [
  '/claims/ttp-strength-10000',
  '/claims/ttp-strength-4000-to-6000',
  '/claims/ttp-has-us-weapons',
  '/parties/ttp',
];

const [strength, rival] = ['ttp-strength-10000', 'ttp-strength-4000-to-6000'];

// How states of a register are told apart on each engine: `page-cache.test.ts`.
describe('pages that are kept', async () => {
  const t = await testApp({ register: 'sample' });

  const shown = async () => {
    const texts: string[] = [];
    for (const page of pages) {
      const { status, text } = await t.send('GET', page);
      expect(status, page).toBe(200);
      texts.push(text);
    }
    return texts;
  };
  const madeAnew = async () => {
    const spy = vi.spyOn(PageCache.prototype, 'page');
    spy.mockImplementation((store, _address, render) => render(store));
    const texts = await shown();
    spy.mockRestore();
    return texts;
  };
  const authorization = `Bearer ${await t.newKey(['read', 'write', 'review'])}`;
  const send = async (method: string, url: string, body?: object) => {
    const headers = {
      authorization,
      ...(url.endsWith('/merges') || method !== 'POST' ? { 'if-match': '*' } : {}),
    };
    const { status, json, text } = await t.send(method, url, body, headers);
    expect(status, `${method} ${url} ${text}`).toBeLessThan(300);
    return json;
  };
  /** Standings of other claims are worked off later. */
  const settled = () => until(async () => (await t.store.read(stateOf)) !== null);

  it('are those that would be made anew, after a write of each kind of object that they show', async () => {
    const { attributions } = await send('GET', `/v1/claims/${rival}`);
    const said = attributions[0] as { id: string; party: { key: string }; source: { key: string } };
    const other = { subject: 'ttp', predicate: 'fighter-strength', kind: 'fact' };
    const figure = (value: number, key: string) => ({
      ...{ ...other, key, text: `The TTP has ${value} fighters.` },
      value: { type: 'quantity', value: String(value) },
      attributions: [{ party: 'taliban', stance: 'asserts', said: '2024-02' }],
    });
    let last = '';
    const post = async (url: string, body: object) => {
      last = `${url}/${(await send('POST', url, body)).id}`;
    };
    const merge = (url: string, into: string) => post(`${url}/merges`, { into, reason: 'one and the same' });
    const writes: Record<string, () => Promise<unknown>> = {
      'a party elsewhere': () => post('/v1/parties', { key: 'somebody', kind: 'other', name: 'Somebody' }),
      'who says it': () => send('PATCH', `/v1/parties/${said.party.key}`, { name: 'A name just given' }),
      'another voice': () => post('/v1/attributions', { claim: rival, party: 'somebody', stance: 'asserts' }),
      'what a speaker is part of': () => send('PATCH', '/v1/parties/somebody', { part_of: said.party.key }),
      'the title of a source': () =>
        send('PATCH', `/v1/sources/${said.source.key}`, { title: 'Another title' }),
      'the date of a source': () =>
        send('PATCH', `/v1/sources/${said.source.key}`, { published: '2023-01-02' }),
      'a predicate that allows several values': () =>
        send('PATCH', '/v1/predicates/fighter-strength', { functional: false }),
      'a predicate that allows one': () =>
        send('PATCH', '/v1/predicates/fighter-strength', { functional: true, label: 'A label' }),
      'a denial': () => post('/v1/attributions', { claim: rival, party: 'taliban', stance: 'denies' }),
      'a denial that is dated': () => send('PATCH', last, { said: '2024-05-01' }),
      'a denial that is removed': () => send('DELETE', last),
      'a source that is withdrawn': () =>
        post('/v1/attributions', {
          about_source: said.source.key,
          party: said.party.key,
          stance: 'retracts',
        }),
      'a source that is not withdrawn': () => send('DELETE', last),
      'a figure': () => send('POST', '/v1/claims', figure(3_000, 'figure')),
      'words of another claim': () =>
        send('PATCH', '/v1/claims/figure', { text: 'Three thousand fighters.' }),
      'a relation': () =>
        post('/v1/relations', { from: 'figure', type: 'updates', to: rival, note: 'A note' }),
      'a relation that is removed': () => send('DELETE', last),
      'an assessment': () =>
        post('/v1/assessments', { claim: strength, verdict: 'Likely', confidence: 'high' }),
      'an assessment that is changed': () => send('PATCH', last, { confidence: 'low' }),
      'an assessment that is removed': () => send('DELETE', last),
      'a claim that is merged': () => merge('/v1/claims/figure', rival),
      'a merge that is undone': () => send('DELETE', last),
      'a figure that is removed': () => send('DELETE', '/v1/claims/figure'),
      'a party that is merged': () => merge('/v1/parties/isil-k', 'ttp'),
    };
    await settled();
    let before = await shown();
    const withoutEffect: string[] = [];
    for (const [what, write] of Object.entries(writes)) {
      await write();
      await settled();
      const now = await shown();
      expect(now, what).toEqual(await madeAnew());
      if (now.join() === before.join()) withoutEffect.push(what);
      before = now;
    }
    expect(withoutEffect).toEqual(['a party elsewhere']);
  });
});
