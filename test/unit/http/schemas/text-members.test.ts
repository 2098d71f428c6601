import { describe, expect, it } from 'vitest';
import { AssessmentInput } from '../../../../src/assessments/assessments.schemas.js';
import { AttributionInput } from '../../../../src/attributions/attributions.schemas.js';
import { ClaimInput } from '../../../../src/claims/claims.schemas.js';
import { PartyInput } from '../../../../src/parties/parties.schemas.js';
import { PredicateInput } from '../../../../src/predicates/predicates.schemas.js';
import { RelationInput } from '../../../../src/relations/relations.schemas.js';
import { SourceInput } from '../../../../src/sources/sources.schemas.js';
import { at, inputCodes, inputFaults } from '../../../support/inputs.js';

type Body = (text: string) => object;
/** Where a text may stand, its kind, and how many characters it may have. */
type Member = [pointer: string, kind: 'name' | 'evidence', max: number, body: Body];

const party = (more: object) => ({ kind: 'other', name: 'x', ...more });
const predicate = (more: object) => ({ label: 'x', value_type: 'none', ...more });
const claim = (more: object) => ({ text: 'x', ...more });
const value = (more: object) => claim({ value: more });
const attribution = (more: object) => ({ about_source: 's', party: 'p', stance: 'denies', ...more });
const assessment = (more: object) => ({ claim: 'c', credibility: 1, ...more });
const usd = { currency: 'USD', value: '1' };

const parties: Member[] = [
  ['/name', 'name', 500, (name) => party({ name })],
  ['/names/0/name', 'name', 500, (name) => party({ names: [{ name, kind: 'alias' }] })],
  ['/description', 'evidence', 5_000, (description) => party({ description })],
  ['/identifiers/0/value', 'name', 200, (x) => party({ identifiers: [{ scheme: 's', value: x }] })],
];
const sources: Member[] = [
  ['/title', 'evidence', 2_000, (title) => ({ type: 'other', title })],
  [
    '/identifiers/0/value',
    'name',
    200,
    (x) => ({ type: 'other', title: 'x', identifiers: [{ scheme: 's', value: x }] }),
  ],
];
const predicates: Member[] = [
  ['/label', 'name', 200, (label) => predicate({ label })],
  ['/description', 'evidence', 5_000, (description) => predicate({ description })],
  ['/unit', 'name', 64, (unit) => predicate({ unit })],
];
const claims: Member[] = [
  ['/text', 'evidence', 10_000, (text) => ({ text })],
  ['/scope', 'evidence', 1_000, (scope) => claim({ scope })],
  ['/occurred_as_stated', 'evidence', 500, (occurred_as_stated) => claim({ occurred_as_stated })],
  ['/participants/0/role', 'name', 100, (role) => claim({ participants: [{ party: 'p', role }] })],
  ['/places/0/name', 'name', 500, (name) => claim({ places: [{ name }] })],
  ['/places/0/precision', 'name', 100, (precision) => claim({ places: [{ name: 'x', precision }] })],
  ['/places/0/role', 'name', 100, (role) => claim({ places: [{ name: 'x', role }] })],
  ['/value/as_stated', 'evidence', 1_000, (as_stated) => value({ type: 'none', as_stated })],
  ['/value/text', 'evidence', 5_000, (text) => value({ type: 'text', text })],
  ['/value/reason', 'evidence', 1_000, (reason) => value({ type: 'unknown', reason })],
  ['/value/name', 'name', 500, (name) => value({ type: 'place', name })],
  ['/value/unit', 'name', 64, (unit) => value({ type: 'quantity', value: '1', unit })],
  ['/value/unit', 'name', 64, (unit) => value({ type: 'change', direction: 'up', unit })],
  ['/value/baseline', 'evidence', 500, (baseline) => value({ type: 'change', direction: 'up', baseline })],
  [
    '/value/equivalents/0/as_stated',
    'evidence',
    1_000,
    (as_stated) => value({ type: 'money', ...usd, equivalents: [{ ...usd, as_stated }] }),
  ],
];
const attributions: Member[] = [
  ['/party_as_stated', 'evidence', 500, (party_as_stated) => attribution({ party_as_stated })],
  ['/said_as_stated', 'evidence', 500, (said_as_stated) => attribution({ said_as_stated })],
  ['/locator/page', 'name', 100, (page) => attribution({ locator: { page } })],
  ['/locator/paragraph', 'name', 100, (paragraph) => attribution({ locator: { paragraph } })],
  ['/locator/section', 'name', 500, (section) => attribution({ locator: { section } })],
  ['/locator/timecode', 'name', 50, (timecode) => attribution({ locator: { timecode } })],
  ['/quote/exact', 'evidence', 10_000, (exact) => attribution({ quote: { exact } })],
  ['/quote/prefix', 'evidence', 1_000, (prefix) => attribution({ quote: { exact: 'x', prefix } })],
  ['/quote/suffix', 'evidence', 1_000, (suffix) => attribution({ quote: { exact: 'x', suffix } })],
  ['/capacity', 'evidence', 500, (capacity) => attribution({ capacity })],
  ['/note', 'evidence', 5_000, (note) => attribution({ note })],
];
const relations: Member[] = [
  ['/note', 'evidence', 5_000, (note) => ({ from: 'c', type: 'updates', to: 'd', note })],
];
const assessments: Member[] = [
  ['/verdict', 'name', 200, (verdict) => assessment({ verdict })],
  ['/rationale', 'evidence', 10_000, (rationale) => assessment({ rationale })],
  ['/assessor', 'name', 200, (assessor) => assessment({ assessor })],
];

