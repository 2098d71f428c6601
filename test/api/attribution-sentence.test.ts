import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();

async function put(path: string, body: object) {
  const answer = await t.send('PUT', `/v1/${path}`, body);
  expect(answer.status, answer.text).toBe(201);
}

beforeAll(async () => {
  await put('parties/un', { kind: 'intergovernmental', name: 'United Nations' });
  await put('parties/john-holmes', { kind: 'person', name: 'John Holmes' });
  await put('parties/talks', { kind: 'media', name: 'Defence Talks' });
  await put('parties/wire', { kind: 'media', name: 'The Wire' });
  await put('parties/some', {
    kind: 'other',
    name: 'Sources (on the dam)',
    unnamed: true,
    count: { min: 2, max: null },
  });
  await put('parties/taliban', { kind: 'armed_group', name: 'Taliban' });
  await put('sources/briefing', {
    type: 'press_briefing',
    title: 'Briefing on the dam',
    published: '2025-05',
    reporting_period: '2025-03/2025-04',
    publisher: 'wire',
  });
  await put('sources/article', {
    type: 'article',
    title: 'The dam is gone',
    url: 'https://talks.example/dam',
    published: '2025-05-14',
    publisher: 'talks',
    retrieved_at: '2025-06-01T10:00:00Z',
  });
  await put('claims/dam', {
    text: 'The dam has broken.',
    attributions: [
      {
        party: 'some',
        local_id: 'some',
        party_as_stated: 'A number of credible sources',
        stance: 'asserts',
        lineage: 'originates',
      },
      {
        party: 'un',
        speaker: 'john-holmes',
        local_id: 'un',
        stance: 'asserts',
        source: 'briefing',
        said: '2025-05~',
        relays: ['@some'],
      },
      { party: 'talks', stance: 'reports', source: 'article', locator: { paragraph: '3' }, relays: ['@un'] },
      { party: 'taliban', stance: 'denies', said: '2025-05-15' },
    ],
  });
});

const sentence = async (query: string) =>
  (await t.send('GET', `/v1/claims/dam/attribution-sentence${query}`)).json;

describe('GET /v1/claims/{id}/attribution-sentence', () => {
  const inline =
    'According to John Holmes of the United Nations (“Briefing on the dam”, around May 2025, covering March–April ' +
    '2025), citing “a number of credible sources”, as relayed by Defence Talks, the dam has broken; this is denied ' +
    'by the Taliban (on 15 May 2025).';
  const footnote =
    'John Holmes of the United Nations, around May 2025, in “Briefing on the dam”, The Wire, published in May 2025, ' +
    'covering March–April 2025; citing “a number of credible sources”; relayed by Defence Talks, in “The dam is ' +
    'gone”, para. 3, published on 14 May 2025, https://talks.example/dam, accessed on 1 June 2025. Denied by the ' +
    'Taliban, on 15 May 2025.';

  it('tells the claim with speaker, source, dates and the words of the document', async () => {
    expect(await sentence('')).toMatchObject({ claim: { key: 'dam' }, style: 'inline', sentence: inline });
    expect(await sentence('?style=inline')).toMatchObject({ sentence: inline });
  });

  it('style=footnote gives who, in which source, when published, the address, and when it was read', async () => {
    expect(await sentence('?style=footnote')).toMatchObject({ style: 'footnote', sentence: footnote });
    const { text } = await t.send('GET', '/v1/claims/dam/attribution-sentence.txt?style=footnote');
    expect(text).toBe(`${footnote}\n`);
  });

  it('refuses a style that there is none of', async () => {
    const url = '/v1/claims/dam/attribution-sentence?style=chicago';
    const answer = await expectRejected(t, 400, 'invalid_query', 'GET', url);
    expect(faults(answer)).toEqual(['style invalid_value']);
  });

  it('the standing tells dates as exact as they were given', async () => {
    const { standing, sentences } = (await t.send('GET', '/v1/claims/dam/standing')).json;
    expect(standing).toMatchObject({ first_said: '2025-05~', last_said: '2025-05~' });
    expect(sentences).toContain('Spoken of around May 2025.');
    expect(sentences).toContain('Contested: it is denied by the Taliban (on 15 May 2025).');
  });
});
