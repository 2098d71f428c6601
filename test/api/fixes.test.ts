import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any } from '../support/claims.js';
import { expectRejected } from '../support/expect-rejected.js';
import { oneOfEach } from '../support/one-of-each.js';

/** Mistakes that people made, as they were sent: each is told once, with the fix. */

const t = await testApp();
const { admin } = await oneOfEach(t);
await t.send('PUT', '/v1/parties/lancet', { kind: 'media', name: 'The Lancet' }, admin);
await t.send('PUT', '/v1/predicates/people-injured', { label: 'injured', value_type: 'quantity' }, admin);

type Row = [sent: string, method: string, path: string, body: unknown, place: string | null, told: string];

const claim = (more: object) => ({ text: 'x', ...more });
const party = (more: object) => ({ kind: 'person', name: 'P', ...more });
const said = (more: object) => claim({ attributions: [{ party: 'ttp', stance: 'asserts', ...more }] });
const source = (more: object) => ({ type: 'report', title: 'R', ...more });
const relabelled = {
  method: 'PUT',
  type: 'predicate',
  id: 'people-injured',
  body: { label: 'hurt', value_type: 'quantity' },
};

const rows: Row[] = [
  [
    'a number for a decimal',
    'POST',
    'claims',
    claim({ value: { type: 'quantity', value: 96000 } }),
    '/value/value',
    'exactly: "96000"',
  ],
  ['a name as text', 'POST', 'parties', party({ names: ['y'] }), '/names/0', '{"name":"y","kind":"alias"}'],
  ['a quote as text', 'POST', 'claims', said({ quote: 'q' }), '/attributions/0/quote', '{"exact":"q"}'],
  ['aliases', 'POST', 'parties', party({ aliases: [] }), '/aliases', 'did you mean `names`?'],
  [
    'a page outside the locator',
    'POST',
    'claims',
    claim({ attributions: [{ party: 'ttp', stance: 'asserts', page: '3' }] }),
    '/attributions/0/page',
    'it belongs in `locator`',
  ],
  [
    'a name of the request without its sign',
    'POST',
    'claims',
    claim({
      attributions: [
        { local_id: 'a1', party: 'ttp', stance: 'asserts' },
        { party: 'ttp', stance: 'reports', relays: ['a1'] },
      ],
    }),
    '/attributions/1/relays/0',
    'write "@a1", which is sent here',
  ],
  ['no text', 'POST', 'claims', { subject: 'ttp' }, '/text', 'text is missing'],
  ['an empty publisher', 'POST', 'sources', source({ publisher: '' }), '/publisher', 'leave it out'],
  ['a country by another code', 'POST', 'parties', party({ country: 'UK' }), '/country', 'GB'],
  ['a key in capitals', 'GET', 'claims?party=Lancet', undefined, 'party', 'did you mean `lancet`?'],
  [
    'a name that nothing has',
    'POST',
    'claims',
    said({ relays: ['@who'] }),
    '/attributions/0/relays/0',
    'no `local_id` "who" in this claim',
  ],
  ['a batch as a list', 'POST', 'batch', [relabelled], '', '{"operations":'],
  ['a path in the singular', 'GET', 'claim/ttp-strength', undefined, null, '/v1/claims/ttp-strength?'],
  [
    'an address without its scheme',
    'POST',
    'sources',
    source({ url: 'www.un.org/a?b=1' }),
    '/url',
    'write https://www.un.org/a?b=1',
  ],
  ['an address as a filter', 'GET', 'sources?url=un.org/a', undefined, 'url', 'write https://un.org/a'],
  [
    'a day for an instant',
    'POST',
    'sources',
    source({ retrieved_at: '2024-05-01' }),
    '/retrieved_at',
    '2024-05-01T00:00:00Z',
  ],
  [
    'an instant without its offset',
    'POST',
    'sources',
    source({ retrieved_at: '2024-05-01 10:30' }),
    '/retrieved_at',
    '2024-05-01T10:30:00Z',
  ],
  [
    'a scheme in capitals',
    'GET',
    'sources?identifier=DOI:10.1/A',
    undefined,
    'identifier',
    'as in doi:10.1/A',
  ],
  [
    'an amount in words',
    'POST',
    'claims',
    claim({ value: { type: 'quantity', value: 'over 600' } }),
    '/value/value',
    'write "lower":"600" and "lower_exclusive":true',
  ],
  ['a key in capitals, put', 'PUT', 'parties/Gertler', party({}), null, ': `gertler`'],
  [
    'other content under a key',
    'POST',
    'batch',
    { operations: [relabelled] },
    '/operations/0/if_match',
    'predicate `people-injured` exists already (version 1) with other content',
  ],
  ['the removal of what is in use', 'DELETE', 'parties/ttp', undefined, null, 'refer to this party'],
  [
    'an instant before the beginning',
    'GET',
    'claims?as_of=2001-01-01',
    undefined,
    'as_of',
    'the register begins on 20',
  ],
  [
    'a topic with a space',
    'POST',
    'claims',
    claim({ topics: ['Sri Lanka'] }),
    '/topics/0',
    'write `sri-lanka`',
  ],
];

it.each(rows)('%s', async (_, method, path, body, place, told) => {
  const answer = await t.send(method, `/v1/${path}`, body, { ...admin, ...(method === 'DELETE' ? any : {}) });
  const { status, code, detail, errors } = answer.json;
  await expectRejected(t, status, code, method, `/v1/${path}`, body, {
    ...admin,
    ...(method === 'DELETE' ? any : {}),
  });
  expect(`${detail} ${errors.map((fault: { detail: string }) => fault.detail).join(' ')}`).toContain(told);
  if (typeof place !== 'string') return;
  expect(errors).toHaveLength(1);
  expect(errors[0].pointer ?? errors[0].parameter).toBe(place);
});

it('a path without the version', async () => {
  const { status, json } = await t.send('GET', '/assessments/x');
  expect([status, json.detail]).toEqual([
    404,
    'There is no resource at this path; did you mean /v1/assessments/x?',
  ]);
});
