import { describe, expect, it } from 'vitest';
import { namedUnder, namesIn, replaced } from '../../../../src/db/query/reference-tokens.js';
import { encodeReference } from '../../../../src/db/query/references.js';

const party = encodeReference('party', 'party_1');
const source = encodeReference('source', 'source_1');
const other = encodeReference('party', 'party_2');
const document = JSON.stringify({
  id: 'claim_1',
  subject: party,
  text: 'He wrote \\u0000party:party_9 and "\\u0000" at the end of a path C:\\',
  value: { type: 'party', party: other },
  attributions: [
    { party, speaker: null, source },
    {
      party: other,
      source: null,
      relays: [encodeReference('attribution', 'a'), encodeReference('attribution', 'b')],
    },
  ],
  topics: ['subject'],
});

describe('namesIn', () => {
  it('finds markers in their order, and no text that only looks like one', () => {
    const names = ['party:party_1', 'party:party_2', 'party:party_1', 'source:source_1', 'party:party_2'];
    expect(namesIn(document)).toEqual([...names, 'attribution:a', 'attribution:b']);
    expect(namesIn('{"text":"none"}')).toEqual([]);
  });

  it('replaced puts a text in the place of each, quotes included', () => {
    const text = replaced(document, (name) => JSON.stringify({ id: name.split(':')[1] }));
    const { text: words, ...expected } = JSON.parse(document);
    expect(JSON.parse(text)).toEqual({
      ...expected,
      text: words,
      subject: { id: 'party_1' },
      value: { type: 'party', party: { id: 'party_2' } },
      attributions: [
        { party: { id: 'party_1' }, speaker: null, source: { id: 'source_1' } },
        { party: { id: 'party_2' }, source: null, relays: [{ id: 'a' }, { id: 'b' }] },
      ],
    });
  });
});

describe('namedUnder', () => {
  it.each([
    [['subject'], ['party:party_1']],
    [['party'], ['party:party_2', 'party:party_1', 'party:party_2']],
    [['relays'], ['attribution:a', 'attribution:b']],
    [['source', 'speaker'], ['source:source_1']],
    [['topics', 'text'], []],
    [[], []],
  ])('under %j stand %j', (members, names) => {
    expect(namedUnder(document, members)).toEqual(names);
  });
});
