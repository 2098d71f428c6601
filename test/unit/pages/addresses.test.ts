import { describe, expect, it } from 'vitest';
import { jsonForScript } from '../../../src/pages/frame/linked-data.js';
import { Moment } from '../../../src/pages/frame/moment.js';
import { addressed } from '../../../src/pages/frame/object-page.routes.js';
import { tidyQuery } from '../../../src/pages/frame/tidy.js';

/** Addresses of pages, and data inside of them. */

describe('tidyQuery', () => {
  it.each([
    ['', ''],
    ['q=a', 'q=a'],
    ['q=a%26b&kind=fact', 'q=a%26b&kind=fact'],
    ['q=&kind=fact', 'kind=fact'],
    ['q=&kind=', ''],
    ['kind', ''],
    ['kind=fact&kind=demand&kind=', 'kind=fact,demand'],
    // Names of places hold commas: they are repeated.
    ['place=Kabul&place=Khost', 'place=Kabul&place=Khost'],
    ['place=Kabul&place=&q=', 'place=Kabul'],
    // What cannot be read is left to be refused.
    ['nope=%zz', 'nope=%zz'],
    ['q=a=b&x=', 'q=a=b'],
  ])('makes %j to %j', (sent, tidy) => {
    expect(tidyQuery(sent)).toBe(tidy);
    expect(tidyQuery(tidy)).toBe(tidy);
  });
});

describe('addressed', () => {
  it.each([
    ['ttp', 'ttp', null],
    ['ttp@2', 'ttp', 2],
    ['claim_01k@12', 'claim_01k', 12],
    ['ttp@0', 'ttp@0', null],
    ['ttp@x', 'ttp@x', null],
    ['a@1@2', 'a@1', 2],
  ])('%s', (reference, id, version) => {
    expect(addressed(reference)).toEqual({ id, version });
  });
});

describe('Moment', () => {
  const moment = new Moment('2024-08-01T00:00:00.000Z', '2024-07');

  it('goes along with addresses of pages, and as far as they take it with those of the API', () => {
    expect(moment.to('/claims', { q: 'a b', kind: undefined })).toBe(
      '/claims?q=a+b&as_of=2024-08-01T00%3A00%3A00.000Z&known_by=2024-07',
    );
    expect(moment.data('/v1/claims/x')).toBe('/v1/claims/x?as_of=2024-08-01T00%3A00%3A00.000Z');
    expect(moment.data('/v1/claims', {}, { knownBy: true })).toContain('&known_by=2024-07');
    expect(new Moment().to('/claims')).toBe('/claims');
  });
});

describe('jsonForScript', () => {
  it('leaves nothing that ends a script or begins a comment', () => {
    const data = { text: '</script><!--<script>' };
    expect(jsonForScript(data)).not.toContain('<');
    expect(JSON.parse(jsonForScript(data))).toEqual(data);
  });
});
