import { describe, expect, it } from 'vitest';
import { attributionSentence } from '../../../../src/provenance/sentence/sentence.js';
import { type Telling, telling } from './telling.js';

const sentence = (told: Telling, text = 'The group has a camp.') =>
  attributionSentence(text, ...telling(told));

/** Each shape of a chain with the whole sentence that is written for it. */
type Case = [what: string, told: Telling, expected: string];

const voices: Case[] = [
  ['one party', { said: 'a pakistan asserts originates' }, 'According to Pakistan, the group has a camp.'],
  [
    'a party with an article',
    { said: 'a un asserts originates' },
    'According to the United Nations, the group has a camp.',
  ],
  [
    'a ministry',
    { said: 'a ministry asserts originates' },
    'According to the Ministry of Defence, the group has a camp.',
  ],
  [
    'a paper with its own article',
    { said: 'a lancet asserts originates' },
    'According to The Lancet, the group has a camp.',
  ],
  [
    'a group without one',
    { said: 'a ttp asserts originates' },
    'According to Tehreek-e-Taliban Pakistan, the group has a camp.',
  ],
  ['initials', { said: 'a us asserts originates' }, 'According to the US, the group has a camp.'],
  [
    'a speaker with the organization',
    { said: 'a un asserts originates', words: { a: { by: 'John Holmes' } } },
    'According to John Holmes of the United Nations, the group has a camp.',
  ],
  [
    'a speaker who is not named',
    { said: 'a taliban asserts originates', words: { a: { by: 'A spokesman (on the camp)' } } },
    'According to a spokesman of the Taliban, the group has a camp.',
  ],
  [
    'a person who speaks for themselves',
    { said: 'a ann asserts originates', words: { a: { by: 'Ann Lee' } } },
    'According to Ann Lee, the group has a camp.',
  ],
  [
    'parties that are not named, in the document’s words',
    {
      parties: 'sources?2-',
      said: 'a sources asserts originates',
      words: { a: { as: 'A number of credible sources' } },
    },
    'According to “a number of credible sources”, the group has a camp.',
  ],
  [
    'words of the document that begin with a name',
    { parties: 'sources?', said: 'a sources asserts originates', words: { a: { as: 'Western diplomats' } } },
    'According to “Western diplomats”, the group has a camp.',
  ],
  [
    'words that stand in quotation marks already',
    {
      parties: 'sources?',
      said: 'a sources asserts originates',
      words: { a: { as: '“friends” of the group' } },
    },
    'According to “friends” of the group, the group has a camp.',
  ],
  [
    'a party that is not named, without words of the document',
    { parties: 'sources?', said: 'a sources asserts originates' },
    'According to a number of sources, the group has a camp.',
  ],
  [
    'officials of a body',
    {
      parties: 'officials?2-<pakistan',
      said: 'a officials asserts originates',
      words: { a: { as: 'Officials' } },
    },
    'According to “officials” of Pakistan, the group has a camp.',
  ],
  [
    'officials whose body the document names',
    {
      parties: 'officials?2-<pakistan',
      said: 'a officials asserts originates',
      words: { a: { as: 'Pakistani officials' } },
    },
    'According to “Pakistani officials”, the group has a camp.',
  ],
  [
    'officials whose body the document names by its initials',
    {
      parties: 'officials?2-<un',
      said: 'a officials asserts originates',
      words: { a: { as: 'senior UN officials' } },
    },
    'According to “senior UN officials”, the group has a camp.',
  ],
  [
    'a body rather than its unnamed officials',
    {
      parties: 'officials?2-<pakistan',
      said: 'a officials asserts originates\nb pakistan asserts originates @speech',
    },
    'According to Pakistan (“Remarks to the press”), the group has a camp.',
  ],
];

