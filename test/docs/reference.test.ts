import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { settingDocs } from '../../src/config.js';
import { testApp } from '../support/app.js';

/** What the documents list must be what the code has. */

const t = await testApp();

const settings = 'docs/guide/running.md';
it(`${settings}: the table of settings is complete`, () => {
  const guide = readFileSync(settings, 'utf8');
  const listed = [...guide.matchAll(/^\| `(ATTESTED_\w+)`/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(settingDocs.map((setting) => setting.name).sort());
});

const lists = [
  'claims',
  'attributions',
  'sources',
  'parties',
  'relations',
  'assessments',
  'judgements',
  'predicates',
];
const columns = 'docs/guide/exports.md';
it.each(lists)(`${columns}: the table of CSV columns is complete for %s`, async (list) => {
  const guide = readFileSync(columns, 'utf8');
  const listed = new RegExp(`^\\| ${list} \\| (.*) \\|$`, 'm').exec(guide)?.[1];
  const header = (await t.send('GET', `/v1/${list}.csv`)).text.trim();
  expect(listed?.split(', ').join(',')).toBe(header);
});

const folders = ['docs', 'seeds', 'cluster', 'clients', 'test', '.github'];
const documents = [
  ...readdirSync('.'),
  ...folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  ),
].filter((name) => name.endsWith('.md') && !name.includes('node_modules'));

/** The part of an address that leads to a heading, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

it.each(documents)('%s: every link leads to a file, and to a heading in it', (document) => {
  for (const [, path, anchor] of readFileSync(document, 'utf8').matchAll(
    /\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g,
  )) {
    const target = path === '' ? document : `${dirname(document)}/${path}`;
    expect(existsSync(target), `no file ${target}`).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      anchorOf(text!),
    );
    expect(headings, `no heading #${anchor} in ${target}`).toContain(anchor);
  }
});

it('DECISIONS.md: lists every page of docs/adr, with its number and title', () => {
  const listed = [
    ...readFileSync('DECISIONS.md', 'utf8').matchAll(/^\| (\d+) \| \[(.*)\]\(docs\/adr\/(.*)\) \|/gm),
  ];
  const pages = readdirSync('docs/adr').map((name) => {
    const [, number, title] = /^# (\d+)\. (.*)$/m.exec(readFileSync(`docs/adr/${name}`, 'utf8')) ?? [];
    return [number, title, name];
  });
  expect(pages.length).toBeGreaterThan(50);
  expect(listed.map(([, ...row]) => row)).toEqual(pages);
});
