import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { allIds, refusedQuery } from '../support/pages.js';

/** What is answered as JSON is answered in other forms at addresses of their own. */

const t = await testApp({ register: 'sample' });
const get = (url: string, headers = {}) => t.send('GET', url, undefined, headers);

const claim = '/v1/claims/ttp-leader-family-stipend';
const source = '/v1/sources/monitoring-team-report-35';
const estimates = '/v1/estimates';
const asked = '?subject=ttp&predicate=fighter-strength';

describe('GET: a form of an answer', () => {
  it.each([
    [`${claim}/provenance.svg`, 'image/svg+xml; charset=utf-8', 'inline', /^<svg /],
    [`${claim}/timeline.svg`, 'image/svg+xml; charset=utf-8', 'inline', /^<svg /],
    [`${claim}/timeline.csv`, 'text/csv; charset=utf-8', 'attachment', /^date,/],
    [`${claim}/conflicts.ndjson`, 'application/x-ndjson', 'attachment', /^$/],
    ['/v1/conflicts.csv', 'text/csv; charset=utf-8', 'attachment', /^kind,why,subject,/],
    ['/v1/conflicts.ndjson', 'application/x-ndjson', 'attachment', /^\{"kind":/],
    [`${claim}/provenance.dot`, 'text/vnd.graphviz; charset=utf-8', 'inline', /^digraph /],
    [`${claim}/provenance.mermaid`, 'text/vnd.mermaid; charset=utf-8', 'inline', /^flowchart /],
    [`${claim}/attribution-sentence.txt`, 'text/plain; charset=utf-8', 'inline', /Noor Wali Mehsud.*\.\n$/],
    [`${claim}/attributions.csv`, 'text/csv; charset=utf-8', 'attachment', /^id,key,/],
    [`${estimates}.csv${asked}`, 'text/csv; charset=utf-8', 'attachment', /^claim,/],
    [`${estimates}.svg${asked}`, 'image/svg+xml; charset=utf-8', 'inline', /^<svg /],
    [`${source}/citation.bib`, 'application/x-bibtex; charset=utf-8', 'attachment', /^@techreport\{/],
    [
      `${source}/citation.ris`,
      'application/x-research-info-systems; charset=utf-8',
      'attachment',
      /^TY {2}- RPRT\r\n/,
    ],
    [`${source}/citation.csl.json`, 'application/vnd.citationstyles.csl+json', 'attachment', /^\{"id":/],
    [`${source}/citation.txt`, 'text/plain; charset=utf-8', 'inline', /35th report/],
    ['/v1/changes.ndjson?limit=2', 'application/x-ndjson', 'attachment', /^\{"cursor":/],
  ])('%s is %s', async (url, type, disposition, begins) => {
    const answer = await get(url);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    const file = url
      .split('?')[0]!
      .replace(/^\/v1\//, '')
      .replaceAll('/', '-');
    expect(answer.headers['content-disposition']).toBe(`${disposition}; filename="${file}"`);
    expect(answer.text).toMatch(begins);
  });

  it('takes the parameters of its form alone', async () => {
    expect((await get(`${source}/citation.txt?style=vancouver`)).text).not.toBe(
      (await get(`${source}/citation.txt`)).text,
    );
    await refusedQuery(t, `${source}/citation.bib?style=apa`, 'style unknown_parameter');
    expect((await get(`${estimates}.csv${asked}&fields=text`)).text).toMatch(/^text\n/);
    await refusedQuery(t, `${estimates}.csv${asked}&fields=secret`, 'fields unknown_column');
    await refusedQuery(t, `${estimates}${asked}&fields=text`, 'fields unknown_parameter');
    await refusedQuery(t, `${estimates}.svg${asked}&fields=text`, 'fields unknown_parameter');
  });

  it('has the problems of its JSON', async () => {
    for (const url of ['/v1/claims/no-such/provenance.svg', '/v1/sources/no-such/citation.bib']) {
      expect((await get(url)).json.code).toBe('not_found');
    }
    expect((await t.send('POST', '/v1/claims.csv', {})).headers.allow).toBe('GET, HEAD');
    expect((await t.send('POST', '/v1/claimsXcsv', {})).status).toBe(404);
  });

  it('is no object: a key has no dot', async () => {
    for (const url of ['/v1/claims/ttp-leader-family-stipend.csv', '/v1/claims/x.csv', '/v1/claims.pdf']) {
      expect((await get(url)).json.code).toBe('not_found');
    }
    const answer = await t.send('PUT', '/v1/claims/x.csv', { text: 'x' });
    expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
  });
});

describe('GET /v1/sources.bib, .ris, .csl.json', () => {
  const filter = 'type=report&sort=published';

  it('are the citations of the list, in its order', async () => {
    const ids = await allIds(t, `/v1/sources?${filter}&limit=200`);
    expect(ids.length).toBeGreaterThan(2);
    const each = async (extension: string) =>
      Promise.all(ids.map(async (id) => (await get(`/v1/sources/${id}/citation.${extension}`)).text));
    expect((await get(`/v1/sources.bib?${filter}`)).text).toBe((await each('bib')).join('\n'));
    expect((await get(`/v1/sources.ris?${filter}`)).text).toBe((await each('ris')).join('\r\n'));
    const csl = JSON.parse((await get(`/v1/sources.csl.json?${filter}`)).text);
    expect(csl).toEqual((await each('csl.json')).map((text) => JSON.parse(text)));
  });

  it('hold all sources, over several chunks, and are empty where the list is', async () => {
    const all = await allIds(t, '/v1/sources?limit=200');
    expect(JSON.parse((await get('/v1/sources.csl.json')).text)).toHaveLength(all.length);
    expect((await get('/v1/sources.bib')).text.match(/^@/gm)).toHaveLength(all.length);
    expect(JSON.parse((await get('/v1/sources.csl.json?key=nothing')).text)).toEqual([]);
    expect((await get('/v1/sources.ris?key=nothing')).text).toBe('');
  });
});

describe('GET: a form asked for by a parameter', () => {
  it.each([
    [`${claim}/provenance?format=svg`, '/v1/claims/{id}/provenance.svg'],
    [`${claim}?view=input`, '/v1/claims/{id}/input'],
    ['/v1/claims?view=input', '/v1/claims.ndjson?form=input'],
    [`${estimates}${asked}&format=svg`, '/v1/estimates.svg'],
    [`${source}/citation?format=bibtex`, '/v1/sources/{id}/citation.bib'],
    [`${source}/citation?format=text`, '/v1/sources/{id}/citation.txt'],
    ['/v1/sources?format=csl', '/v1/sources.csl.json'],
    ['/v1/changes?format=ndjson', '/v1/changes.ndjson'],
  ])('%s is 400 and names %s', async (url, address) => {
    const { status, json } = await get(url);
    expect([status, json.errors]).toEqual([
      400,
      [
        {
          parameter: url.includes('view=') ? 'view' : 'format',
          code: 'unknown_parameter',
          detail: `each form has an address of its own; use ${address}`,
        },
      ],
    ]);
  });

  it('is an unknown parameter where there is no such form', async () => {
    for (const url of [
      '/v1/claims?format=pdf',
      `${claim}?format=csv`,
      '/v1/conflicts?view=input',
      '/v1/changes?view=input',
    ]) {
      const { json } = await get(url);
      expect(json.errors[0].detail).toMatch(/^no such parameter/);
    }
  });
});

describe('GET /v1/claims/{id}', () => {
  it('says in its attributions all that they say by themselves, but what they are about', async () => {
    const { attributions } = (await get(claim)).json;
    expect(attributions.length).toBe(3);
    for (const inline of attributions) {
      const { claim: about, about_source, ...rest } = (await get(`/v1/attributions/${inline.id}`)).json;
      expect(inline).toEqual(rest);
      expect([about.key, about_source]).toEqual(['ttp-leader-family-stipend', null]);
    }
  });

  it('keeps a quote that reads like the members that it leaves out', async () => {
    const { id } = (await t.send('POST', '/v1/claims', { text: 'Quoted.' })).json;
    const exact = `"claim":"claim:${id}","about_source":null,`;
    const body = { party: 'pakistan', stance: 'asserts', quote: { exact } };
    await t.send('POST', `/v1/claims/${id}/attributions`, body);
    expect((await get(`/v1/claims/${id}`)).json.attributions[0].quote.exact).toBe(exact);
  });
});
