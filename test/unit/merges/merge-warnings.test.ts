import { describe, expect, it } from 'vitest';
import { ClaimInput } from '../../../src/claims/claims.schemas.js';
import { mergeWarnings } from '../../../src/merges/merge-warnings.js';
import { PartyInput } from '../../../src/parties/parties.schemas.js';
import type { ResourceRow } from '../../../src/resources/resource-type.js';
import { SourceInput } from '../../../src/sources/sources.schemas.js';

const inputs = {
  party: (more: object) => PartyInput.parse({ kind: 'person', name: 'x', ...more }),
  source: (more: object) => SourceInput.parse({ type: 'report', title: 'x', ...more }),
  claim: (more: object) => ClaimInput.parse({ text: 'x', ...more }),
};
const row = (id: string, content: object) => ({ id, doc: JSON.stringify(content) }) as ResourceRow;
const wikidata = (...values: string[]) => ({
  identifiers: values.map((value) => ({ scheme: 'wikidata', value })),
});
const fighters = (value: string) => ({ subject: 's', predicate: 'p', value: { type: 'quantity', value } });

describe('mergeWarnings', () => {
  it.each<[keyof typeof inputs, object, object, string[], string]>([
    ['party', {}, { kind: 'government' }, ['another_kind'], 'kind is person, not government'],
    ['party', { kind: 'armed_group' }, { kind: 'organization' }, [], ''],
    ['party', { country: 'AF' }, { country: 'PK' }, ['another_country'], 'country is AF, not PK'],
    ['party', { country: 'AF' }, {}, [], ''],
    ['party', { born: '1971' }, { born: '1980' }, ['another_birth'], 'birth is 1971, not 1980'],
    ['party', { born: '1971' }, { born: '1972' }, [], ''],
    ['party', wikidata('Q1'), wikidata('Q2'), ['another_identifier'], 'wikidata is Q1, not Q2'],
    ['party', wikidata('Q1', 'Q2'), wikidata('Q2'), [], ''],
    ['source', {}, { type: 'press_release' }, ['another_type'], 'type is report, not press release'],
    ['source', { publisher: 'a' }, { publisher: 'b' }, ['another_publisher'], 'publisher is another'],
    ['source', { published: '2024' }, { published: '2023-02' }, ['another_date'], '2024, not 2023-02'],
    ['source', { published: '2024' }, { published: '2024-02' }, [], ''],
    ['source', { language: 'ps' }, { language: 'ur' }, ['another_language'], 'language is ps, not ur'],
    ['claim', {}, { kind: 'demand' }, ['another_kind'], 'kind is fact, not demand'],
    ['claim', { subject: 'a' }, { subject: 'b' }, ['another_subject'], 'subject is another'],
    ['claim', { predicate: 'a' }, { predicate: 'b' }, ['another_predicate'], 'predicate is another'],
    ['claim', { occurred: '2023' }, { occurred: '2024' }, ['another_time'], 'time is 2023, not 2024'],
    ['claim', { scope: 'a' }, { scope: 'b' }, ['another_scope'], 'scope, participants or places are others'],
    ['claim', fighters('5'), fighters('6'), ['another_value'], 'value is another'],
    ['claim', fighters('5'), fighters('5.0'), [], ''],
  ])('%s %j into %j: %j', async (noun, merged, into, codes, words) => {
    const turns = { yield: async () => {} };
    const found = await mergeWarnings(
      turns,
      noun,
      row('a', inputs[noun](merged)),
      row('b', inputs[noun](into)),
    );
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const warning of found) {
      expect(warning).toMatchObject({ pointer: '/into', objects: [{ noun, id: 'b' }] });
      expect(warning.detail).toContain(words);
    }
  });
});
