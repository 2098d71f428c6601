import { expect, it } from 'vitest';
import { ClaimInput } from '../../../src/claims/claims.schemas.js';

/** Attributions that relay each other: so many, and as many more of the next. */
const circle = (size: number, more = 0) =>
  Array.from({ length: size }, (_, i) => ({
    ...{ local_id: `${i}`, party: 'p', stance: 'reports' },
    relays: Array.from({ length: size - 1 + (i === 0 ? more : 0) }, (_, n) => `@${n < i ? n : n + 1}`),
  }));

it.each([
  ['390 attributions that relay each other', circle(390), []],
  ['160,000 relays', circle(400, 400), []],
  ['one more', circle(400, 401), ['attributions too_many_relays']],
])('a claim with %s', (_what, attributions, faults) => {
  const issues = ClaimInput.safeParse({ text: 'x', attributions }).error?.issues ?? [];
  expect(issues.map((issue) => `${issue.path.join('/')} ${'params' in issue && issue.params?.code}`)).toEqual(
    faults,
  );
});
