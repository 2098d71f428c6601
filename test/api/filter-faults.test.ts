import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { refusedQuery } from '../support/pages.js';

const t = await testApp({ register: 'sample' });
const get = (url: string) => t.send('GET', url);

const { id: claim } = (await get('/v1/claims?limit=1')).json.items[0];

describe('filters of /v1/claims', () => {
  it.each([
    ['kind=rumour', 'kind invalid_value'],
    ['kind=fact,rumour', 'kind invalid_value'],
    ['stance=Asserts', 'stance invalid_value'],
    ['stance=asserts,', 'stance invalid_value'],
    ['party_exact=yes', 'party_exact invalid_format'],
    ['party_exact=1', 'party_exact invalid_format'],
    ['source_depth=1', 'source_depth invalid_value'],
    ['place=AF,', 'place invalid_value'],
    ['occurred_from=yesterday', 'occurred_from invalid_value'],
    ['occurred_from=2024-13', 'occurred_from invalid_value'],
    ['occurred_to=2023-02-29', 'occurred_to invalid_value'],
    ['said_from=06/02/2025', 'said_from invalid_value'],
    ['said_to=0', 'said_to invalid_value'],
    ['published_from=2024-Q1', 'published_from invalid_value'],
    ['published_to=now', 'published_to invalid_value'],
    ['recorded_from=2026', 'recorded_from invalid_value'],
    ['recorded_from=2026-02-30', 'recorded_from invalid_value'],
    ['recorded_to=2026-01-31T10:00', 'recorded_to invalid_value'],
    ['recorded_to=2026-01-31T25:00:00Z', 'recorded_to invalid_value'],
    ['recorded_to=9999-12-31T23:59:59-02:00', 'recorded_to invalid_value'],
    ['recorded_from=0000-01-01T00:00:00%2B02:00', 'recorded_from invalid_value'],
    ['updated_from=1767225600', 'updated_from invalid_value'],
    ['updated_to=2026-01-31', 'updated_to unknown_parameter'],
    ['value_min=1e3&unit=fighters', 'value_min invalid_value'],
    ['value_min=1,000&unit=fighters', 'value_min invalid_value'],
    ['value_max=%2B5&unit=fighters', 'value_max invalid_value'],
    ['value_max=05&unit=fighters', 'value_max invalid_value'],
    [`value_max=${'9'.repeat(65)}&unit=fighters`, 'value_max invalid_value'],
    ['value_min=5', 'value_min missing_parameter'],
    ['value_max=5', 'value_max missing_parameter'],
    ['value_min=5&value_max=6', 'value_min missing_parameter'],
    ['value_min=5&subject=ttp', 'value_min missing_parameter'],
    ['support=some', 'support invalid_value'],
    ['contested=maybe', 'contested invalid_format'],
    ['retracted=1', 'retracted invalid_format'],
    ['unnamed_only=TRUE', 'unnamed_only invalid_format'],
    ['min_origins=-1', 'min_origins invalid_format'],
    ['min_origins=1.5', 'min_origins invalid_format'],
    ['min_origins=1e3', 'min_origins invalid_format'],
    ['include=everything', 'include invalid_value'],
    ['include=subject,', 'include invalid_value'],
    ['include=id', 'include invalid_value'],
    ['include=subject&view=input', 'include misplaced_parameter'],
    ['include=subject&format=csv', 'include misplaced_parameter'],
    ['count=exact&format=ndjson', 'count misplaced_parameter'],
    ['view=input&format=csv', 'view misplaced_parameter'],
    ['fields=id&format=ndjson', 'fields misplaced_parameter'],
    ['fields=id,nope&format=csv', 'fields unknown_column'],
    ['fields=id,,key&format=csv', 'fields unknown_column'],
    ['fields=constructor&format=csv', 'fields unknown_column'],
    ['fields=&format=csv', 'fields empty_parameter'],
  ])('refuses ?%s', async (query, fault) => {
    await refusedQuery(t, `/v1/claims?${query}`, fault);
  });

  it.each(['subject', 'predicate', 'about', 'party', 'party_all', 'speaker', 'source', 'publisher'])(
    'refuses a reference that leads nowhere: %s',
    async (name) => {
      const known = { predicate: 'fighter-strength', source: 'monitoring-team-report-35' }[name] ?? 'ttp';
      const strange = [
        'no-such',
        'claim_01h2xcejqtf2nbrexx3vqjhp41',
        'party_01h2xcejqtf2nbrexx3vqjhp41',
        'TTP',
        '@x',
        '*',
      ];
      for (const reference of strange) {
        const answer = await refusedQuery(t, `/v1/claims?${name}=${reference}`, `${name} unknown_reference`);
        expect(answer.json.detail).toContain(reference);
        await refusedQuery(t, `/v1/claims?${name}=${known},${reference}`, `${name} unknown_reference`);
      }
      expect((await get(`/v1/claims?${name}=${known}&limit=1`)).status).toBe(200);
      await refusedQuery(
        t,
        `/v1/claims?${name}=${Array.from({ length: 51 }, () => known).join(',')}`,
        `${name} invalid_value`,
      );
    },
  );

  it('refuses a reference to what was removed', async () => {
    await t.send('POST', '/v1/parties', { key: 'fallen', kind: 'other', name: 'Fallen' });
    expect((await get('/v1/claims?party=fallen')).status).toBe(200);
    await t.send('DELETE', '/v1/parties/fallen', undefined, { 'if-match': '*' });
    await refusedQuery(t, '/v1/claims?party=fallen', 'party unknown_reference');
  });

  it('does not know q yet', async () => {
    await refusedQuery(t, '/v1/claims?q=true', 'q unknown_parameter');
  });

  it('tells of the + that an address turns into a space', async () => {
    for (const name of ['recorded_from', 'recorded_to', 'updated_from']) {
      const answer = await refusedQuery(
        t,
        `/v1/claims?${name}=2026-01-31T10:00:00+02:00`,
        `${name} invalid_value`,
      );
      expect(answer.json.errors[0].detail).toContain('%2B');
      expect((await get(`/v1/claims?${name}=2026-01-31T10:00:00%2B02:00`)).status).toBe(200);
      expect((await refusedQuery(t, `/v1/claims?${name}=soon`, `${name} invalid_value`)).text).not.toContain(
        '%2B',
      );
    }
  });
});

