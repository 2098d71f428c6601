import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { AssessmentInput, assessmentFilters } from '../../../../src/assessments/assessments.schemas.js';
import { AttributionInput, attributionFilters } from '../../../../src/attributions/attributions.schemas.js';
import { ClaimInput, claimFilters } from '../../../../src/claims/claims.schemas.js';
import { bare } from '../../../../src/http/validation/schema-place.js';
import { JudgementInput, judgementFilters } from '../../../../src/judgements/judgements.schemas.js';
import { PartyInput, partyFilters } from '../../../../src/parties/parties.schemas.js';
import { PredicateInput, predicateFilters } from '../../../../src/predicates/predicates.schemas.js';
import { ValueInput } from '../../../../src/predicates/value.schemas.js';
import { RelationInput, relationFilters } from '../../../../src/relations/relations.schemas.js';
import { SourceInput, sourceFilters } from '../../../../src/sources/sources.schemas.js';

/** Each filter that is compared with a member takes what the member takes, and refuses what no member can be. */

type Shape = Record<string, z.ZodType>;

/** Members under other names than their filters. */
const renamed: Record<string, string> = { topic: 'topics', place: 'iso_3166', identifier: 'identifiers' };
/** References, which are looked up, and parts of texts, which can be anything. */
const looked =
  /^(party|speaker|source|claim|attribution|about_source|subject|predicate|publisher|part_of|derived_from|supersedes|from|to|name|title)$/;

const value = (type: string) =>
  (ValueInput.options as unknown as z.ZodObject[]).find(
    ({ shape }) => (shape.type as z.ZodLiteral).value === type,
  )!.shape;

const nouns: Record<string, [filters: Shape, members: Shape]> = {
  parties: [partyFilters, PartyInput.shape],
  sources: [sourceFilters, SourceInput.shape],
  predicates: [predicateFilters, PredicateInput.shape],
  claims: [
    claimFilters,
    {
      ...{ stance: AttributionInput.shape.stance, lineage: AttributionInput.shape.lineage },
      ...{ source_access: AttributionInput.shape.source_access, reliability: SourceInput.shape.reliability },
      ...{
        verdict: AssessmentInput.shape.verdict,
        unit: value('quantity').unit,
        currency: value('money').currency,
      },
      ...ClaimInput.shape,
    },
  ],
  attributions: [attributionFilters, AttributionInput.shape],
  relations: [relationFilters, RelationInput.shape],
  assessments: [assessmentFilters, AssessmentInput.shape],
  judgements: [judgementFilters, JudgementInput.shape],
};

const texts = [
  ...[
    'x',
    'X',
    'af',
    'AF',
    'AFN',
    'afn',
    'en',
    'EN',
    'fa-AF',
    'ttp',
    'UPPER',
    'no_such',
    'a b',
    'water-supply',
  ],
  ...[
    'fact',
    'rumour',
    'true',
    'yes',
    'asserts',
    'read',
    'A',
    'G',
    '3',
    '9',
    'likely',
    'low',
    'quantity',
    'level',
  ],
  ...[
    'not proven',
    ' not proven',
    'x'.repeat(65),
    'x'.repeat(201),
    'a\u0007b',
    'a\u202eb',
    'e\u0301',
    'people',
  ],
  ...['https://example.org/report', 'example.org/report', 'ftp://example.org', 'person', 'army', 'report'],
  ...['originates', 'states', 'witnessed', 'supports', '01', '1.5', '-1'],
];

/** What a member makes of a text: numbers and flags arrive as such in a body. */
const taken = (member: z.ZodType, text: string): boolean => {
  const sent = [
    text,
    ...(/^\d$/.test(text) ? [Number(text)] : []),
    ...(text === 'true' ? [true] : []),
    [text],
  ];
  return sent.some((one) => member.safeParse(one).success);
};

describe.each(Object.entries(nouns))('filters of %s', (_, [filters, members]) => {
  const compared = Object.entries(filters).flatMap(([name, filter]) => {
    const member = members[renamed[name] ?? name];
    return member && !looked.test(name) && !renamed[name] ? [[name, filter, member] as const] : [];
  });

  it.each(compared)('%s', (_name, filter, member) => {
    expect(bare(member)).toBeDefined();
    let refused = 0;
    for (const text of texts) {
      const is = filter.safeParse(text).success;
      expect([text, is]).toEqual([text, taken(member, text)]);
      if (!is) refused++;
    }
    expect(refused).toBeGreaterThan(0);
  });
});