const dates: Case[] = [
  ...(
    [
      ['2025-02-06', 'on 6 February 2025'],
      ['2025-05', 'in May 2025'],
      ['2025', 'in 2025'],
      ['2025-21', 'in spring 2025'],
      ['202X', 'in the 2020s'],
      ['2025-05~', 'around May 2025'],
      ['2025-05-06?', 'perhaps on 6 May 2025'],
      ['2025%', 'perhaps around 2025'],
      ['2025-05-01/2025-05-13', 'from 1 to 13 May 2025'],
      ['2024-11/2025-02', 'from November 2024 to February 2025'],
      ['../2025', 'no later than 2025'],
      ['2025-05/..', 'no earlier than May 2025'],
      ['[2024,2025]', 'in 2024 or 2025'],
      ['{2025-05-01,2025-05-03}', 'on 1 May 2025 and 3 May 2025'],
    ] as const
  ).map(
    ([said, words]): Case => [
      `words of ${said}`,
      { said: `a taliban asserts originates said:${said}` },
      `According to the Taliban (${words}), the group has a camp.`,
    ],
  ),
  [
    'a document without a date of the words',
    { said: 'a team asserts originates @report', found: { report: { published: '2025-02' } } },
    'According to the UN Monitoring Team (“35th report”, published in February 2025), the group has a camp.',
  ],
  [
    'words spoken on another day than their document was published',
    {
      said: 'a team asserts originates @report said:2025-02-05',
      found: { report: { published: '2025-02-06' } },
    },
    'According to the UN Monitoring Team (“35th report”, on 5 February 2025), the group has a camp.',
  ],
  [
    'a report of a year, as it was given',
    { said: 'a team asserts originates @report', found: { report: { reporting_period: '2024' } } },
    'According to the UN Monitoring Team (“35th report”, covering 2024), the group has a camp.',
  ],
  [
    'a report of a period',
    {
      said: 'a team asserts originates @report said:2025-02-06',
      found: { report: { published: '2025-02-06', reporting_period: '2024-07-01/2024-12-13' } },
    },
    'According to the UN Monitoring Team (“35th report”, on 6 February 2025, covering 1 July–13 December 2024), the group has a camp.',
  ],
];

