import { describe, expect, it } from 'vitest';
import { attributionFootnote } from '../../../../src/provenance/sentence/footnote.js';
import { type Telling, telling } from './telling.js';

/** A report and an article that passes it on, as a bibliography knows them. */
const found = {
  report: {
    published: '2025-02-06',
    reporting_period: '2024-07-01/2024-12-13',
    url: 'https://un.example/report-35',
    publisher: 'un',
    retrieved_at: '2025-03-01T08:30:00.000Z',
  },
  article: {
    published: '2025-02-17',
    url: 'https://talks.example/kabul',
    archived_url: 'https://archive.example/1',
    publisher: 'talks',
    retrieved_at: '2025-03-02T23:00:00.000Z',
  },
  speech: { published: '2024-02', publisher: 'wire' },
};

describe('attributionFootnote', () => {
  it.each<[what: string, told: Telling, expected: string]>([
    ['nobody', { said: '' }, 'No source on record.'],
    [
      'a circle of those who only pass it on',
      { said: 'a wire reports > b\nb dawn reports > a' },
      'With no origin on record, passed on by Reuters; and by Dawn.',
    ],
    [
      'those who said it in a source that was withdrawn, not those who still pass that on',
      {
        sources: 'paper^lancet:ann',
        said: 'a wire reports > b\nb dawn reports > c @article\nc un asserts originates @paper\nx lancet retracts #paper',
      },
      'Said by the United Nations, in “Deaths in Kunar”. “Deaths in Kunar” withdrawn by The Lancet.',
    ],
    ['one party', { said: 'a un asserts originates said:2025-05' }, 'The United Nations, in May 2025.'],
    [
      'a speaker, the report and where in it',
      {
        said: 'a un asserts originates @report said:2025-02-05',
        words: { a: { by: 'John Holmes', page: '5', paragraph: '12' } },
        found,
      },
      'John Holmes of the United Nations, on 5 February 2025, in “35th report”, p. 5, para. 12, published on 6 February 2025, covering 1 July–13 December 2024, https://un.example/report-35, accessed on 1 March 2025.',
    ],
    [
      'a report of that day, with its source and who passes it on',
      {
        parties: 'state?1-1',
        said: `o talks reports > r @article
               r team reports > s @report said:2025-02-06
               s state asserts originates`,
        words: { s: { as: 'One Member State' }, o: { paragraph: '4' } },
        found,
      },
      'The UN Monitoring Team, in “35th report”, the United Nations, published on 6 February 2025, covering 1 July–13 December 2024, https://un.example/report-35, accessed on 1 March 2025; citing “one Member State”; relayed by Defence Talks, in “Kabul’s hidden army”, para. 4, published on 17 February 2025, https://talks.example/kabul, archived at https://archive.example/1, accessed on 2 March 2025.',
    ],
    [
      'a denial that stands in no source, and who passes it on; the article is described once',
      {
        said: `o talks reports > p,d @article
               p pakistan asserts originates
               d taliban denies said:2025-02`,
        words: { o: { paragraph: '8' } },
        found,
      },
      'Pakistan; relayed by Defence Talks, in “Kabul’s hidden army”, para. 8, published on 17 February 2025, https://talks.example/kabul, archived at https://archive.example/1, accessed on 2 March 2025. Denied by the Taliban, in February 2025; relayed by Defence Talks, in “Kabul’s hidden army”, para. 8.',
    ],
    [
      'a denial in a source of its own',
      {
        said: 'a pakistan asserts originates\nb taliban denies @speech said:2024-02-01\nc us disputes',
        words: { b: { by: 'Zabihullah Mujahid' } },
        found,
      },
      'Pakistan. Denied by Zabihullah Mujahid of the Taliban, on 1 February 2024, in “Remarks to the press”, Reuters, published in February 2024. Disputed by the US.',
    ],
    [
      'those who decline to comment',
      {
        said: `a pakistan asserts originates
               b us declines said:2024-02-01 @speech
               c un declines`,
        found,
      },
      'Pakistan. Comment declined by the US, on 1 February 2024, in “Remarks to the press”, Reuters, published in February 2024; and by the United Nations.',
    ],
    [
      'one outlet has it from another',
      {
        said: 'a talks reports > b @article\nb post reports > c\nc pakistan asserts originates @speech',
        found,
      },
      'Pakistan, in “Remarks to the press”, Reuters, published in February 2024; relayed by the Washington Post; in turn relayed by Defence Talks, in “Kabul’s hidden army”, published on 17 February 2025, https://talks.example/kabul, archived at https://archive.example/1, accessed on 2 March 2025.',
    ],
    [
      'two origins, each with its relayers',
      {
        said: 'x wire reports > p @x\ny dawn reports > p,t @y\np pakistan asserts originates\nt un asserts originates',
      },
      'Pakistan; relayed by Reuters, in “x”; and by Dawn, in “y”. The United Nations; relayed by Dawn, in “y”.',
    ],
    [
      'more origins and more deniers than are told one by one',
      {
        said: [1, 2, 3, 4, 5].map((n) => `a${n} p${n} asserts originates\nd${n} q${n} denies`).join('\n'),
      },
      'P1. P2. P3. Also said by 2 other origins. Denied by q1; by q2; by q3; and by 2 others.',
    ],
    [
      'a withdrawn paper, of which one author stands by it elsewhere',
      {
        sources: 'paper^lancet:ann',
        said: `a ann asserts originates @paper
               b un asserts originates
               x lancet retracts #paper said:2020-06-05 @speech`,
        found,
      },
      'The United Nations. “Deaths in Kunar” withdrawn by The Lancet, on 5 June 2020, in “Remarks to the press”, Reuters, published in February 2024.',
    ],
    [
      'what was taken back, and a denial that was',
      {
        said: 'a un asserts originates @report\nb us denies\nx un retracts re:a said:2025-05\ny us retracts re:b said:2025-06',
      },
      'Said by the United Nations, in “35th report”. Taken back by the United Nations, in May 2025. Denial taken back by the US, in June 2025.',
    ],
    [
      'an outlet that took back what it passed on',
      { said: 'a un asserts originates\nb talks reports > a @article\nx talks retracts re:b said:2025' },
      'The United Nations. Passed on and taken back by Defence Talks, in 2025.',
    ],
    [
      'a whole report is rejected',
      {
        said: 'a team asserts originates @report\nb taliban denies #report @speech\nc us disputes #report',
        found: { speech: found.speech },
      },
      'The UN Monitoring Team, in “35th report”. “35th report” as a whole rejected by the Taliban, in “Remarks to the press”, Reuters, published in February 2024. “35th report” as a whole disputed by the US.',
    ],
    [
      'a circle',
      { said: 'a wire asserts > b @x\nb dawn asserts > a' },
      'With no origin on record, asserted by Reuters, in “x”; and by Dawn.',
    ],
    [
      'a qualified date and a document of which only the decade is known',
      { said: 'a un asserts originates @report said:2024~', found: { report: { published: '202X' } } },
      'The United Nations, around 2024, in “35th report”, published in the 2020s.',
    ],
  ])('%s', (_what, told, expected) => {
    expect(attributionFootnote(...telling(told))).toBe(expected);
  });
});
