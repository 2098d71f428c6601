import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, type Json } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { oneOfEach } from '../support/one-of-each.js';

/** Independent mistakes in one body are told together; what follows from a mistake is not told again. */

const t = await testApp();
const { admin } = await oneOfEach(t);

const bodies: [path: string, body: Json, expected: string[]][] = [
  [
    'parties',
    { kind: 'army', name: 'x', part_of: 'nobody' },
    ['/kind invalid_value', '/part_of unknown_reference'],
  ],
  [
    'sources',
    {
      ...{
        type: 'report',
        titel: 'x',
        publisher: 'nobody',
        authors: ['ttp', 7, 'no-one'],
        part_of: 'nowhere',
      },
      ...{ derived_from: 'report-35', supersedes: ['report-35', 'report-0'] },
    },
    [
      ...['/authors/1 invalid_type', '/derived_from invalid_type', '/titel unknown_member'],
      ...['/publisher unknown_reference', '/authors/2 unknown_reference', '/part_of unknown_reference'],
      '/supersedes/1 unknown_reference',
    ],
  ],
  [
    'claims',
    {
      ...{ text: '', subject: 'nobody', predicate: 'nothing', value: { type: 'party', party: 'no-one' } },
      participants: [{ party: 'ttp' }, { party: 'someone', role: 'giver' }],
      attributions: [
        { local_id: 'a', key: 'own', party: 'nobody', stance: 'shouts', relays: ['@a', '@b', 'own'] },
        { party: 'ttp', stance: 'asserts', source: 'nowhere' },
      ],
    },
    [
      ...['/text too_small', '/participants/0/role missing_member', '/attributions/0/stance invalid_value'],
      ...['/subject unknown_reference', '/predicate unknown_reference', '/value/party unknown_reference'],
      ...['/participants/1/party unknown_reference', '/attributions/0/party unknown_reference'],
      ...['/attributions/0/relays/1 unknown_reference', '/attributions/1/source unknown_reference'],
    ],
  ],
  [
    'claims',
    { text: 'x', value: { type: 'nothing' }, participants: 'ttp', subject: 'nobody' },
    ['/value/type invalid_union', '/participants invalid_type', '/subject unknown_reference'],
  ],
  [
    'claims',
    { text: 'x', subject: 7, topics: 'x', predicate: 'nothing' },
    ['/subject invalid_type', '/topics invalid_type', '/predicate unknown_reference'],
  ],
  [
    'claims',
    { text: 'x', subject: 'nobody', attributions: [{ party: 'no-one', stance: 'asserts' }] },
    ['/subject unknown_reference', '/attributions/0/party unknown_reference'],
  ],
  [
    'attributions',
    {
      claim: 'no-claim',
      party: 'nobody',
      speaker: 'no-one',
      stance: 'asserts',
      relays: ['x'],
      said: '1990s',
    },
    [
      ...['/said invalid_date', '/claim unknown_reference', '/party unknown_reference'],
      ...['/speaker unknown_reference', '/relays/0 unknown_reference'],
    ],
  ],
  [
    'relations',
    { from: 'no-claim', type: 'refutes' },
    ['/type invalid_value', '/to missing_member', '/from unknown_reference'],
  ],
  [
    'assessments',
    { claim: 'no-claim', credibility: 9 },
    ['/credibility too_big', '/claim unknown_reference'],
  ],
  [
    'judgements',
    { noun: 'claim', one: 'no-claim', other: 'no-claim', judgement: 'maybe' },
    ['/judgement invalid_value', '/one unknown_reference', '/other unknown_reference'],
  ],
  [
    'judgements',
    { one: 'no-claim', other: 3 },
    ['/noun invalid_value', '/other invalid_type', '/judgement invalid_value'],
  ],
];