const chains: Case[] = [
  [
    'an outlet relays a party',
    { said: 'o talks reports > a @article\na pakistan asserts originates' },
    'According to Pakistan, as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'the report leads, cites its source and is relayed',
    {
      parties: 'state?1-1',
      said: 'o talks reports > r @article\nr team reports > s @report said:2025-02-06\ns state asserts originates',
      words: { s: { as: 'one Member State' } },
    },
    'According to the UN Monitoring Team (“35th report”, on 6 February 2025), citing “one Member State”, as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'several outlets relay one report',
    {
      said: `a wire reports > r @a
             b post reports > r @b
             c dawn reports > r @c
             d talks reports > r @d
             e fifth reports > r @e
             r team asserts originates @report`,
    },
    'According to the UN Monitoring Team (“35th report”), as relayed by Reuters, the Washington Post, Dawn and 2 others, the group has a camp.',
  ],
  [
    'one outlet has it from another',
    { said: 'a talks reports > b @a\nb post reports > c\nc pakistan asserts originates @speech' },
    'According to Pakistan (“Remarks to the press”), as relayed by the Washington Post (in turn relayed by Defence Talks), the group has a camp.',
  ],
  [
    'a chain of four outlets',
    {
      said: `a talks reports > b
             b dawn reports > c
             c post reports > d
             d wire reports > e
             e pakistan asserts originates @speech`,
    },
    'According to Pakistan (“Remarks to the press”), as relayed by Reuters (in turn relayed by the Washington Post, and through that by Dawn, and through that by Defence Talks), the group has a camp.',
  ],
  [
    'one relayer has it at first hand and from another one',
    { said: 'a talks reports > b,c\nb post reports > c\nc pakistan asserts originates @speech' },
    'According to Pakistan (“Remarks to the press”), as relayed by Defence Talks and the Washington Post, the group has a camp.',
  ],
  [
    'one is relayed by two outlets, the other by one of them',
    {
      said: `x wire reports > p @x
             y dawn reports > p,t @y
             p pakistan asserts originates
             t un asserts originates`,
    },
    'According to Pakistan, as relayed by Reuters and Dawn; and to the United Nations, as relayed by Dawn, the group has a camp.',
  ],
  [
    'an outlet relays a report and, at first hand, what the report draws on',
    {
      said: `x wire reports > r @x
             y dawn reports > r,t @y
             r team reports > t @report
             t un asserts originates`,
    },
    'According to the UN Monitoring Team (“35th report”), citing the United Nations, as relayed by Reuters and Dawn; and to the United Nations, as relayed by Dawn, the group has a camp.',
  ],
  [
    'two reports cite the same source, each relayed by others',
    {
      parties: 'sources?',
      said: `x wire reports > r @x
             y dawn reports > q @y
             r team reports > s @report
             q us reports > s @paper
             s sources asserts originates`,
      words: { s: { as: 'A number of credible sources' } },
    },
    'According to the UN Monitoring Team (“35th report”), citing “a number of credible sources”, as relayed by Reuters; and to the US (“Deaths in Kunar”), citing “a number of credible sources”, as relayed by Dawn, the group has a camp.',
  ],
  [
    'an article that nobody passes on relays what it cites',
    {
      parties: 'sources?',
      said: 'a talks reports > s @article\ns sources asserts originates',
      words: { s: { as: 'sources close to the group' } },
    },
    'According to “sources close to the group”, as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'a voice between, without a document',
    { said: 'o talks reports > m @article\nm ministry reports > u\nu us asserts originates' },
    'According to the US, as relayed by the Ministry of Defence (in turn relayed by Defence Talks), the group has a camp.',
  ],
  [
    'a speaker between, whose words are the only ones with a date',
    {
      parties: 'sources?2-',
      said: `o talks reports > m @article
             m un reports > s said:2009-05-28
             s sources asserts originates`,
      words: { m: { by: 'John Holmes' }, s: { as: 'A number of credible sources' } },
    },
    'According to “a number of credible sources”, as relayed by John Holmes of the United Nations (on 28 May 2009; in turn relayed by Defence Talks), the group has a camp.',
  ],
  [
    'two speakers of one body that relay',
    {
      said: 'm un reports > s @column\nn un reports > s @speech\ns pakistan asserts originates said:2009-05',
      words: { m: { by: 'John Holmes' }, n: { by: 'Jane Roe' } },
    },
    'According to Pakistan (in May 2009), as relayed by John Holmes and Jane Roe of the United Nations, the group has a camp.',
  ],
  [
    'an article whose date is the only one',
    {
      said: 'o talks reports > a @article\na pakistan asserts originates',
      found: { article: { published: '2025-02-17' } },
    },
    'According to Pakistan, as relayed by Defence Talks (published on 17 February 2025), the group has a camp.',
  ],
  [
    'a voice between that others pass on, too',
    {
      said: `o talks reports > r @article
             q dawn reports > m @column
             r team reports > m @report
             m ministry reports > u
             u us asserts originates`,
    },
    'According to the UN Monitoring Team (“35th report”), citing the Ministry of Defence, citing the US, as relayed by Defence Talks; and to the Ministry of Defence, citing the US, as relayed by Dawn, the group has a camp.',
  ],
  [
    'a long chain of voices behind a report',
    {
      said: `o talks reports > r @article
             r team reports > a @report
             a p1 reports > b
             b p2 reports > c
             c p3 reports > d
             d us asserts originates`,
    },
    'According to the UN Monitoring Team (“35th report”), citing p1 and, through 2 others, the US, as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'an outlet that draws on the report without saying so',
    {
      sources: 'article~report',
      said: 'o talks reports @article\nr team asserts originates @report',
    },
    'According to the UN Monitoring Team (“35th report”), as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'two articles of one outlet are one relayer',
    { said: 'a talks reports > p @article\nb talks reports > p @column\np pakistan asserts originates' },
    'According to Pakistan, as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'a party that repeats itself does not relay itself',
    { said: 'a pakistan reports > b @column\nb pakistan asserts originates @speech' },
    'According to Pakistan (“Remarks to the press”), the group has a camp.',
  ],
  [
    'own knowledge beside what is relayed',
    { said: 'a us asserts originates > b @paper\nb un asserts originates @speech' },
    'According to the US (“Deaths in Kunar”); and to the United Nations (“Remarks to the press”), as relayed by the US, the group has a camp.',
  ],
  [
    'an article that names nobody',
    { said: 'a talks asserts @article' },
    'According to Defence Talks (“Kabul’s hidden army”, origin unknown), the group has a camp.',
  ],
  [
    'a report that passes on what nobody is named for',
    { said: 'a talks reports relays @article' },
    'According to Defence Talks (“Kabul’s hidden army”, origin unknown), the group has a camp.',
  ],
];

