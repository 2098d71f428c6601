/** The most that a request may carry, and what each thing in it may hold at most. */
const BODY_BYTES = 1_048_576;
const BATCH_BYTES = 4 * BODY_BYTES;
const ATTRIBUTIONS = 1_000;
const OPERATIONS = 1_000;
export const PARTIES = 50;
/** A batch takes 40,000 relays of attributions that are written by themselves. */
const OUTLETS = 420;
const RELAYING = 95;

/** What the write before it answered. */
export interface Before {
  request: string;
  location: string;
}

export interface Heavy {
  what: string;
  method: string;
  /** Made with the answer to the write before, for what undoes that. */
  path: string | ((before: Before) => string);
  body?: unknown;
  status: number;
}

/** What undoes the write before. */
const revertOfIt: Heavy = {
  what: 'the revert of it',
  method: 'POST',
  path: ({ request }) => `/v1/batches/${request}/revert`,
  body: {},
  status: 200,
};

export const party = (i: number) => `outlet-${i % PARTIES}`;

const said = (i: number, more: object = {}) => ({
  party: party(i),
  stance: 'asserts',
  lineage: 'originates',
  ...more,
});

const sayings = (size: number, more: object = {}) => Array.from({ length: size }, (_, i) => said(i, more));

/** Attributions each of which relays all others. */
const circle = (size: number) =>
  Array.from({ length: size }, (_, i) => ({
    local_id: `${i}`,
    party: party(i),
    stance: 'reports',
    relays: Array.from({ length: size }, (_, n) => `@${n}`).filter((_, n) => n !== i),
  }));

export const post = (type: string, body: object) => ({ method: 'POST', type, body });
const patch = (type: string, id: string, body: object) => ({
  method: 'PATCH',
  type,
  id,
  if_match: '*',
  body,
});
const put = (type: string, id: string, body: object) => ({
  ...patch(type, id, body),
  method: 'PUT',
});
const remove = (type: string, id: string) => ({ method: 'DELETE', type, id, if_match: '*' });
const each = <Item>(size: number, make: (i: number) => Item) =>
  Array.from({ length: size }, (_, i) => make(i));

const claim = (text: string, attributions: object[]) => ({ text, attributions });

const broad = (i: number, more: object = {}) =>
  claim(
    `Broad ${i}.`,
    each(ATTRIBUTIONS, (n) => said(n, { key: `broad-${i}-${n}`, ...more })),
  );

/** A text that fills a body, of which its reader finds out at the end only that it is too long. */
const longText = (bytes: number) => 'x'.repeat(bytes);

/** Letters that each stand for eighteen in four words. */
const ligatures = (length: number) => '\uFDFA'.repeat(length);

const alikePerson = (i: number) =>
  post('party', {
    ...{ kind: 'person', name: `Muhammad Ahmad Khan ${i}` },
    names: each(5, (n) => ({ name: `Mohammed Ahmed Han ${i} ${n}`, kind: 'alias' })),
  });

/** Claims with an attribution that they had, and two that are theirs from then on. */
const sentAgain = {
  method: 'POST',
  path: '/v1/batch',
  body: {
    operations: each(OPERATIONS, (i) => {
      const keys = ['said', 'then', 'also'].map((name) => `${name}-${i}`);
      const attributions = keys.map((key, n) => said(n, { key, note: 'Heard again.' }));
      return put('claim', `of-many-${i}`, { ...claim(`Claim ${i}.`, attributions), scope: 'All.' });
    }),
  },
  status: 200,
};

const removalOfMany = {
  method: 'POST',
  path: '/v1/batch',
  body: { operations: each(OPERATIONS, (i) => remove('claim', `of-many-${i}`)) },
  status: 200,
};

