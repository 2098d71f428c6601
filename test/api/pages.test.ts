import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** What all pages have in common; what each shows stands in the tests of its own. */

const t = await testApp({ register: 'sample' });
const keyed = await testApp({ register: 'sample', openReads: false });
const claim = '/claims/ttp-leader-family-stipend';
const html = { accept: 'text/html' };

describe('a page', () => {
  it('is HTML under a policy that lets nothing inside of it run', async () => {
    const { status, headers, text } = await t.send('GET', claim);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'self'; " +
        "img-src 'self' blob:; script-src 'self'; style-src 'self'",
    );
    expect(text).not.toMatch(
      /<style|style="|<script(?! type="module" src="\/assets\/| type="application\/ld\+json")|\son\w+=/,
    );
  });

  it('is sent again only when it changed, as the answers of the API', async () => {
    const { headers } = await t.send('GET', claim);
    expect(headers['cache-control']).toBe('private, no-cache');
    const again = await t.send('GET', claim, undefined, { 'if-none-match': String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('names its permanent address and its other forms, in headers and in the page', async () => {
    const { headers, text } = await t.send('GET', `${claim}?as_of=2030-01-01`);
    expect(headers.link).toBeUndefined();
    const { headers: present, text: page } = await t.send('GET', claim);
    expect(present.link).toContain(`<${claim}>; rel="canonical"`);
    expect(present.link).toContain(`</v1${claim}>; rel="alternate"; type="application/json"`);
    expect(page).toContain(`<link rel="canonical" href="${claim}"/>`);
    expect(page).toContain(`<link rel="alternate" href="/v1${claim}" type="application/json" title="JSON"/>`);
    expect(text).toContain('this instant is in the future');
  });

  it('loads files that are there, each at an address of its content, kept for good', async () => {
    const { text } = await t.send('GET', '/');
    const files = [...new Set(text.match(/\/assets\/[^"]+/g))];
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      const { status, headers } = await keyed.send('GET', file);
      expect([file, status]).toEqual([file, 200]);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    expect((await t.send('GET', files[0]!.replace(/assets\/[\w-]+/, 'assets/older'))).status).toBe(404);
  });

  it.each([
    '/docs/..%2f..%2fpackage.json',
    '/claims/..%2f..%2fpackage.json',
    '/assets/x/..%2f..%2fpackage.json',
  ])('%s is no way to other files', async (url) => {
    const { status, text } = await t.send('GET', url);
    expect([status, text.includes('"dependencies"')]).toEqual([404, false]);
  });

  it('is no operation of the API', async () => {
    const { json } = await t.send('GET', '/openapi.json');
    expect(
      Object.keys(json.paths).filter((path) => !/^\/(v1|reconcile|openapi|problems|livez|readyz)/.test(path)),
    ).toEqual([]);
  });
});

describe('the moment of a page', () => {
  const at = '2099-01-01T00:00:00.000Z';

  it('is carried by all links to other pages', async () => {
    t.setClock('2100-01-01T00:00:00.000Z');
    const { text, headers } = await t.send('GET', `${claim}?as_of=${at}&known_by=2025-02`);
    expect(headers['memento-datetime']).toBe(new Date(at).toUTCString());
    const links = [
      ...text.matchAll(/href="(\/(?:claims|parties|sources|predicates|conflicts|changes)[^"]*)"/g),
    ]
      .map(([, link]) => link!.replaceAll('&amp;', '&'))
      // The addresses to be cited are those of the object itself.
      .filter((link) => !link.startsWith(claim));
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) {
      const { searchParams } = new URL(link, 'http://localhost');
      expect([link, searchParams.get('as_of'), searchParams.get('known_by')]).toEqual([link, at, '2025-02']);
    }
    expect(text).toContain('As of 1 Jan 2099');
  });

  it('known by a day leaves out what was said later', async () => {
    const before = await t.send('GET', `${claim}?known_by=2024`);
    expect(before.text).toContain('Nobody is recorded as saying it.');
    expect((await t.send('GET', claim)).text).not.toContain('Nobody is recorded as saying it.');
  });

  it('is that of its record for a version', async () => {
    const { status, text } = await t.send('GET', `${claim}@1`);
    expect([status, text.includes('version')]).toEqual([200, true]);
    expect(text).toMatch(/href="\/parties\/[^"]+\?as_of=20/);
    expect((await t.send('GET', `${claim}@7`)).status).toBe(404);
    expect((await t.send('GET', `${claim}@1?as_of=2026-01-01`)).status).toBe(400);
  });
});

describe('a form of a page', () => {
  it.each([
    [`${claim}?as_of=&known_by=`, claim],
    [`${claim}?as_of=&known_by=2025`, `${claim}?known_by=2025`],
    [`${claim}?known_by=2025&known_by=2026`, `${claim}?known_by=2025,2026`],
  ])('%s leads to the address that can be kept', async (sent, kept) => {
    const { status, headers } = await t.send('GET', sent);
    expect([status, headers.location]).toEqual([303, kept]);
  });
});

describe('a problem of a page', () => {
  it.each([
    ['/claims/nothing-of-this-name', 404, 'There is no claim'],
    [`${claim}?known_by=never`, 400, '<code>known_by</code>'],
    [`${claim}?nope=1`, 400, '<code>nope</code>'],
    [`${claim}?nope=%zz`, 400, 'percent-encoded'],
  ])('%s is a page', async (url, status, words) => {
    const answer = await t.send('GET', url);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(answer.text).toContain(words);
  });

  it('leads on without the moment that was refused', async () => {
    const { status, text } = await t.send('GET', `${claim}?as_of=2199-01-01&known_by=2025`);
    expect(status).toBe(400);
    expect(text).toContain('href="/claims?known_by=2025"');
    expect(text).not.toMatch(/href="[^"]*as_of/);
  });

  it('of an address where nothing is, is one for browsers alone, and below /v1 for nobody', async () => {
    const page = await t.send('GET', '/nothing', undefined, html);
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    for (const [url, headers] of [
      ['/nothing', {}],
      ['/v1/nothing', html],
    ] as const) {
      const { status, json } = await t.send('GET', url, undefined, headers);
      expect([status, json.code]).toEqual([404, 'not_found']);
    }
  });

  it('of a removed object tells what was there', async () => {
    t.setClock('2098-01-01T00:00:00.000Z');
    const claimed = await t.send('POST', '/v1/claims', { text: 'To be removed.', key: 'removed-claim' });
    t.setClock('2098-01-02T00:00:00.000Z');
    await t.send('DELETE', '/v1/claims/removed-claim', undefined, {
      'if-match': String(claimed.headers.etag),
      'change-reason': 'entered%20twice',
    });
    const { status, text } = await t.send('GET', '/claims/removed-claim');
    expect(status).toBe(410);
    expect(text).toContain('entered twice');
    expect(text).toContain('/claims/removed-claim@1');
    expect((await t.send('GET', '/claims/removed-claim@1')).text).toContain('To be removed.');
    expect((await t.send('GET', '/claims/removed-claim@2')).text).toContain(
      '/v1/claims/removed-claim/history/2',
    );
  });

  it('where reads are keyed asks for the key, and is the page with it', async () => {
    const refused = await keyed.send('GET', claim);
    expect([refused.status, refused.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    expect(refused.headers['www-authenticate']).toBe('Bearer realm="attested"');
    expect(refused.text).toContain('data-key');
    const { status } = await keyed.send('GET', claim, undefined, { authorization: `Bearer ${keyed.key}` });
    expect(status).toBe(200);
  });
});

describe('text of the register', () => {
  it('never becomes markup', async () => {
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> שלום" onload="x';
    await t.send('PUT', '/v1/parties/hostile', { kind: 'person', name: hostile });
    const url = 'https://example.org/"><script>alert(2)</script>';
    await t.send('PUT', '/v1/sources/hostile', { type: 'article', title: hostile, url });
    const { status, text: answer } = await t.send('PUT', '/v1/claims/hostile', {
      text: `${hostile} </script><!--`,
      subject: 'hostile',
      topics: ['ttp'],
      attributions: [
        { party: 'hostile', stance: 'asserts', source: 'hostile', note: hostile, quote: { exact: hostile } },
      ],
    });
    expect([status, answer]).toEqual([201, answer]);
    for (const page of ['/', '/claims/hostile']) {
      const { text } = await t.send('GET', page);
      expect(text).toContain('&lt;script>alert(1)');
      const block = /<script type="application\/ld\+json">(.*?)<\/script>/;
      expect(text.replace(block, '')).not.toMatch(/<script>|<img src=x|" onload=/);
      const data = block.exec(text)?.[1];
      expect(page === '/' || JSON.parse(data!).text.endsWith('</script><!--')).toBe(true);
    }
  });
});