const origins: Case[] = [
  [
    'two origins',
    { said: 'a pakistan asserts originates\nb un asserts originates' },
    'According to Pakistan and the United Nations, the group has a camp.',
  ],
  [
    'two origins in one article',
    {
      parties: 'officials?2-<pakistan',
      said: `o talks reports > a,b @article
             a officials asserts originates
             b un asserts originates`,
      words: { a: { as: 'Pakistani officials' } },
    },
    'According to “Pakistani officials” and the United Nations, both as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'three origins in one article',
    {
      said: `o talks reports > a,b,c @article
             a pakistan asserts originates
             b un asserts originates
             c us asserts originates`,
    },
    'According to Pakistan, the United Nations and the US, all as relayed by Defence Talks, the group has a camp.',
  ],
  [
    'those that originate come first',
    {
      said: `o wire asserts @column
             p dawn reports > b @article
             b un asserts originates`,
    },
    'According to the United Nations, as relayed by Dawn; and to Reuters (“Who pays?”, origin unknown), the group has a camp.',
  ],
  [
    'more origins than are told one by one',
    { said: [1, 2, 3, 4, 5].map((n) => `a${n} p${n} asserts originates`).join('\n') },
    'According to p1, p2, p3 and 2 other origins, the group has a camp.',
  ],
  [
    'more origins than are told, one of them relayed',
    {
      said: `o talks reports > a1 @article
             ${[1, 2, 3, 4].map((n) => `a${n} p${n} asserts originates`).join('\n')}`,
    },
    'According to p1, as relayed by Defence Talks; to p2; to p3; and to 1 other origin, the group has a camp.',
  ],
  [
    'of two statements of one party that tell as much, the first',
    { said: 'a un asserts originates @speech\nb un confirms originates @report' },
    'According to the United Nations (“Remarks to the press”), the group has a camp.',
  ],
  [
    'of two statements of one party, the one that originates',
    { said: 'a un asserts @speech\nb un confirms originates @report' },
    'According to the United Nations (“35th report”), the group has a camp.',
  ],
  [
    'a circle',
    { said: 'a wire asserts > b\nb dawn asserts > a' },
    'With no origin on record, it is asserted by Reuters and Dawn that the group has a camp.',
  ],
  [
    'a circle of those who only pass it on',
    { said: 'a wire reports > b @article\nb dawn reports > a' },
    'With no origin on record, it is passed on by Reuters and Dawn that the group has a camp.',
  ],
  ['nobody', { said: '' }, 'No one on record says that the group has a camp.'],
  [
    'nobody but a denial',
    { said: 'a taliban denies said:2025-05' },
    'No one on record says that the group has a camp; this is denied by the Taliban (in May 2025).',
  ],
  [
    'a denial that an outlet passes on',
    { said: 'o talks reports > a @article\na taliban denies' },
    'No one on record says that the group has a camp; this is denied by the Taliban.',
  ],
  [
    'somebody who does not want to say anything',
    { said: 'a un declines' },
    'No one on record says that the group has a camp; the United Nations declined to comment.',
  ],
];

