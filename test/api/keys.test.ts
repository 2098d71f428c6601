import { describe, expect, it, test } from 'vitest';
import { scopes } from '../../src/http/openapi/operation.js';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const admin = bearer(await t.newKey([...scopes]));
const party = { kind: 'other', name: 'x' };

describe('POST, GET, DELETE /v1/keys', () => {
  const create = (body: object) => t.send('POST', '/v1/keys', body, admin);

  it('show a secret once, and never store it', async () => {
    const { status, json, headers } = await create({ name: 'import', scopes: ['read', 'write'] });
    expect(status).toBe(201);
    expect(json.key).toMatch(/^att_[0-9a-z]{26}_[0-9a-f]{72}$/);
    expect(headers.location).toBe(`/v1/keys/${json.id}`);
    const secret = json.key.split('_')[2].slice(0, 64);
    const { key: _key, ...shown } = json;
    const list = await t.send('GET', '/v1/keys', undefined, admin);
    expect(list.json.items).toContainEqual(shown);
    expect(list.text).not.toContain(secret);
    expect(list.text).not.toMatch(/hash|secret/);
    expect(await t.dump()).not.toContain(secret);
  });

  it('give a different key each time, also to requests at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create({ name: 'x', scopes: ['read'] })));
    expect(new Set(made.map(({ json }) => json.key)).size).toBe(12);
    expect(new Set(made.map(({ json }) => json.id)).size).toBe(12);
  });

  it('keep for whom a key acts, and store it with each change', async () => {
    const { json: made } = await create({
      name: 'desk',
      scopes: ['write', 'read'],
      on_behalf_of: 'A. Analyst',
    });
    const key = bearer(made.key);
    expect((await t.send('GET', '/v1/me', undefined, key)).json).toEqual({
      id: made.id,
      name: 'desk',
      scopes: ['write', 'read'],
      on_behalf_of: 'A. Analyst',
      expires_at: null,
    });
    await t.send('PUT', '/v1/parties/hers', party, key);
    await t.send('DELETE', '/v1/parties/hers', undefined, { ...key, 'if-match': '*' });
    const { json } = await expectRejected(t, 410, 'gone', 'GET', '/v1/parties/hers');
    expect(json.tombstone).toMatchObject({ removed_by: made.id, on_behalf_of: 'A. Analyst' });
  });

  const wrong: [body: object, faults: string[]][] = [
    [{}, ['/name missing_member', '/scopes missing_member']],
    [{ name: ' ', scopes: ['read'] }, ['/name blank']],
    [{ name: 'x', scopes: [] }, ['/scopes too_small']],
    [{ name: 'x', scopes: ['root'] }, ['/scopes/0 invalid_value']],
    [{ name: 'x', scopes: 'read' }, ['/scopes invalid_type']],
    [{ name: 'x', scopes: ['read', 'read'] }, ['/scopes invalid_value']],
    [{ name: 'x', scopes: ['read'], id: 'apikey_1' }, ['/id unknown_member']],
    [{ name: 'x', scopes: ['read'], key: t.key }, ['/key unknown_member']],
    [{ name: 'x', scopes: ['read'], secret: 'x' }, ['/secret unknown_member']],
    [{ name: 'x', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }, ['/expires_at in_the_past']],
    [{ name: 'x', scopes: ['read'], expires_at: 'tomorrow' }, ['/expires_at invalid_format']],
  ];
  test.each(wrong)('refuse %j', async (body, expected) => {
    expect(faults(await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/keys', body, admin))).toEqual(
      expected,
    );
  });

  it('revoke for good, and again without a change', async () => {
    const { json: made } = await create({ name: 'x', scopes: ['read'] });
    const revoke = () => t.send('DELETE', `/v1/keys/${made.id}`, undefined, admin);
    expect((await revoke()).status).toBe(204);
    const { json } = await t.send('GET', '/v1/keys', undefined, admin);
    expect(json.items.find(({ id }: { id: string }) => id === made.id).revoked_at).toMatch(/^\d{4}-/);
    const before = await t.dump();
    expect((await revoke()).status).toBe(204);
    expect(await t.dump()).toBe(before);
  });

  test.each(['apikey_00000000000000000000000000', 'x', 'a%00b', '..%2f'])(
    'find no key %s: 404',
    async (id) => {
      await expectRejected(t, 404, 'not_found', 'DELETE', `/v1/keys/${id}`, undefined, admin);
    },
  );
});