describe('mistakes of form and references that lead nowhere, together', () => {
  it.each(bodies)('POST and PUT /v1/%s %j', async (path, body, expected) => {
    for (const [method, url] of [
      ['POST', `/v1/${path}`],
      ['PUT', `/v1/${path}/fresh`],
    ] as const) {
      const answer = await expectRejected(t, 422, 'invalid_body', method, url, body, admin);
      expect(faults(answer)).toEqual(expected);
    }
  });

  it.each<[path: string, patch: Json, expected: string[]]>([
    [
      'parties/ttp',
      { kind: 'army', part_of: 'nobody' },
      ['/kind invalid_value', '/part_of unknown_reference'],
    ],
    [
      'claims/ttp-strength',
      { text: null, subject: 'nobody', attributions: [{ party: 'no-one', stance: 'x' }] },
      [
        '/text missing_member',
        '/attributions/0/stance invalid_value',
        '/subject unknown_reference',
        '/attributions/0/party unknown_reference',
      ],
    ],
    [
      'claims/ttp-strength',
      { subject: 'nobody', attributions: [{ party: 'no-one', stance: 'asserts' }] },
      ['/subject unknown_reference', '/attributions/0/party unknown_reference'],
    ],
  ])('PATCH /v1/%s %j', async (path, patch, expected) => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'PATCH', `/v1/${path}`, patch, {
      ...admin,
      ...any,
    });
    expect(faults(answer)).toEqual(expected);
  });

  it.each<[sublist: string, body: Json, expected: string[]]>([
    ['attributions', { party: 'nobody', stance: 'x' }, ['/stance invalid_value', '/party unknown_reference']],
    ['relations', { type: 'x', to: 'no-claim' }, ['/type invalid_value', '/to unknown_reference']],
  ])('POST /v1/claims/{id}/%s %j', async (sublist, body, expected) => {
    const url = `/v1/claims/ttp-strength/${sublist}`;
    expect(faults(await expectRejected(t, 422, 'invalid_body', 'POST', url, body, admin))).toEqual(expected);
  });

  it('with what is likely meant, and not of hundreds of thousands of items', async () => {
    const near = { kind: 'army', name: 'x', part_of: 'TTP' };
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/parties', near, admin);
    expect(json.errors[1].detail).toContain('did you mean `ttp`?');
    const many = { type: 'report', title: 'x', authors: Array.from({ length: 40_000 }, () => 'nobody') };
    const began = performance.now();
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/sources', many, admin);
    expect(faults(answer)).toHaveLength(20);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

describe('what the rules of the register refuse, with references that lead nowhere', async () => {
  const put = (path: string, body: Json, headers = {}) =>
    t.send('PUT', `/v1/${path}`, body, { ...admin, ...headers });
  const bodies: Record<string, Json> = {
    party: { kind: 'other', name: 'x' },
    source: { type: 'other', title: 'x' },
    claim: { text: 'x' },
    attribution: { claim: 'ttp-strength', party: 'ttp', stance: 'asserts' },
    relation: { from: 'ttp-strength', type: 'supports', to: 'ttp-strength-before' },
    assessment: { claim: 'ttp-strength', credibility: 2 },
    judgement: { noun: 'claim', one: 'ttp-strength', other: 'ttp-strength-before', judgement: 'same' },
  };
  const NOBODY = 'attribution_00000000000000000000000000';
  await put('parties/section', { ...bodies.party, part_of: 'ttp' });
  await put('sources/whole', { ...bodies.source });
  await put('sources/part', { ...bodies.source, part_of: 'whole' });
  await put('sources/newer', { ...bodies.source, supersedes: ['whole'] });
  await put('predicates/counted', { label: 'x', value_type: 'quantity' });
  await put('attributions/said', { ...bodies.attribution });
  await put('attributions/said-before', { ...bodies.attribution, claim: 'ttp-strength-before' });

  it.each<[path: string, patch: Json, expected: string[]]>([
    [
      'sources/whole',
      { publisher: 'nobody', part_of: 'part', derived_from: ['part'], supersedes: ['newer'] },
      ['/publisher unknown_reference', '/supersedes/0 cycle', '/part_of cycle', '/derived_from/0 cycle'],
    ],
    ['parties/ttp', { key: null, part_of: 'section' }, ['/key immutable_key', '/part_of cycle']],
    ['parties/ttp', { key: 'other', part_of: 'section' }, ['/key immutable_key', '/part_of cycle']],
    ['parties/ttp', { key: null, kind: 'army' }, ['/key immutable_key', '/kind invalid_value']],
    [
      'claims/ttp-strength',
      {
        ...{ subject: 'nobody', predicate: 'counted', value: { type: 'text', text: 'x' } },
        attributions: [
          { local_id: 'a', party: 'ttp', stance: 'asserts', relays: ['@a', '@a'] },
          { local_id: 'a', id: NOBODY, party: 'no-one', stance: 'asserts' },
        ],
      },
      [
        ...['/subject unknown_reference', '/value/type wrong_value_type'],
        ...['/attributions/1/id unknown_reference', '/attributions/1/local_id repeated_local_id'],
        ...['/attributions/1/party unknown_reference', '/attributions/0/relays/1 repeated_reference'],
      ],
    ],
    [
      'claims/ttp-strength',
      { subject: 'nobody', predicate: 'uncounted', value: { type: 'text', text: 'x' } },
      ['/subject unknown_reference', '/predicate unknown_reference'],
    ],
    [
      'attributions/said',
      { key: 'other', claim: 'ttp-strength-before', speaker: 'nobody', relays: ['said', 'said-before', 'x'] },
      [
        ...['/key immutable_key', '/speaker unknown_reference', '/relays/2 unknown_reference'],
        ...['/relays/1 other_claim', '/relays/0 self_reference', '/claim immutable'],
      ],
    ],
    [
      'attributions/denial',
      { about_source: 'nowhere', stance: 'retracts' },
      ['/about_source unknown_reference'],
    ],
    [
      'attributions/denial',
      { speaker: 'nobody', stance: 'retracts' },
      ['/speaker unknown_reference', '/party not_entitled'],
    ],
    ['relations/update', { key: 'other', to: 'ttp-strength' }, ['/key immutable_key', '/to self_reference']],
  ])('PATCH /v1/%s %j', async (path, patch, expected) => {
    const headers = { ...admin, ...any };
    expect(
      faults(await expectRejected(t, 422, 'invalid_body', 'PATCH', `/v1/${path}`, patch, headers)),
    ).toEqual(expected);
  });

  it('PUT of what there is not yet, under another key', async () => {
    const body = { ...bodies.party, key: 'other', part_of: 'nobody' };
    const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', '/v1/parties/unheard-of', body, admin);
    expect(faults(answer)).toEqual(['/key key_mismatch', '/part_of unknown_reference']);
  });

  it.each<[noun: string, plural: string, body: Json, expected: string[]]>([
    ['party', 'parties', { part_of: 'nobody' }, ['/part_of unknown_reference']],
    [
      'source',
      'sources',
      { part_of: 'nowhere', authors: ['ttp', 'nobody'] },
      ['/authors/1 unknown_reference', '/part_of unknown_reference'],
    ],
    [
      'claim',
      'claims',
      {
        ...{ subject: 'nobody', predicate: 'counted', value: { type: 'text', text: 'x' } },
        attributions: [{ party: 'no-one', stance: 'asserts' }],
      },
      [
        ...['/subject unknown_reference', '/value/type wrong_value_type'],
        '/attributions/0/party unknown_reference',
      ],
    ],
    [
      'attribution',
      'attributions',
      { claim: 'ttp-strength-before', party: 'nobody', relays: ['said-before'] },
      ['/party unknown_reference', '/relays/0 other_claim', '/claim immutable'],
    ],
    ['relation', 'relations', { to: 'ttp-strength' }, ['/to self_reference']],
    ['judgement', 'judgements', { other: 'ttp-strength' }, ['/other self_reference']],
    ['assessment', 'assessments', { claim: 'no-claim' }, ['/claim unknown_reference']],
  ])('PUT that restores a %s under another key', async (noun, plural, body, expected) => {
    for (const key of [`gone-${noun}`, null]) {
      const made = await t.send('POST', `/v1/${plural}`, { ...bodies[noun], key }, admin);
      const url = `/v1/${plural}/${made.json.id}`;
      expect((await t.send('DELETE', url, undefined, { ...admin, ...any })).status).toBe(204);
      const sent = { ...bodies[noun], ...body, key: 'other' };
      const headers = { ...admin, 'if-match': '"2"' };
      const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', url, sent, headers);
      expect(faults(answer)).toEqual(['/key immutable_key', ...expected]);
    }
  });

  it('POST /v1/batch: names of the batch and keys', async () => {
    const body = {
      text: 'x',
      subject: '@lost',
      predicate: 'nothing',
      attributions: [{ party: 'ttp', stance: 'asserts', relays: ['@lost'] }],
    };
    const operations = [{ method: 'POST', type: 'claim', body }];
    const answer = await expectRejected(t, 422, 'batch_failed', 'POST', '/v1/batch', { operations }, admin);
    expect(faults(answer)).toEqual([
      '/operations/0/body/subject unknown_reference',
      '/operations/0/body/attributions/0/relays/0 unknown_reference',
      '/operations/0/body/predicate unknown_reference',
    ]);
  });
});

describe('POST /v1/batch: what follows from a failed operation is told once', () => {
  const bad = {
    method: 'POST',
    type: 'party',
    local_id: 'a',
    body: { key: 'new-party', kind: 'army', name: 'x' },
  };
  const claim = (more: object) => ({ method: 'POST', type: 'claim', body: { text: 'x', ...more } });
  const says = (party: string) => ({ party, stance: 'asserts' });
  const first = '/operations/0/body/kind invalid_value';

  it.each<[what: string, operation: object, expected: string[]]>([
    [
      'by name, in four places',
      claim({
        subject: '@a',
        participants: [{ party: '@a', role: 'x' }],
        attributions: [says('@a'), says('@a')],
      }),
      ['/operations/1/body/subject failed_reference'],
    ],
    [
      'by key, in four places',
      claim({
        subject: 'new-party',
        participants: [{ party: 'new-party', role: 'x' }],
        attributions: [says('new-party'), says('ttp')],
      }),
      ['/operations/1/body/subject failed_reference'],
    ],
    [
      'beside mistakes of its own',
      claim({ kind: 'rumour', subject: '@a', predicate: 'nothing', attributions: [says('@a')] }),
      [
        '/operations/1/body/subject failed_reference',
        '/operations/1/body/kind invalid_value',
        '/operations/1/body/predicate unknown_reference',
      ],
    ],
    [
      'beside another that leads nowhere',
      claim({ subject: 'new-party', attributions: [says('nobody')] }),
      [
        '/operations/1/body/subject failed_reference',
        '/operations/1/body/attributions/0/party unknown_reference',
      ],
    ],
    [
      'in a patch',
      { method: 'PATCH', type: 'claim', id: 'ttp-strength', if_match: '*', body: { subject: 'new-party' } },
      ['/operations/1/body/subject failed_reference'],
    ],
    [
      'a patch of it, by key',
      { method: 'PATCH', type: 'party', id: 'new-party', if_match: '*', body: { name: 'y' } },
      ['/operations/1/id failed_reference'],
    ],
    [
      'its removal, by name',
      { method: 'DELETE', type: 'party', id: '@a', if_match: '*' },
      ['/operations/1/id failed_reference'],
    ],
    [
      'the key of another noun',
      claim({ predicate: 'new-party' }),
      ['/operations/1/body/predicate unknown_reference'],
    ],
    [
      'a mistake of form alone',
      claim({ kind: 'rumour', subject: 'ttp' }),
      ['/operations/1/body/kind invalid_value'],
    ],
  ])('%s', async (_, operation, [expected, ...rest]) => {
    for (const operations of [
      [bad, operation],
      [{ ...bad, method: 'PUT', id: 'new-party' }, operation],
    ]) {
      const answer = await expectRejected(t, 422, 'batch_failed', 'POST', '/v1/batch', { operations }, admin);
      expect(faults(answer)).toEqual([first, expected, ...rest]);
    }
  });

  it('along a chain each operation names the one before', async () => {
    const operations = [
      bad,
      { method: 'POST', type: 'party', local_id: 'b', body: { kind: 'other', name: 'b', part_of: '@a' } },
      { ...claim({ subject: '@b', attributions: [says('@a'), says('@b')] }), local_id: 'c' },
      { method: 'POST', type: 'relation', body: { from: '@c', type: 'supports', to: '@c' } },
    ];
    const { json } = await expectRejected(t, 422, 'batch_failed', 'POST', '/v1/batch', { operations }, admin);
    expect(json.failed_operations).toEqual([0, 1, 2, 3]);
    expect(
      json.errors.map(({ pointer, detail }: Json) => [pointer, /operation (\d)/.exec(detail)?.[1]]),
    ).toEqual([
      ['/operations/0/body/kind', undefined],
      ['/operations/1/body/part_of', '0'],
      ['/operations/2/body/subject', '1'],
      ['/operations/3/body/from', '2'],
    ]);
  });
});

it('takes members of a long set for known where another member refers to them', async () => {
  const said = (i: number) => ({ local_id: `x${i}`, key: `long-set-${i}`, party: 'ttp', stance: 'reports' });
  const attributions = Array.from({ length: 201 }, (_, i) => said(i)).map((one, i) =>
    i > 0 ? one : { ...one, relays: ['@x200', 'long-set-200'] },
  );
  for (const [path, body, fault] of [
    ['claims', { attributions }, '/text missing_member'],
    [
      'batch',
      { operations: [{ method: 'POST', type: 'claim', body: { attributions } }] },
      '/operations/0/body/text missing_member',
    ],
  ] as const) {
    const answer = await t.send('POST', `/v1/${path}`, body);
    expect(faults(answer)).toEqual([fault]);
  }
});