const against: Case[] = [
  [
    'a denial with its speaker and date',
    {
      said: 'a pakistan asserts originates\nb taliban denies said:2024-02-01',
      words: { b: { by: 'Zabihullah Mujahid' } },
    },
    'According to Pakistan, the group has a camp; this is denied by Zabihullah Mujahid of the Taliban (on 1 February 2024).',
  ],
  [
    'two speakers of one body, on two days',
    {
      said: `a pakistan asserts originates
             b taliban denies said:2024-02-01
             c taliban denies said:2024-03`,
      words: { b: { by: 'Zabihullah Mujahid' }, c: { by: 'Bilal Karimi' } },
    },
    'According to Pakistan, the group has a camp; this is denied by Zabihullah Mujahid and Bilal Karimi of the Taliban (on 1 February 2024 and in March 2024).',
  ],
  [
    'a denial of officials, in a document of that month',
    {
      parties: 'officials?2-<taliban',
      said: 'a pakistan asserts originates\nb officials denies @article',
      words: { b: { as: 'Afghan officials' } },
      found: { article: { published: '2024-02' } },
    },
    'According to Pakistan, the group has a camp; this is denied by “Afghan officials” of the Taliban (published in February 2024).',
  ],
  [
    'denied by one and disputed by others',
    {
      said: `a pakistan asserts originates
             b taliban denies originates
             c un disputes originates
             d us disputes originates`,
    },
    'According to Pakistan, the group has a camp; this is denied by the Taliban and disputed by the United Nations and the US.',
  ],
  [
    'more who deny than are told one by one',
    { said: `a un asserts originates\n${[1, 2, 3, 4, 5].map((n) => `d${n} p${n} denies`).join('\n')}` },
    'According to the United Nations, the group has a camp; this is denied by p1, p2, p3 and 2 others.',
  ],
  [
    'one who declines to comment, with speaker and date',
    {
      said: 'a pakistan asserts originates\nb taliban declines said:2024-02-01',
      words: { b: { by: 'Zabihullah Mujahid' } },
    },
    'According to Pakistan, the group has a camp; Zabihullah Mujahid of the Taliban (on 1 February 2024) declined to comment.',
  ],
  [
    'officials who decline in a document of that month',
    {
      parties: 'officials?2-<taliban',
      said: 'a pakistan asserts originates\nb officials declines @article',
      words: { b: { as: 'Afghan officials' } },
      found: { article: { published: '2024-02' } },
    },
    'According to Pakistan, the group has a camp; “Afghan officials” of the Taliban (published in February 2024) declined to comment.',
  ],
  [
    'one who denies and others who decline',
    {
      said: `a pakistan asserts originates
             b taliban denies
             c un declines said:2024-03
             d us declines`,
    },
    'According to Pakistan, the group has a camp; this is denied by the Taliban; the United Nations (in March 2024) and the US declined to comment.',
  ],
  [
    'more who decline than are told one by one',
    { said: `a un asserts originates\n${[1, 2, 3, 4, 5].map((n) => `d${n} p${n} declines`).join('\n')}` },
    'According to the United Nations, the group has a camp; p1, p2, p3 and 2 others declined to comment.',
  ],
  [
    'one who declines and then denies',
    { said: 'a un asserts originates\nb taliban declines said:2024-01\nc taliban denies said:2024-02' },
    'According to the United Nations, the group has a camp; this is denied by the Taliban (in February 2024).',
  ],
  [
    'one who declines to say again what was asserted',
    { said: 'a un asserts originates said:2024-01\nb un declines said:2024-02' },
    'According to the United Nations (in January 2024), the group has a camp.',
  ],
  [
    'one who declines after a denial that was taken back',
    {
      said: `a un asserts originates
             b us denies
             c us retracts re:b
             d us declines said:2025-06`,
    },
    'According to the United Nations, the group has a camp; a denial was later taken back by the US; the US (in June 2025) declined to comment.',
  ],
  [
    'one who takes back that comment was declined',
    { said: 'a un asserts originates\nb us declines\nc us retracts re:b' },
    'According to the United Nations, the group has a camp.',
  ],
  [
    'a document as a whole, and one who declines',
    {
      said: `a pakistan asserts originates @report
             b us declines
             c taliban denies #report`,
    },
    'According to Pakistan (“35th report”), the group has a camp; the US declined to comment; the document as a whole is rejected by the Taliban.',
  ],
  [
    'more who dispute than are told one by one',
    { said: `a un asserts originates\n${[1, 2, 3, 4].map((n) => `d${n} p${n} disputes`).join('\n')}` },
    'According to the United Nations, the group has a camp; this is disputed by p1, p2, p3 and 1 other.',
  ],
  [
    'a whole report is rejected',
    { said: 'a team asserts originates @report\nb taliban denies #report said:2024-02-01' },
    'According to the UN Monitoring Team (“35th report”), the group has a camp; the document as a whole is rejected by the Taliban (on 1 February 2024).',
  ],
  [
    'a report is rejected by many and disputed by one',
    {
      said: `a team asserts originates @report
             ${[1, 2, 3, 4].map((n) => `d${n} p${n} denies #report`).join('\n')}
             e us disputes #report`,
    },
    'According to the UN Monitoring Team (“35th report”), the group has a camp; the document as a whole is rejected by p1, p2, p3 and 1 other; the document as a whole is disputed by the US.',
  ],
  [
    'one of two documents is rejected',
    {
      said: `a team asserts originates @report
             b us asserts originates @paper
             c taliban denies #paper`,
    },
    'According to the UN Monitoring Team (“35th report”) and the US (“Deaths in Kunar”), the group has a camp; “Deaths in Kunar” as a whole is rejected by the Taliban.',
  ],
  [
    'the report of which a part says it is rejected',
    { sources: 'annex<report', said: 'a team asserts originates @annex\nb taliban denies #report' },
    'According to the UN Monitoring Team (“Annex of the 35th report”), the group has a camp; “35th report” as a whole is rejected by the Taliban.',
  ],
];

