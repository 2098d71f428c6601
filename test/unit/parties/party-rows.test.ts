import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/lib/text.js';
import { nameKeys } from '../../../src/parties/names/keys.js';
import { partyType } from '../../../src/parties/party.js';
import { childRowsOf } from '../../../src/resources/child-rows.js';

/** The rows that belong to a party of many names. */

const names = Array.from({ length: 200 }, (_, i) => ({
  name: `Name ${i % 150} of the Tehrik`,
  kind: 'alias',
}));
const party = { name: 'NAME 7 of the Tehrik', names, kind: 'organization', identifiers: [] };
const texts = [party.name, ...names.map(({ name }) => name)];

async function made(view: object) {
  let turns = 0;
  const turn = async () => void turns++;
  const rows = await childRowsOf({ yield: turn }, partyType, { ...view }, 'party_1');
  return { turns, rows: new Map(rows.map((side) => [side.table, side.rows])) };
}

describe('the rows of a party', () => {
  it('are those of each of its names, once', async () => {
    const { rows } = await made(party);
    const folded = [...new Set(texts.map(fold))];
    const keys = [...new Set(texts.flatMap((text) => nameKeys(text, [false])))];
    expect(rows.get('party_names')).toEqual(folded.map((text) => ({ party_id: 'party_1', folded: text })));
    expect(rows.get('party_name_keys')).toEqual(keys.map((key) => ({ party_id: 'party_1', key })));
  });

  it('let others go on between two names', async () => {
    const { turns } = await made(party);
    expect(turns).toBeGreaterThanOrEqual(150);
  });

  it('hold no keys of what no document names', async () => {
    const { rows } = await made({ ...party, unnamed: true });
    expect(rows.get('party_names')).toHaveLength(150);
    expect(rows.get('party_name_keys')).toEqual([]);
  });
});
