import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../processes.js';
import { type Claim, claimOf, groundOf, type Open } from './peer.js';

/** The newest version that Go 1.26 builds. */
const VERSION = 'v0.39.0';
const LOGIN = { identity: 'bench@example.org', password: 'only-for-measuring' };
/** Records that one request creates. */
const AT_ONCE = 400;

const text = (name: string) => ({ name, type: 'text' });
/** What claims and attributions refer to, and they themselves, with the indexes that their relations need. */
const collections = (ids: Record<string, string>): object[] => {
  const relation = (name: string, to: string) => ({
    name,
    type: 'relation',
    collectionId: ids[to],
    maxSelect: 1,
  });
  const index = (table: string, column: string) =>
    `CREATE INDEX idx_${table}_${column} ON ${table} (${column})`;
  return [
    ...['party', 'source', 'predicate'].map((name) => ({ name, fields: [text('key'), text('name')] })),
    {
      name: 'claims',
      fields: [
        ...['key', 'text', 'value', 'unit', 'occurred'].map(text),
        relation('subject', 'party'),
        relation('predicate', 'predicate'),
      ],
      indexes: [index('claims', 'subject'), index('claims', 'predicate'), index('claims', 'occurred')],
    },
    {
      name: 'attributions',
      fields: [
        ...['stance', 'said', 'quote', 'page', 'paragraph'].map(text),
        relation('claim', 'claims'),
        relation('party', 'party'),
        relation('source', 'source'),
      ],
      indexes: ['claim', 'party', 'source'].map((column) => index('attributions', column)),
    },
  ];
};

/** Ids there have fifteen letters. */
const idOf = (name: string, more = '') => `${name.replaceAll('-', '')}${more}`.padStart(15, '0');

function recordsOf({ key, subject, predicate, value, attributions, ...claim }: Claim): object[] {
  const id = idOf(key);
  const create = (collection: string, body: object) => ({
    method: 'POST',
    url: `/api/collections/${collection}/records`,
    body,
  });
  return [
    create('claims', {
      ...{ id, key, text: claim.text, occurred: claim.occurred, value: value.value, unit: value.unit },
      ...{ subject: idOf(subject), predicate: idOf(predicate) },
    }),
    ...attributions.map(({ party, source, quote, locator, stance, said }, i) =>
      create('attributions', {
        ...{ id: idOf(key, `n${i}`), claim: id, party: idOf(party), source: idOf(source) },
        ...{ stance, said, quote: quote.exact, ...locator },
      }),
    ),
  ];
}

export const openPocketBase: Open = async (folder, claims) => {
  const bin = join(process.cwd(), 'node_modules', '.cache', 'attested-peers');
  const program = join(bin, 'base');
  mkdirSync(bin, { recursive: true });
  if (!existsSync(program)) {
    const env = { ...process.env, GOBIN: bin };
    execFileSync('go', ['install', `github.com/pocketbase/pocketbase/examples/base@${VERSION}`], { env });
  }
  const data = join(folder, 'pocketbase');
  const at = ['--dir', data];
  execFileSync(program, ['superuser', 'upsert', LOGIN.identity, LOGIN.password, ...at]);
  const server = await start('/api/health', (port) =>
    spawn(program, ['serve', '--http', `127.0.0.1:${port}`, ...at], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  let headers: Record<string, string> = { 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body: object) => {
    const address = `http://127.0.0.1:${server.port}/api/${path}`;
    const answer = await fetch(address, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok)
      throw new Error(`PocketBase answered ${answer.status} to ${path}: ${await answer.text()}`);
    return (await answer.json()) as { id: string; token: string };
  };
  const { token } = await ask('POST', 'collections/_superusers/auth-with-password', LOGIN);
  headers = { ...headers, authorization: token };
  await ask('PATCH', 'settings', { batch: { enabled: true, maxRequests: AT_ONCE, timeout: 60 } });
  const ids: Record<string, string> = {};
  for (let i = 0; i < collections(ids).length; i++) {
    const rules = { type: 'base', listRule: '', viewRule: '' };
    const made = collections(ids)[i] as { name: string };
    ids[made.name] = (await ask('POST', 'collections', { ...rules, ...made })).id;
  }
  const ground = groundOf(claims).map(({ noun, key, name }) => ({
    method: 'POST',
    url: `/api/collections/${noun}/records`,
    body: { id: idOf(key), key, name },
  }));
  const all = [...ground, ...Array.from({ length: claims }, (_, i) => recordsOf(claimOf(i, claims))).flat()];
  for (let i = 0; i < all.length; i += AT_ONCE)
    await ask('POST', 'batch', { requests: all.slice(i, i + AT_ONCE) });
  const expand = 'expand=subject,predicate,attributions_via_claim.party,attributions_via_claim.source';
  const records = '/api/collections/claims/records';
  return {
    name: `PocketBase ${VERSION}`,
    server,
    file: join(data, 'data.db'),
    health: '/api/health',
    item: (number) => [`${records}/${idOf(`claim-${number}`)}?${expand}`],
    page: `${records}?perPage=50&skipTotal=1`,
    expanded: `${records}?perPage=50&skipTotal=1&${expand}`,
    create: (number) => ({
      path: '/api/batch',
      headers: { authorization: token },
      body: JSON.stringify({ requests: recordsOf(claimOf(number, claims)) }),
    }),
  };
};