const takenBack: Case[] = [
  [
    'the only one who asserted it took it back',
    { said: 'a ministry asserts originates said:2023-01-30\nb ministry retracts re:a said:2023-02-01' },
    'It was said by the Ministry of Defence (on 30 January 2023) that the group has a camp; it was later taken back by the Ministry of Defence on 1 February 2023.',
  ],
  [
    'all who asserted it took it back',
    {
      said: 'a un asserts originates\nb us asserts originates\nx un retracts re:a\ny us retracts re:b said:2025-05',
    },
    'It was said by the United Nations and the US that the group has a camp; all who asserted it have since taken it back (the United Nations and the US in May 2025).',
  ],
  [
    'one of two took it back',
    { said: 'a un asserts originates\nb us asserts originates\nx us retracts re:b said:2025-05' },
    'According to the United Nations, the group has a camp; one of the two who asserted it has since taken it back (the US in May 2025).',
  ],
  [
    'three of four authors',
    {
      sources: 'paper^lancet:ann+bob+cy+dee',
      said: `a ann asserts originates @paper
             b bob asserts originates @paper
             c cy asserts originates @paper
             d dee asserts originates @paper
             x ann retracts #paper said:2020-06-04
             y bob retracts #paper said:2020-06-04
             z cy retracts #paper said:2020-06-04`,
    },
    'According to Dee Fox (“Deaths in Kunar”), the group has a camp; three of the four authors have since retracted (Ann Lee, Bob Roe and Cy Poe, all on 4 June 2020).',
  ],
  [
    'all authors, which withdraws the paper',
    {
      sources: 'paper^lancet:ann+bob',
      said: `a ann asserts originates @paper
             b bob asserts originates @paper
             x ann retracts #paper
             y bob retracts #paper`,
    },
    'It was said by Ann Lee and Bob Roe that the group has a camp; “Deaths in Kunar” was withdrawn by Ann Lee and Bob Roe.',
  ],
  [
    'the publisher withdraws it, another stands',
    {
      sources: 'paper^lancet:ann',
      said: `a ann asserts originates @paper
             b un asserts originates
             x lancet retracts #paper said:2020-06-05`,
    },
    'According to the United Nations, the group has a camp; “Deaths in Kunar” was withdrawn by The Lancet on 5 June 2020.',
  ],
  [
    'an outlet that passed it on took that back',
    { said: 'a un asserts originates\nb talks reports > a @article\nx talks retracts re:b said:2024' },
    'According to the United Nations, the group has a camp; it was passed on and later taken back by Defence Talks in 2024.',
  ],
  [
    'more than three took it back',
    {
      said: `k un asserts originates
             ${[1, 2, 3, 4, 5].map((n) => `a${n} p${n} asserts originates\nx${n} p${n} retracts re:a${n}`).join('\n')}`,
    },
    'According to the United Nations, the group has a camp; five of the six who asserted it have since taken it back (p1, p2, p3 and 2 others).',
  ],
  [
    'a denial was taken back, another stands',
    {
      said: `a un asserts originates
             b us denies
             c taliban denies
             x us retracts re:b said:2025-05-01`,
    },
    'According to the United Nations, the group has a camp; a denial was later taken back by the US on 1 May 2025; this is denied by the Taliban.',
  ],
  [
    'who says it again after taking it back stands by it',
    { said: 'a un asserts originates\nx un retracts re:a\nb un asserts originates said:2025' },
    'According to the United Nations (in 2025), the group has a camp.',
  ],
  [
    'who relays only what was taken back',
    { said: 'o talks reports > a @article\na un asserts originates\nx un retracts re:a' },
    'It was said by the United Nations that the group has a camp; it was later taken back by the United Nations.',
  ],
];

