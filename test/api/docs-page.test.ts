import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { questionsOf } from '../support/questions.js';
import { linksOf } from '../support/site.js';

/** The documentation of the API as pages. */

const t = await testApp();
const keyed = await testApp({ openReads: false });
const document = (await t.send('GET', '/openapi.json')).json;
const page = async (address: string): Promise<string> => {
  const { status, text } = await t.send('GET', address);
  expect([address, status]).toEqual([address, 200]);
  return text;
};

describe('GET /docs', () => {
  it('leads to every operation of the document', async () => {
    const introduction = await page('/docs');
    const groups = linksOf(introduction, '/docs').filter((link) => /^\/docs\/[a-z]+$/.test(link));
    const texts = await Promise.all(groups.map(page));
    for (const [path, methods] of Object.entries<Record<string, { operationId: string; tags: string[] }>>(
      document.paths,
    )) {
      for (const [method, { operationId, tags }] of Object.entries(methods)) {
        expect(introduction).toContain(`href="/docs/${tags[0]!.toLowerCase()}#${operationId}"`);
        expect(
          texts.filter((text) => text.includes(`id="${operationId}"`)),
          `${method} ${path}`,
        ).toHaveLength(1);
      }
    }
  });

  it('finds operations by words of their name, method, path and group, all of which must be there', async () => {
    const operations = (text: string) => text.match(/\/docs\/[a-z]+#\w+/g) ?? [];
    const found = operations(await page('/docs?q=MERGE+delete+parties'));
    expect(found).toContain('/docs/merges#undoPartyMerge');
    expect(found).not.toContain('/docs/merges#undoClaimMerge');
    expect(found).not.toContain('/docs/claims#listClaims');
    const none = await page('/docs?q=%3Cscript%3Enothing');
    expect(none).toContain('No operation has all of these words.');
    expect(none).not.toContain('<script>nothing');
    const empty = await t.send('GET', '/docs?q=');
    expect([empty.status, empty.headers.location]).toEqual([303, '/docs']);
  });

  it('is open where reads need a key, as the OpenAPI documents are', async () => {
    for (const address of ['/docs', '/docs/questions', '/docs/claims', '/docs/schemas/Claim']) {
      expect([address, (await keyed.send('GET', address)).status]).toEqual([address, 200]);
    }
  });
});

describe('GET /docs/{group}', () => {
  it('shows all that an operation takes and answers', async () => {
    const text = await page('/docs/claims');
    const names = document.paths['/v1/claims'].get.parameters.map(
      ({ $ref }: { $ref: string }) => document.components.parameters[$ref.split('/').at(-1)!].name,
    );
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) expect(text).toContain(`id="listClaims-${name}"`);
    expect(text).toContain('href="/docs/schemas/ClaimInput"');
    expect(text).toContain('href="/docs/schemas/ClaimPage"');
    expect(text).toContain('noor-wali-mehsud-family');
    expect(text).toContain('409 <code>key_taken</code>');
  });
});

describe('GET /docs/schemas/{name}', () => {
  it('every schema has a page, which leads to those it is made of', async () => {
    const names = Object.keys(document.components.schemas);
    expect(names.length).toBeGreaterThan(200);
    for (const name of names) {
      const text = await page(`/docs/schemas/${name}`);
      for (const member of Object.keys(document.components.schemas[name].properties ?? {})) {
        expect(text, name).toContain(`<code>${member}</code>`);
      }
      for (const link of linksOf(text, '/docs').filter((each) => each.startsWith('/docs/schemas/'))) {
        expect(names).toContain(link.split('/').at(-1));
      }
    }
  });
});

describe('GET /docs/questions', () => {
  it('shows the questions of the README with what answers them', async () => {
    const text = await page('/docs/questions');
    const questions = questionsOf(readFileSync('README.md', 'utf8'));
    for (let i = 1; i <= questions.length; i += 1) expect(text).toContain(`href="#q${i}"`);
    expect(text.match(/<pre/g)?.length).toBe(questions.flatMap(({ examples }) => examples).length * 2);
  });
});

it.each(['/docs/nothing', '/docs/schemas/nothing', '/docs/schemas/constructor'])(
  '%s is 404',
  async (address) => {
    const { status, text } = await t.send('GET', address);
    expect(status).toBe(404);
    expect(text).toContain('/docs lists what there is');
  },
);