describe('filters of the other lists', () => {
  it.each([
    ['/v1/parties?kind=army', 'kind invalid_value'],
    ['/v1/parties?part_of=no-such', 'part_of unknown_reference'],
    ['/v1/parties?unnamed=yes', 'unnamed invalid_format'],
    ['/v1/parties?include=party', 'include invalid_value'],
    ['/v1/parties?sort=kind', 'sort invalid_format'],
    ['/v1/sources?type=book', 'type invalid_value'],
    ['/v1/sources?publisher=no-such', 'publisher unknown_reference'],
    ['/v1/sources?author=no-such', 'author unknown_reference'],
    ['/v1/sources?part_of=no-such', 'part_of unknown_reference'],
    ['/v1/sources?derived_from=no-such', 'derived_from unknown_reference'],
    ['/v1/sources?reliability=G', 'reliability invalid_value'],
    ['/v1/sources?published_from=1.1.2024', 'published_from invalid_value'],
    ['/v1/predicates?value_type=number', 'value_type invalid_value'],
    ['/v1/predicates?measure=null', 'measure invalid_value'],
    ['/v1/predicates?functional=0', 'functional invalid_format'],
    ['/v1/predicates?include=claim', 'include unknown_parameter'],
    ['/v1/attributions?claim=no-such', 'claim unknown_reference'],
    ['/v1/attributions?about_source=no-such', 'about_source unknown_reference'],
    ['/v1/attributions?lineage=none', 'lineage invalid_value'],
    ['/v1/attributions?manner=shouts', 'manner invalid_value'],
    ['/v1/attributions?basis=rumour', 'basis invalid_value'],
    ['/v1/attributions?source_depth=some', 'source_depth invalid_value'],
    ['/v1/relations?type=refutes', 'type invalid_value'],
    ['/v1/relations?from=no-such', 'from unknown_reference'],
    ['/v1/relations?to=no-such', 'to unknown_reference'],
    ['/v1/relations?claim=ttp', 'claim unknown_reference'],
    ['/v1/assessments?credibility=7', 'credibility invalid_value'],
    ['/v1/assessments?credibility=01', 'credibility invalid_value'],
    ['/v1/assessments?likelihood=possible', 'likelihood invalid_value'],
    ['/v1/assessments?confidence=none', 'confidence invalid_value'],
    ['/v1/assessments?claim=no-such', 'claim unknown_reference'],
    [`/v1/claims/${claim}/relations?claim=x`, 'claim unknown_parameter'],
    [`/v1/claims/${claim}/assessments?claim=x`, 'claim unknown_parameter'],
    [`/v1/claims/${claim}/attributions?claim=${claim}`, 'claim unknown_parameter'],
    [`/v1/claims/${claim}/attributions?about_source=x`, 'about_source unknown_parameter'],
  ])('%s', async (url, fault) => {
    await refusedQuery(t, url, fault);
  });

  it('a part of a name that no index could look for is refused or matches nothing', async () => {
    // One character that folds to eighteen: SQLite refuses patterns of more than 50,000 bytes.
    const wide = (length: number) => encodeURIComponent('\ufdfa'.repeat(length));
    for (const filter of ['/v1/parties?name=', '/v1/sources?title=']) {
      await refusedQuery(t, filter + wide(1_700), ' too_long');
      const answer = await get(filter + wide(1_320));
      expect([answer.status, answer.json.items]).toEqual([200, []]);
    }
  });
});
