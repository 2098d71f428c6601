import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp();

describe('GET /docs', () => {
  const assets = async (page: string) => {
    const { text } = await t.send('GET', page);
    return [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, href]) => {
      return new URL(href!, `http://attested${page}`);
    });
  };

  it.each(['/docs', '/docs/'])('%s finds all its files here', async (page) => {
    const found = await assets(page);
    expect(found.length).toBeGreaterThanOrEqual(5);
    expect(found.map(({ host }) => host)).toEqual(found.map(() => 'attested'));
    for (const { pathname } of found) {
      const { status, text } = await t.send('GET', pathname);
      expect([pathname, status]).toEqual([pathname, 200]);
      expect(text.length).toBeGreaterThan(0);
    }
  });

  it('shows the document that stands at /openapi.json', async () => {
    const { text } = await t.send('GET', '/docs/static/swagger-initializer.js');
    expect(text).toContain("url: resolveUrl('./json')");
    expect(text).toContain('validatorUrl: null');
    expect((await t.send('GET', '/docs/json')).json).toEqual((await t.send('GET', '/openapi.json')).json);
  });

  it('runs its own scripts and asks no other host', async () => {
    const { headers, text } = await t.send('GET', '/docs');
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => directive.trim().split(/ (.*)/)),
    );
    expect(policy['script-src'] ?? policy['default-src']).toBe("'self'");
    expect(policy['connect-src'] ?? policy['default-src']).toBe("'self'");
    expect(JSON.stringify(policy)).not.toMatch(/https?:|\w\.\w|\*|upgrade-insecure/);
    // Scripts and styles in the page itself would need hashes in the policy: there are none.
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=/);
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    const { text: css } = await t.send('GET', '/docs/static/swagger-ui.css');
    expect([...css.matchAll(/@import|url\((?!"?data:)/g)]).toEqual([]);
  });
});
