import { expect, it } from 'vitest';
import { titleOf } from '../../../src/feeds/entry.js';
import { type ResourceName, resourceNames } from '../../../src/lib/ids.js';

const named = (name: string) => ({ id: 'x', key: null, name });

const titles: Record<ResourceName, [shown: object, title: string]> = {
  party: [{ name: 'TTP' }, 'New party: TTP'],
  source: [{ title: 'A report' }, 'New source: A report'],
  predicate: [{ label: 'leads' }, 'New predicate: leads'],
  claim: [{ text: 'It moved.' }, 'New claim: It moved.'],
  attribution: [
    { claim: named('It moved.'), about_source: null, party: named('TTP'), stance: 'denies' },
    'New attribution: TTP denies: It moved.',
  ],
  relation: [
    { from: named('It moved.'), type: 'contradicts', to: named('It stayed.') },
    'New relation: “It moved.” contradicts “It stayed.”',
  ],
  assessment: [{ verdict: 'not proven', claim: named('It moved.') }, 'New assessment: not proven: It moved.'],
  judgement: [
    { one: named('TTP'), other: named('T.T.P.'), judgement: 'not_the_same' },
    'New judgement: “TTP” and “T.T.P.”: not the same',
  ],
};

it.each(resourceNames)('titleOf: a new %s is called by its words', (noun) => {
  const [shown, title] = titles[noun];
  expect(titleOf(noun, 'create', shown)).toBe(title);
});

it('titleOf: a denial of a source names the source', () => {
  const shown = { claim: null, about_source: named('A report'), party: named('TTP'), stance: 'denies' };
  expect(titleOf('attribution', 'remove', shown)).toBe('Removed attribution: TTP denies: A report');
});

it('titleOf: an operation of later times is told as it is', () => {
  expect(titleOf('party', 'split', { name: 'TTP' })).toBe('split party: TTP');
});