describe('attributionSentence', () => {
  it.each([...voices, ...dates, ...chains, ...origins, ...against, ...takenBack])(
    '%s',
    (_what, told, expected) => {
      expect(sentence(told)).toBe(expected);
    },
  );

  it.each([
    ['ISIL-K has 4.5 camps.', 'ISIL-K has 4.5 camps.'],
    ['Inner circles met', 'Inner circles met.'],
    ['In Kunar there are camps. ', 'in Kunar there are camps.'],
    ['Militancy has been rising.', 'militancy has been rising.'],
    ['Members of the group met.', 'members of the group met.'],
    ['Security Council members met.', 'Security Council members met.'],
    ['Security was poor.', 'security was poor.'],
    ['Senior Taliban officials met.', 'senior Taliban officials met.'],
    ['New York was hit.', 'New York was hit.'],
    ['Taliban members left.', 'Taliban members left.'],
    ['A.B. Khan leads it.', 'A.B. Khan leads it.'],
    ['It moved to the U.S.', 'it moved to the U.S.'],
    ['Is there a camp?', 'is there a camp?'],
    ['Over 600 were killed.', 'over 600 were killed.'],
    ['Three-quarters left.', 'Three-quarters left.'],
    ['THE GROUP LEFT.', 'THE GROUP LEFT.'],
    ['د ډلې یو کمپ دی.', 'د ډلې یو کمپ دی.'],
  ])('“%s” goes on as “%s”', (text, expected) => {
    const told = { said: 'a pakistan asserts originates' };
    expect(sentence(told, text)).toBe(`According to Pakistan, ${expected}`);
  });
});
