import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { settingDocs } from '../../src/config.js';
import { testApp } from '../support/app.js';

/** What the documents list must be what the code has. */

const guide = readFileSync('src/README.md', 'utf8');
const t = await testApp();

it('src/README.md: the table of settings is complete', () => {
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
it.each(lists)('src/README.md: the table of CSV columns is complete for %s', async (list) => {
  const listed = new RegExp(`^\\| ${list} \\| (.*) \\|$`, 'm').exec(guide)?.[1];
  const header = (await t.send('GET', `/v1/${list}.csv`)).text.trim();
  expect(listed?.split(', ').join(',')).toBe(header);
});

it('documents: every link to a file leads to one', () => {
  const guides = [
    'README.md',
    'src/README.md',
    'seeds/README.md',
    'cluster/README.md',
    'clients/typescript/README.md',
  ];
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  for (const file of [
    ...guides,
    ...pages,
    'DECISIONS.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
  ]) {
    const folder = `${dirname(file)}/`;
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(folder + target), `${file}: ${target}`).toBe(true);
    }
  }
});