/** What a quotation may hold, but a name may not. */
const disguises: [text: string, code: string][] = [
  ['gro.elpmaxe\u202e', 'bidi_control'],
  ['\u2066x', 'bidi_control'],
  ['x\u001b[31m', 'control_character'],
  ['x\r\ny', 'control_character'],
  ['x\u2028y', 'control_character'],
  ['x ', 'surrounding_space'],
  ['\u00a0x', 'surrounding_space'],
  [`a${'\u0301'.repeat(9)}`, 'combining_run'],
];
const refused = (max: number): [text: string, code: string][] => [
  ['', 'too_small'],
  ['   ', 'blank'],
  ['\r\n\t', 'blank'],
  ['\u200b', 'blank'],
  ['\u2800', 'blank'],
  ['\u3164', 'blank'],
  ['\u00ad\u00ad', 'blank'],
  ['\u{e0041}', 'blank'],
  ['a\ud800', 'lone_surrogate'],
  ['a\0', 'nul_character'],
  ['x'.repeat(max + 1), 'too_long'],
  ['\u{1f600}'.repeat(max + 1), 'too_long'],
  [`a${'\u0301'.repeat(10_000)}`, 'too_long'],
];
const kept = (max: number): string[] => [
  'x'.repeat(max),
  '\u{1f600}'.repeat(max),
  "'; drop table claims;--",
  '<script>alert(1)</script>&amp;',
  '\\u0000party:p "\\u0000claim:x"',
  'Zo\u00eb',
  'Zoe\u0308',
  'می\u200cخواهم',
  '__proto__',
];

describe.each([
  ['PartyInput', PartyInput, parties],
  ['SourceInput', SourceInput, sources],
  ['PredicateInput', PredicateInput, predicates],
  ['ClaimInput', ClaimInput, claims],
  ['AttributionInput', AttributionInput, attributions],
  ['RelationInput', RelationInput, relations],
  ['AssessmentInput', AssessmentInput, assessments],
])('%s', (_name, schema, members) => {
  describe.each(members)('%s', (pointer, kind, max, body) => {
    const isName = kind === 'name';

    it('refuses texts that show nothing, cannot be stored, or are too long', () => {
      const expected = [...refused(max), ...(isName ? disguises : [])];
      // A text can be told two faults, such as that it is empty and that it shows nothing.
      const told = expected.map(([text, code]) => [
        text,
        inputCodes(schema, body(text)).find((fault) => fault === `${pointer} ${code}`),
      ]);
      expect(told).toEqual(expected.map(([text, code]) => [text, `${pointer} ${code}`]));
    });

    it('tells the limit in characters and in bytes', () => {
      const [fault] = inputFaults(schema, body('x'.repeat(max + 1)));
      expect(fault!.detail).toContain(`${max} characters (${4 * max} bytes`);
    });

    it(`takes every other text as it is${isName ? '' : ', also what a name may not hold'}`, () => {
      const texts = [...kept(max), ...(isName ? [] : disguises.map(([text]) => text))];
      expect(texts.map((text) => at(schema.parse(body(text)), pointer))).toEqual(texts);
    });
  });
});