/** The heaviest writes that are allowed, and bodies that are refused for what is in them. */
export const writes: Heavy[] = [
  {
    what: 'a claim with 1,000 attributions',
    method: 'POST',
    path: '/v1/claims',
    body: { key: 'wide', ...claim('Wide.', sayings(ATTRIBUTIONS)) },
    status: 201,
  },
  {
    what: 'other attributions in place of all 1,000',
    method: 'PUT',
    path: '/v1/claims/wide',
    body: claim('Wide.', sayings(ATTRIBUTIONS, { said: '2024' })),
    status: 200,
  },
  { what: 'the removal of it', method: 'DELETE', path: '/v1/claims/wide', status: 204 },
  {
    what: 'a claim with 390 attributions that relay each other',
    method: 'POST',
    path: '/v1/claims',
    body: { key: 'circle', ...claim('A circle.', circle(390)) },
    status: 201,
  },
  { what: 'the removal of it', method: 'DELETE', path: '/v1/claims/circle', status: 204 },
  {
    what: 'a batch of 1,000 attributions of one claim',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: [
        post('claim', { key: 'one', text: 'One.' }),
        ...Array.from({ length: OPERATIONS - 1 }, (_, i) =>
          post('attribution', { claim: 'one', ...said(i) }),
        ),
      ],
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 claims with three attributions',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        post('claim', {
          key: `of-many-${i}`,
          ...claim(`Claim ${i}.`, [said(0, { key: `said-${i}` }), ...sayings(2)]),
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('claim', `of-many-${i}`, { scope: 'All.' })) },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of an attribution of each',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('attribution', `said-${i}`, { note: 'Heard.' })) },
    status: 200,
  },
  {
    what: 'a batch of 1,000 of them sent again, with other attributions',
    ...sentAgain,
  },
  { what: 'a batch of 1,000 of them sent again, as they are', ...sentAgain },
  { what: 'a batch of 1,000 removals of them', ...removalOfMany },
  revertOfIt,
  { what: 'a batch of 1,000 removals of them', ...removalOfMany },
  {
    what: 'a batch of 1,000 of them sent once more, which brings them back',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) => ({
        ...put('claim', `of-many-${i}`, { text: `Claim ${i}.`, scope: 'All.' }),
        // They were created, changed, removed, restored and removed.
        if_match: '5',
      })),
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 sources, parts of another',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        post('source', {
          ...{ key: `part-${i}`, type: 'chapter', title: `Chapter ${i}`, publisher: party(i) },
          part_of: i === 0 ? null : 'part-0',
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('source', `part-${i}`, { language: 'fr' })) },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a batch of 1,000 changes of a claim, an attribution and a source in turn',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        i % 3 === 0
          ? patch('claim', `of-many-${i}`, { scope: 'Some.' })
          : i % 3 === 1
            ? patch('attribution', `said-${i}`, { note: 'Read.' })
            : patch('source', `part-${i}`, { language: 'ar' }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch that makes a chain of the sources',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS - 1, (i) => patch('source', `part-${i + 1}`, { part_of: `part-${i}` })),
    },
    status: 200,
  },
  revertOfIt,
  { ...revertOfIt, what: 'the revert of that' },
  {
    what: 'a batch of 1,000 removals of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => remove('source', `part-${OPERATIONS - 1 - i}`)) },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a claim with 420 attributions',
    method: 'POST',
    path: '/v1/claims',
    body: claim(
      'Outlets.',
      each(OUTLETS, (i) => said(i, { key: `outlet-says-${i}` })),
    ),
    status: 201,
  },
  {
    what: 'a batch that makes 95 of them relay all others',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(RELAYING, (i) =>
        patch('attribution', `outlet-says-${i}`, {
          ...{ stance: 'reports', lineage: null },
          relays: each(OUTLETS, (n) => `outlet-says-${n}`).filter((_, n) => n !== i),
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 22 claims with 85 attributions that relay each other',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: Array.from({ length: 22 }, (_, i) => post('claim', claim(`Circle ${i}.`, circle(85)))),
    },
    status: 200,
  },
  {
    what: 'a batch of 5 claims with 1,000 attributions',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(5, (i) => post('claim', { key: `broad-${i}`, ...broad(i) })),
    },
    status: 200,
  },
  revertOfIt,
  { ...revertOfIt, what: 'the revert of that' },
  {
    what: 'a batch that changes all attributions of 5 claims with 1,000',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(5, (i) => put('claim', `broad-${i}`, broad(i, { note: 'Heard again.' }))),
    },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a batch that puts others in place of them',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(5, (i) => put('claim', `broad-${i}`, claim(`Broad ${i}.`, sayings(ATTRIBUTIONS)))),
    },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a batch of 5 claims with 1,000 attributions by one party',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: [
        post('party', { key: 'voice', kind: 'media', name: 'Voice' }),
        ...each(5, (i) => post('claim', claim(`Said ${i}.`, sayings(ATTRIBUTIONS, { party: 'voice' })))),
      ],
    },
    status: 200,
  },
  {
    what: 'the merge of that party, which moves all of them',
    method: 'POST',
    path: '/v1/parties/voice/merges',
    body: { into: party(0) },
    status: 201,
  },
  { what: 'the undoing of it', method: 'DELETE', path: ({ location }) => location, status: 200 },
  {
    what: 'a batch of 1,000 claims with three attributions by unknown parties, refused',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        post('claim', claim(`Claim ${i}.`, sayings(3, { party: `nobody-${i}` }))),
      ),
    },
    status: 422,
  },
  {
    what: 'a batch of 1,000 changes of sources with an unknown publisher, refused',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('source', `part-${i}`, { publisher: 'nobody' })) },
    status: 422,
  },
  {
    what: 'a batch of 1,000 removals of parties that others name, refused',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => remove('party', party(i))) },
    status: 422,
  },
  {
    what: 'a claim with the longest members, all of letters that each stand for eighteen',
    method: 'POST',
    path: '/v1/claims',
    body: {
      text: ligatures(10_000),
      scope: ligatures(500),
      places: each(200, (i) => ({ name: `${i} ${ligatures(490)}` })),
      attributions: each(10, (i) => said(i, { quote: { exact: `${i} ${ligatures(9_990)}` } })),
    },
    status: 201,
  },
  {
    what: 'a party with 200 names of such letters',
    method: 'POST',
    path: '/v1/parties',
    body: {
      ...{ key: 'ligatures', kind: 'media', name: ligatures(490) },
      names: each(199, (i) => ({ name: `${ligatures(480)} ${i}`, kind: 'alias' })),
    },
    status: 201,
  },
  {
    what: 'a change of it',
    method: 'PATCH',
    path: '/v1/parties/ligatures',
    body: { country: 'AF' },
    status: 200,
  },
  {
    what: 'a batch of 1,000 persons, all with names alike',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, alikePerson) },
    status: 200,
  },
  {
    what: 'a batch of the same 1,000 again, each of which is refused by itself',
    method: 'POST',
    path: '/v1/batch',
    body: { if_similar: 'reject', atomic: false, operations: each(OPERATIONS, alikePerson) },
    status: 207,
  },
  {
    what: 'a batch of 200 sources that each supersede 200 others',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(200, (i) =>
        patch('source', `part-${i}`, { supersedes: each(200, (n) => `part-${200 + n}`) }),
      ),
    },
    status: 200,
  },
  {
    what: 'a body of 1 MiB of text, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: longText(BODY_BYTES - 100) },
    status: 422,
  },
  {
    what: 'a body of 1 MiB of elements, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: 'x', topics: Array.from({ length: 260_000 }, () => 'a') },
    status: 422,
  },
  {
    what: 'a body of 1 MiB of empty attributions, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: 'x', attributions: Array.from({ length: 340_000 }, () => ({})) },
    status: 422,
  },
  {
    what: 'a batch of 4 MiB of operations of 4 KB',
    method: 'POST',
    path: '/v1/batch',
    body: {
      dry_run: true,
      operations: Array.from({ length: OPERATIONS }, (_, i) =>
        post('claim', { text: `${i} ${longText(BATCH_BYTES / OPERATIONS - 100)}` }),
      ),
    },
    status: 200,
  },
];
