import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, claimSenders, fresh, type Json, notes, ok, says } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const { create } = await claimSenders(t);

describe('/v1/attributions', () => {
  it('POST, PATCH and DELETE: leave the version of the claim as it is', async () => {
    const { id } = await create([]);
    const url = `/v1/claims/${id}`;
    const before = await t.send('GET', url);
    const one = ok(await t.send('POST', `${url}/attributions`, says({ said: '2024-05' })), 201);
    const two = ok(await t.send('POST', '/v1/attributions', says({ claim: id, relays: [one.id] })), 201);
    const after = await t.send('GET', url);
    expect([after.json.version, after.json.updated_at]).toEqual([1, before.json.updated_at]);
    expect(after.json.attributions.map(({ id: of }: Json) => of)).toEqual([two.id, one.id]);
    expect(after.json.attribution_count).toBe(2);
    expect(after.headers.etag).toMatch(/^"1-/);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await t.send('PATCH', `/v1/attributions/${two.id}`, { relays: [], note: 'z' }, any);
    await t.send('DELETE', `/v1/attributions/${one.id}`, undefined, any);
    const last = await t.send('GET', url);
    expect([last.json.version, notes(last.json)]).toEqual([1, ['z']]);
    const etag = String(before.headers.etag);
    expect((await t.send('PATCH', url, { text: 'y' }, { 'if-match': etag })).status).toBe(200);
  });

  it('POST: refuses links to attributions of another claim', async () => {
    const { id, attributions } = await create([says()]);
    const [mine] = attributions;
    const [other] = (await create([says()])).attributions;
    const [about] = [ok(await t.send('POST', '/v1/attributions', says({ about_source: 's' })), 201)];
    for (const stranger of [other.id, about.id]) {
      for (const body of [{ relays: [mine.id, stranger] }, { in_reply_to: stranger }]) {
        const answer = await expectRejected(
          t,
          422,
          'invalid_body',
          'POST',
          `/v1/claims/${id}/attributions`,
          says(body),
        );
        expect(faults(answer)).toEqual([`/${'relays' in body ? 'relays/1' : 'in_reply_to'} other_claim`]);
      }
    }
  });

  it('PATCH: refuses a link to itself, but takes one that closes a circle', async () => {
    const { attributions } = await create([says({ relays: ['@b'] }), says({ local_id: 'b' })]);
    const [a, b] = attributions.map(({ id }: Json) => id);
    for (const patch of [{ relays: [b] }, { in_reply_to: b }]) {
      const answer = await expectRejected(
        t,
        422,
        'invalid_body',
        'PATCH',
        `/v1/attributions/${b}`,
        patch,
        any,
      );
      expect(faults(answer)).toEqual([`/${'relays' in patch ? 'relays/0' : 'in_reply_to'} self_reference`]);
    }
    const closed = ok(await t.send('PATCH', `/v1/attributions/${b}`, { relays: [a] }, any));
    expect(closed).toMatchObject({ lineage: 'relays', relays: [{ id: a }] });
  });

  it('POST: refuses to relay one twice, by whatever name', async () => {
    const key = fresh('once');
    const { id, attributions } = await create([says({ key })]);
    const body = says({ relays: [key, attributions[0].id] });
    const answer = await expectRejected(
      t,
      422,
      'invalid_body',
      'POST',
      `/v1/claims/${id}/attributions`,
      body,
    );
    expect(faults(answer)).toEqual(['/relays/1 repeated_reference']);
  });

  it('POST and PATCH: a retraction answers what it takes back', async () => {
    const { id, attributions } = await create([says()]);
    const url = `/v1/claims/${id}/attributions`;
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, says({ stance: 'retracts' }));
    expect(faults(answer)).toEqual(['/in_reply_to missing_member']);
    const body = says({ stance: 'retracts', in_reply_to: attributions[0].id });
    const retraction = ok(await t.send('POST', url, body), 201);
    expect(retraction.in_reply_to.id).toBe(attributions[0].id);
    const patch = { in_reply_to: null };
    await expectRejected(t, 422, 'invalid_body', 'PATCH', `/v1/attributions/${retraction.id}`, patch, any);
  });

  const targets: [what: string, body: object, faults: string[]][] = [
    ['neither claim nor source', {}, ['/claim one_target']],
    ['both claim and source', { claim: 'x', about_source: 's' }, ['/claim one_target']],
    ['an unknown claim', { claim: 'nobody' }, ['/claim unknown_reference']],
    ['an unknown source', { about_source: 'nobody' }, ['/about_source unknown_reference']],
    ['a party for a claim', { claim: 'p' }, ['/claim unknown_reference']],
  ];
  it.each(targets)('POST: refuses one about %s', async (_what, body, expected) => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', says(body));
    expect(faults(answer)).toEqual(expected);
  });

  it('PUT: refuses to move one to another claim or source', async () => {
    const [one, two] = [await create([says()]), await create([])];
    const { id } = one.attributions[0];
    const moves: [body: object, fault: string][] = [
      [says({ claim: two.id }), '/claim immutable'],
      [says({ about_source: 's' }), '/about_source immutable'],
    ];
    for (const [body, fault] of moves) {
      const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/attributions/${id}`, body, any);
      expect(faults(answer)).toEqual([fault]);
    }
  });

  it('POST: takes one about a source, in no claim', async () => {
    const body = says({ about_source: 's', stance: 'denies', note: 'propaganda' });
    const about = ok(await t.send('POST', '/v1/attributions', body), 201);
    expect(about).toMatchObject({
      claim: null,
      about_source: { key: 's', name: 'Source s' },
      stance: 'denies',
    });
    const answer = says({ about_source: 's', stance: 'confirms', in_reply_to: about.id, relays: [about.id] });
    expect((await t.send('POST', '/v1/attributions', answer)).status).toBe(201);
    const found = ok(await t.send('GET', '/v1/attributions?about_source=s&stance=denies'));
    expect(found.items.map(({ id }: Json) => id)).toEqual([about.id]);
  });
});

describe('/v1/attributions: lineage', () => {
  const rows: [sent: object, relaying: boolean, kept: string, form: string | null][] = [
    [{}, false, 'unknown', null],
    [{}, true, 'relays', null],
    [{ lineage: null }, true, 'relays', null],
    [{ lineage: 'originates' }, false, 'originates', 'originates'],
    [{ lineage: 'originates' }, true, 'originates', 'originates'],
    [{ lineage: 'relays' }, false, 'relays', 'relays'],
    [{ lineage: 'unknown' }, true, 'unknown', 'unknown'],
  ];
  it.each(rows)('%j, relaying something: %s, is %s', async (sent, relaying, kept, form) => {
    const end = says({ local_id: 'end', stance: 'denies' });
    const claim = await create([says({ ...sent, relays: relaying ? ['@end'] : [] }), end]);
    const { id, lineage } = claim.attributions.find(({ stance }: Json) => stance === 'asserts');
    expect(lineage).toBe(kept);
    const input = ok(await t.send('GET', `/v1/attributions/${id}/input`));
    expect(input.lineage).toBe(form);
    const same = await t.send('PUT', `/v1/attributions/${id}`, input);
    expect([same.status, same.json.version, same.json.lineage]).toEqual([200, 1, kept]);
  });
});
