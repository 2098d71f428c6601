import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** Pages of single objects and of what stands between them: what each shows. */

const t = await testApp({ register: 'sample' });

const page = async (url: string) => {
  const { status, text } = await t.send('GET', url);
  expect([url, status, status === 200 ? '' : text]).toEqual([url, 200, '']);
  return text;
};

describe('the page of a claim', () => {
  it('shows who says it through whom, what it is against, and how it stands', async () => {
    const text = await page('/claims/ttp-strength-10000');
    for (const words of [
      'about 10,000 fighters',
      'Single origin',
      'Passes on what is said by',
      'comprises approximately 10,000 fighters',
      'Something else is counted',
      '4,000–6,000 fighters',
      '/v1/claims/ttp-strength-10000/provenance.svg',
      '/v1/estimates.svg?subject=ttp&amp;predicate=fighter-strength',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('shows relations, assessments and denials', async () => {
    await t.send('PUT', '/v1/claims/judged', {
      text: 'A claim that is judged.',
      attributions: [{ party: 'taliban', stance: 'denies', said: '2024-05', note: 'at a briefing' }],
    });
    await t.send('POST', '/v1/relations', {
      from: 'judged',
      type: 'refines',
      to: 'ttp-strength-10000',
      note: 'as to time',
    });
    const assessment = {
      claim: 'judged',
      verdict: 'not proven',
      credibility: 4,
      likelihood: 'unlikely',
      rationale: 'One voice.',
    };
    const { key } = { key: await t.newKey(['review']) };
    await t.send('POST', '/v1/assessments', assessment, { authorization: `Bearer ${key}` });
    const text = await page('/claims/judged');
    for (const words of [
      'Who denies or withdraws it',
      'May 2024',
      'at a briefing',
      'refines',
      'as to time',
      'not proven',
      'Credibility 4',
      'unlikely',
      'One voice.',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('says codes in words', async () => {
    const text = await page('/claims/ttp-operates-in-afghanistan');
    expect(text).toContain('<dd><bdi>Afghanistan</bdi></dd>');
    expect(text).toContain('alleges it');
    const facets = await page('/claims?facets=support');
    expect(facets).toContain('<bdi>origin unknown</bdi>');
    expect(facets).not.toContain('untraced</bdi>');
  });

  it('has a picture of a hundred attributions at most, and leads to all of more', async () => {
    const attributions = Array.from({ length: 101 }, () => ({ party: 'taliban', stance: 'denies' }));
    await t.send('PUT', '/v1/claims/long', { text: 'A claim of many words.', attributions });
    const text = await page('/claims/long');
    expect(text).toContain('A picture of all 101 attributions');
    expect(text).not.toContain('<img');
    expect(text).toContain('The first 100 of 101 are shown');
    expect(text).toContain('href="/v1/claims/long/attributions.csv"');
  });

  it('says nothing of what a claim does not have', async () => {
    await t.send('PUT', '/v1/claims/bare', { text: 'A claim in words alone.' });
    const text = await page('/claims/bare');
    expect(text).toContain('Nobody is recorded as saying it.');
    expect(text).not.toMatch(/<h2[^>]*>(Timeline|How it came here|Other figures|Estimates)|<dd><\/dd>/);
  });
});

describe('the page of a source', () => {
  it('shows what it is, what it carries, and what would lose support without it', async () => {
    const text = await page('/sources/defence-talks-article-2025');
    const { json } = await t.send('GET', '/v1/sources/defence-talks-article-2025/dependents?limit=3');
    expect(text).toContain('What would lose support without it');
    expect(json.items).toHaveLength(3);
    for (const { claim, fallen } of json.items) {
      const item = text
        .slice(text.indexOf('id="dependents"'))
        .split('<li>')
        .find((one) => one.includes(claim.key));
      expect(item).toContain(`${fallen.length} statement`);
    }
  });

  it('shows that it was withdrawn, by whom, and to another address leads no script', async () => {
    await t.send('PUT', '/v1/parties/a-press', { kind: 'media', name: 'A press' });
    const source = {
      type: 'article',
      title: 'Withdrawn one',
      publisher: 'a-press',
      url: 'https://example.org/a',
    };
    await t.send('PUT', '/v1/sources/withdrawn-one', source);
    const words = { about_source: 'withdrawn-one', party: 'a-press', stance: 'retracts', said: '2025-01' };
    expect((await t.send('POST', '/v1/attributions', words)).status).toBe(201);
    const text = await page('/sources/withdrawn-one');
    expect(text).toContain('Withdrawn January 2025');
    expect(text).toContain('<a href="https://example.org/a" rel="noreferrer nofollow external">');
  });
});

describe('the page of a party', () => {
  it('shows its names, what it says and denies, what is said about it, and its parts', async () => {
    const text = await page('/parties/taliban');
    for (const words of ['What it says', 'What it denies', 'What is said about it'])
      expect(text).toContain(words);
    expect(await page('/parties/un')).toContain('Its parts');
  });
});

describe('the page of a predicate', () => {
  it('has the figures for a subject as a chart and as a table', async () => {
    expect(await page('/predicates/fighter-strength')).not.toContain('<table>');
    const text = await page('/predicates/fighter-strength?subject=ttp');
    expect(text).toContain('/v1/estimates.svg?subject=ttp&amp;predicate=fighter-strength');
    const { json } = await t.send('GET', '/v1/estimates?subject=ttp&predicate=fighter-strength');
    expect(text.match(/<tr>/g)?.length).toBe(json.items.length + 1);
    expect((await t.send('GET', '/predicates/fighter-strength?subject=nobody')).status).toBe(400);
  });

  it('has the first hundred figures, and a link to all', async () => {
    await t.send('PUT', '/v1/predicates/crowd', { label: 'drew a crowd of', value_type: 'quantity' });
    const operations = Array.from({ length: 101 }, (_, i) => ({
      method: 'POST',
      type: 'claim',
      body: {
        text: `It drew ${i}.`,
        subject: 'ttp',
        predicate: 'crowd',
        value: { type: 'quantity', value: `${i}` },
        attributions: [{ party: 'taliban', stance: 'asserts' }],
      },
    }));
    expect((await t.send('POST', '/v1/batch', { operations })).status).toBe(200);
    const text = await page('/predicates/crowd?subject=ttp');
    expect(text.match(/<tr>/g)).toHaveLength(101);
    expect(text).toContain(
      '<a href="/v1/estimates.csv?subject=ttp&amp;predicate=crowd">the CSV</a> has them',
    );
  });
});

describe('an attribution', () => {
  it('has an address that leads to where it is shown', async () => {
    const { json } = await t.send('GET', '/v1/attributions?limit=1');
    const [{ id, claim }] = json.items;
    const { status, headers } = await t.send('GET', `/attributions/${id}?known_by=2025`);
    expect([status, headers.location]).toEqual([303, `/claims/${claim.key}?known_by=2025#${id}`]);
    expect(await page(`/claims/${claim.key}`)).toContain(`id="${id}"`);
  });
});

describe('the history of an object', () => {
  it('shows what was changed, from what to what, by whom and why', async () => {
    const party = { kind: 'person', name: 'Known before' };
    await t.send('PUT', '/v1/parties/renamed', party);
    const reason = { 'if-match': '*', 'change-reason': 'as%20in%20the%20original' };
    await t.send('PUT', '/v1/parties/renamed', { ...party, name: 'Known <after>', country: 'AF' }, reason);
    const text = await page('/parties/renamed/history');
    expect(text).toContain('<del dir="auto">Known before</del> <ins dir="auto">Known &lt;after></ins>');
    expect(text).toContain('<ins dir="auto">AF</ins>');
    expect(text).toContain('as in the original');
    expect(text).toContain('/parties/renamed@1');
    expect(await page('/changes?limit=3')).toContain('as in the original');
  });
});

describe('/changes', () => {
  it('goes back from the newest, and no further than the moment shown', async () => {
    const text = await page('/changes?limit=2');
    const next = /<a href="([^"]+)" rel="next">/.exec(text)![1]!.replaceAll('&amp;', '&');
    expect(await page(next)).not.toContain(/<p class="title"><a href="([^"]+)/.exec(text)![1]!);
    const { json } = await t.send('GET', '/v1/changes?limit=1');
    const at = json.items[0].recorded_at;
    expect(await page(`/changes?as_of=${at}`)).not.toContain('Known before');
  });
});

describe('/conflicts', () => {
  it('shows the pairs of the API, and takes its filters', async () => {
    const { json } = await t.send('GET', '/v1/conflicts?kind=contradiction');
    const text = await page('/conflicts?kind=contradiction');
    expect(text.match(/<div class="sides">/g)?.length ?? 0).toBe(json.items.length);
    expect((await t.send('GET', '/conflicts?kind=none')).status).toBe(400);
  });
});

describe('/search', () => {
  it('shows what was found and where, and what was likely meant', async () => {
    const text = await page('/search?q=stipend');
    expect(text).toContain('<mark>stipend</mark>');
    expect(text).toContain('/claims/ttp-leader-family-stipend');
    expect(await page('/search?q=stipent')).toContain('href="/search?q=stipend"');
    expect(await page('/search?q=stipend&facets=party,year')).toContain('aria-label="Narrow down"');
    expect(await page('/search')).toContain('Write words above');
  });
});
