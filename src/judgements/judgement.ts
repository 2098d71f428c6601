import { decodeReference } from '../db/query/references.js';
import type { ResourceType } from '../resources/resource-type.js';
import { JudgementInput, judgedNouns } from './judgements.schemas.js';

/** Whether two objects of one noun are the same, as a person judged it. A judged pair is not suggested again. */
export const judgementNoun: ResourceType<JudgementInput> = {
  name: 'judgement',
  plural: 'judgements',
  table: 'judgements',
  input: JudgementInput,
  members: Object.keys(JudgementInput.shape),
  nameMember: 'judgement',
  mapReferences(judgement, map) {
    const { noun, one, other } = judgement;
    // A body that is refused may lack the noun.
    if (!judgedNouns.includes(noun)) return judgement;
    return { ...judgement, one: map(one, noun, '/one'), other: map(other, noun, '/other') };
  },
  view: ({ noun, one, other, judgement, reason }) => ({ noun, one, other, judgement, reason }),
  columns(view) {
    const { noun, one, other, judgement } = view as JudgementInput;
    return { noun, one_id: decodeReference(one), other_id: decodeReference(other), judgement };
  },
  childRows: () => [],
  referrers: [],
};
