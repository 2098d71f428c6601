import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** Assessments as ClaimReview of schema.org. */

const t = await testApp();
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
const put = async (path: string, body: object) => {
  const made = await t.send('PUT', `/v1/${path}`, body, reviewer);
  expect(made.status, made.text).toBe(201);
  return made.json;
};
await put('parties/ministry', { kind: 'government', name: 'A ministry' });
await put('parties/aide', { kind: 'person', name: 'An aide' });
await put('parties/fighters', { kind: 'armed_group', name: 'Fighters' });
await put('sources/note', {
  type: 'article',
  title: 'A note',
  url: 'https://example.org/note',
  published: '2024-05',
});
await put('sources/talk', { type: 'speech', title: 'A talk', published: '2024?' });
const claim = await put('claims/moved', {
  text: 'The depot was moved.',
  language: 'en',
  attributions: [
    { key: 'said', party: 'ministry', stance: 'asserts', source: 'note' },
    { key: 'too', party: 'fighters', stance: 'confirms', source: 'talk' },
    { key: 'back', party: 'aide', stance: 'asserts', source: 'talk' },
    { party: 'aide', stance: 'retracts', in_reply_to: 'back' },
    { party: 'aide', stance: 'denies' },
  ],
});

const reviews = async (query = '') => {
  const { status, json, headers, text } = await t.send('GET', `/v1/claims/moved/claimreview.jsonld${query}`);
  expect(status, text).toBe(200);
  expect(headers['content-type']).toBe('application/ld+json');
  return json;
};
const assess = (body: object) =>
  put(`assessments/a${Math.random().toString(36).slice(2)}`, { claim: 'moved', ...body });

describe('GET /v1/claims/{id}/claimreview.jsonld', () => {
  it('without assessments there is no review', async () => {
    expect(await reviews()).toEqual({ '@context': 'https://schema.org', '@graph': [] });
  });

  it('an assessment becomes a review, and nothing is added to what was entered', async () => {
    const verdict = await assess({
      verdict: 'half true',
      credibility: 2,
      rationale: 'It was announced.',
      assessor: 'A desk',
      assessed_at: '2024-06-01T10:00:00Z',
    });
    const [review] = (await reviews())['@graph'];
    expect(review).toEqual({
      '@type': 'ClaimReview',
      '@id': `/v1/assessments/${verdict.id}`,
      url: `/v1/assessments/${verdict.id}`,
      claimReviewed: 'The depot was moved.',
      reviewRating: {
        '@type': 'Rating',
        alternateName: 'half true',
        ratingValue: 2,
        bestRating: 1,
        worstRating: 5,
      },
      reviewBody: 'It was announced.',
      author: { name: 'A desk' },
      dateCreated: '2024-06-01T10:00:00Z',
      datePublished: verdict.created_at,
      dateModified: verdict.updated_at,
      itemReviewed: {
        '@type': 'Claim',
        '@id': `/v1/claims/${claim.id}`,
        text: 'The depot was moved.',
        inLanguage: 'en',
        author: [{ '@type': 'GovernmentOrganization', name: 'A ministry' }, { name: 'Fighters' }],
        appearance: [
          {
            '@type': 'CreativeWork',
            name: 'A note',
            url: 'https://example.org/note',
            datePublished: '2024-05',
          },
          { '@type': 'CreativeWork', name: 'A talk' },
        ],
      },
    });
  });

  it('author_type says what the assessors are', async () => {
    const { author } = (await reviews('?author_type=Organization'))['@graph'][0];
    expect(author).toEqual({ '@type': 'Organization', name: 'A desk' });
  });

  it('what cannot be judged, or is only called likely, is no review', async () => {
    const before = (await reviews())['@graph'].length;
    await assess({ credibility: 6 });
    await assess({ likelihood: 'likely', rationale: 'Others say so.' });
    await assess({ credibility: 4 });
    const after = (await reviews())['@graph'];
    expect(after.length).toBe(before + 1);
    expect(after.at(-1).reviewRating).toEqual({
      '@type': 'Rating',
      ratingValue: 4,
      bestRating: 1,
      worstRating: 5,
    });
    expect(after.at(-1)).not.toHaveProperty('author');
  });

  it('a claim that there is not is 404, another type of author 400', async () => {
    expect((await t.send('GET', '/v1/claims/nothing/claimreview.jsonld')).status).toBe(404);
    const { status, json } = await t.send('GET', '/v1/claims/moved/claimreview.jsonld?author_type=Robot');
    expect([status, json.errors[0].parameter]).toEqual([400, 'author_type']);
  });
});
