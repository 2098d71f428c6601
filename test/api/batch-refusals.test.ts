import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, claim, dry, each, type Operation, party, patch, remove } from '../support/batch.js';
import { faults } from '../support/expect-rejected.js';

const t = await testApp();
const batch = await batchSender(t);

/** A batch that cannot be done: the same faults in every mode, and nothing written in any but the last. */
async function refused(operations: Operation[], expected: string[], headers: Record<string, string> = {}) {
  const before = await t.fingerprint();
  const answer = await batch(operations, {}, { ...headers, 'idempotency-key': 'never-kept' });
  expect([answer.status, answer.json.code]).toEqual([422, 'batch_failed']);
  expect(faults(answer)).toEqual(expected);
  const failed = [...new Set(expected.map((fault) => Number.parseInt(fault.split('/')[2]!, 10)))].sort(
    (a, b) => a - b,
  );
  expect(answer.json.failed_operations).toEqual(failed);
  for (const mode of [dry, { ...dry, ...each }]) {
    const rehearsed = await batch(operations, mode, headers);
    expect(rehearsed.status).toBe('atomic' in mode ? 207 : 200);
    expect(rehearsed.json.failed).toBe(failed.length);
    const bad = rehearsed.json.items.flatMap(({ problem }: { problem: object | null }, i: number) =>
      problem ? [i] : [],
    );
    expect(bad).toEqual(failed);
  }
  expect(await t.fingerprint()).toBe(before);
}

describe('POST /v1/batch refuses', () => {
  const many = (n: number) => Array.from({ length: n }, () => party());
  const shapes: [string, unknown, string][] = [
    ['no operations', [], '/operations too_small'],
    ['1,001 operations', many(1_001), '/operations too_big'],
    ['an unknown noun', [{ ...party(), type: 'person' }], '/operations/0/type invalid_value'],
    ['an unknown method', [{ ...party(), method: 'GET' }], '/operations/0/method invalid_union'],
    ['an unknown member', [{ ...party(), id: 'x' }], '/operations/0/id unknown_member'],
    ['no body', [{ method: 'POST', type: 'party' }], '/operations/0/body missing_member'],
    [
      'a local_id twice',
      [
        { ...party(), local_id: 'a' },
        { ...claim(), local_id: 'a' },
      ],
      '/operations/1/local_id repeated_local_id',
    ],
  ];
  it.each(shapes)('%s', async (_, operations, fault) => {
    const before = await t.fingerprint();
    for (const mode of [{}, each, dry]) {
      const answer = await batch(operations, mode);
      expect([answer.status, answer.json.code, faults(answer)[0]]).toEqual([422, 'invalid_body', fault]);
    }
    expect(await t.fingerprint()).toBe(before);
  });

  const cases: [string, Operation[], string[]][] = [
    [
      'many bad items with the first fault of each first',
      [
        party({ kind: 'army', nix: 1 }),
        party(),
        claim({ subject: 'nobody', places: [{}] }),
        { ...party(), local_id: 'whole' },
        party({ part_of: '@whole' }),
        remove('@whole'),
        patch('nobody', { name: 'X' }),
        patch('ttp', { name: 'X' }, {}),
        patch('ttp', { name: 'X' }, { if_match: '99' }),
        patch('ttp', { name: 'X' }, { if_match: 'x' }),
        party({ key: 'ttp' }),
      ],
      [
        ...['/operations/0/body/kind invalid_value', '/operations/2/body/places/0 invalid_value'],
        ...[
          '/operations/5 in_use',
          '/operations/6/id not_found',
          '/operations/7/if_match precondition_required',
        ],
        ...['/operations/8/if_match precondition_failed', '/operations/9/if_match invalid_value'],
        ...['/operations/10/body/key key_taken', '/operations/0/body/nix unknown_member'],
        '/operations/2/body/subject unknown_reference',
      ],
    ],
    [
      'a reference to what comes later',
      [claim({ subject: '@later' }), { ...party(), local_id: 'later' }],
      ['/operations/0/body/subject unknown_reference'],
    ],
    [
      'a circle of references',
      [
        { ...party({ part_of: '@b' }), local_id: 'a' },
        { ...party({ part_of: '@a' }), local_id: 'b' },
      ],
      ['/operations/0/body/part_of unknown_reference', '/operations/1/body/part_of failed_reference'],
    ],
    [
      'a circle closed by a patch',
      [
        { ...party(), local_id: 'a' },
        { ...party({ part_of: '@a' }), local_id: 'b' },
        patch('@a', { part_of: '@b' }),
      ],
      ['/operations/2/body/part_of cycle'],
    ],
    [
      'references to a failed item, in a body and as the object',
      [{ ...party({ kind: 'army' }), local_id: 'a' }, claim({ subject: '@a' }), patch('@a', { name: 'X' })],
      [
        '/operations/0/body/kind invalid_value',
        '/operations/1/body/subject failed_reference',
        '/operations/2/id failed_reference',
      ],
    ],
    [
      'a name that nobody has',
      [patch('@x', {}), claim({ subject: '@x' })],
      ['/operations/0/id unknown_reference', '/operations/1/body/subject unknown_reference'],
    ],
    [
      'a name of another noun',
      [{ ...claim(), local_id: 'c' }, claim({ subject: '@c' }), remove('@c')],
      ['/operations/1/body/subject unknown_reference', '/operations/2/id unknown_reference'],
    ],
    [
      'the key of what was removed before',
      [
        party({ key: 'gone-again' }),
        remove('gone-again'),
        party({ key: 'gone-again' }),
        patch('gone-again', {}),
      ],
      ['/operations/2/body/key key_taken', '/operations/3/id gone'],
    ],
    [
      'a scope that the key lacks',
      [
        claim(),
        { method: 'POST', type: 'assessment', body: { claim: 'ttp-strength-10000', credibility: 1 } },
      ],
      ['/operations/1/type forbidden'],
    ],
  ];
  it.each(cases)('%s', (_, operations, expected) => refused(operations, expected));

  it('40 faults with 20 of them listed, and the places of all', async () => {
    const { json } = await batch(Array.from({ length: 40 }, () => remove('nobody')));
    expect(json.errors).toHaveLength(20);
    expect(json.failed_operations).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('keys without the scope write, and no key at all', async () => {
    const key = await t.newKey(['read', 'review']);
    expect((await batch([party()], {}, { authorization: `Bearer ${key}` })).status).toBe(403);
    expect((await batch([party()], {}, { authorization: '' })).status).toBe(401);
  });
});
