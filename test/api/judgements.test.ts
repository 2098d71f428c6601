import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp({ register: 'sample' });
const review = { authorization: `Bearer ${await t.newKey(['read', 'review'])}` };

describe('/v1/relations', () => {
  it('POST: links two claims, is listed at both, and goes along with either', async () => {
    const made = await t.send('POST', '/v1/relations', {
      key: 'r1',
      from: 'ttp-strength-10000',
      type: 'contradicts',
      to: 'ttp-strength-4000-to-6000',
    });
    expect(made.status).toBe(201);
    expect(made.json.from).toMatchObject({
      key: 'ttp-strength-10000',
      name: 'The TTP has about 10,000 fighters.',
    });
    const below = await t.send('POST', '/v1/claims/ttp-strength-up-to-6500/relations', {
      type: 'updates',
      to: 'ttp-strength-4000-to-6000',
    });
    expect(below.json.from.key).toBe('ttp-strength-up-to-6500');
    const listed = await t.send('GET', '/v1/claims/ttp-strength-4000-to-6000/relations?sort=id');
    expect(listed.json.items.map((relation: { type: string }) => relation.type)).toEqual([
      'contradicts',
      'updates',
    ]);
    expect((await t.send('GET', '/v1/relations?from=ttp-strength-10000')).json.items).toHaveLength(1);

    const removed = await t.send('DELETE', '/v1/claims/ttp-strength-10000', undefined, { 'if-match': '*' });
    expect(removed.status).toBe(204);
    const gone = await t.send('GET', '/v1/relations/r1');
    expect(gone.status).toBe(410);

    const claim = await t.send('GET', '/v1/claims/ttp-strength-10000');
    const { text } = JSON.parse((await t.send('GET', '/v1/claims/ttp-strength-up-to-6500/input')).text);
    const back = await t.send(
      'PUT',
      '/v1/claims/ttp-strength-10000',
      { text },
      {
        'if-match': `"${claim.json.tombstone.version}"`,
      },
    );
    expect(back.status).toBe(200);
    expect((await t.send('GET', '/v1/relations/r1')).json.version).toBe(3);
  });

  it('POST: answers 422 to a relation of a claim to itself', async () => {
    const answer = await t.send('POST', '/v1/relations', {
      from: 'ttp-strength-up-to-6500',
      type: 'supports',
      to: 'ttp-strength-up-to-6500',
    });
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, '/to']);
  });
});

describe('/v1/assessments', () => {
  const body = { credibility: 3, likelihood: 'likely', confidence: 'low', assessor: 'A. Analyst' };

  it('POST: needs the scope review; several stand side by side, and filters find them', async () => {
    expect((await t.send('POST', '/v1/claims/ttp-strength-up-to-6500/assessments', body)).status).toBe(403);
    for (const credibility of [3, 5]) {
      const made = await t.send(
        'POST',
        '/v1/claims/ttp-strength-up-to-6500/assessments',
        { ...body, credibility },
        review,
      );
      expect(made.status).toBe(201);
      expect(made.json.claim.key).toBe('ttp-strength-up-to-6500');
    }
    const all = await t.send('GET', '/v1/assessments?claim=ttp-strength-up-to-6500');
    expect(all.json.items.map((a: { credibility: number }) => a.credibility)).toEqual([3, 5]);
    expect((await t.send('GET', '/v1/assessments?credibility=5')).json.items).toHaveLength(1);
  });

  it.each([
    [{ credibility: 7 }, '/credibility'],
    [{ credibility: '3' }, '/credibility'],
    [{ likelihood: 'maybe' }, '/likelihood'],
    [{ confidence: 'low' }, ''],
  ])('POST: answers 422 to %j', async (wrong, pointer) => {
    const before = await t.fingerprint();
    const answer = await t.send(
      'POST',
      '/v1/assessments',
      { claim: 'ttp-strength-up-to-6500', ...wrong },
      review,
    );
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, pointer]);
    expect(await t.fingerprint()).toBe(before);
  });
});
