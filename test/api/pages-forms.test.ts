import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** Pages on which people enter and mend: each is there, linked from what it is about, and names its fields by pointer. */

const t = await testApp({ register: 'sample' });
const claim = '/claims/ttp-leader-family-stipend';
const quoted = 'ttp-leader-family-stipend-outlet';

const page = async (url: string) => {
  const { status, text } = await t.send('GET', url);
  expect([url, status, status === 200 ? '' : text]).toEqual([url, 200, '']);
  return text;
};

describe('a form that writes', () => {
  it.each([
    ['/claims/new', ['/text', '/subject', '/occurred', '/value/type', '/attributions/0/quote/exact']],
    [`${claim}/attributions/new`, ['/claim', '/party', '/stance', '/relays', '/in_reply_to']],
    [`${claim}/assessments/new`, ['/claim', '/credibility', '/likelihood', '/rationale']],
    [`/attributions/${quoted}/quote`, ['/quote/exact', '/quote/prefix', 'reason']],
    ['/parties/ttp/merge', ['/into', '/reason']],
  ])('%s has its fields, and says without scripts that it needs them', async (url, names) => {
    const text = await page(url);
    for (const name of names) expect(text).toContain(`name="${name}"`);
    expect(text).toMatch(/<noscript><p>Entering needs scripts/);
    const files = [...text.matchAll(/src="(\/assets\/[^"]+\.js)"/g)].map(([, file]) => file!);
    // It loads the scripts of forms where there is one.
    expect(files.map((file) => file.replace(/.*\//, ''))).toContain('key.js');
    expect(text).toContain('<form class="entry" method="post" data-entry="true"');
  });

  it('takes what is stored, with the version that it is of', async () => {
    const { json } = await t.send('GET', `/v1/attributions/${quoted}`);
    const text = await page(`/attributions/${quoted}/quote`);
    expect(text).toContain(`data-changes="/v1/attributions/${json.id}" data-version="${json.version}"`);
    const { json: party } = await t.send('GET', '/v1/parties/ttp');
    const merging = await page('/parties/ttp/merge');
    expect(merging).toContain(`data-post="/v1/parties/${party.id}/merges"`);
    expect(merging).toContain(`data-changes="/v1/parties/${party.id}" data-version="${party.version}"`);
  });

  it.each(['/claims/there-is-none/attributions/new', '/parties/there-is-none/merge'])(
    '%s is a problem of the page',
    async (url) => {
      const { status, headers } = await t.send('GET', url);
      expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    },
  );
});

describe('links to it', () => {
  it.each([
    ['/claims', '/claims/new'],
    [claim, `${claim}/attributions/new`],
    [claim, `${claim}/assessments/new`],
    ['/parties/ttp', '/parties/ttp/merge'],
  ])('stand on %s: %s', async (url, link) => {
    expect(await page(url)).toContain(`href="${link}"`);
    // The past is as it was.
    t.setClock('2100-01-01T00:00:00.000Z');
    expect(await page(`${url}?as_of=2099-01-01`)).not.toContain(`href="${link}"`);
  });
});
