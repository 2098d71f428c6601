import type { Written } from './build.js';

/**
 * A case worked out by hand from the rules. `stands` is the standing in short: support, origins from min to
 * max (`*` without limit), parties asserting/reporting/denying, and what else is true of it. `says` is a
 * piece of the explanation.
 */
export interface Case extends Written {
  name: string;
  stands: string;
  says: string;
}

const basics: Case[] = [
  { name: 'nobody says anything', said: '', stands: 'none 0-0 0/0/0', says: 'Nothing supports it.' },
  {
    name: 'one named party speaks from own knowledge',
    said: 'a un asserts originates',
    stands: 'single_origin 1-1 1/0/0',
    says: 'un counts for itself. It counts into min.',
  },
  {
    name: 'an outlet asserts and does not say where it has it from',
    said: 'a paper asserts',
    stands: 'untraced 0-1 1/0/0',
    says: 'Where it has this from is not known: not in min.',
  },
  {
    name: 'a report that relays nothing is support of unknown lineage',
    said: 'a paper reports',
    stands: 'untraced 0-1 0/1/0',
    says: 'At most 1: 0 named, 0 unnamed and 1 of unknown lineage.',
  },
  {
    name: 'it relays somebody who is not recorded',
    said: 'a paper reports relays',
    stands: 'untraced 0-1 0/1/0',
    says: 'nobody is known to speak from own knowledge',
  },
  {
    name: 'four outlets assert it and none says from where',
    said: `a p1 asserts
           b p2 asserts
           c p3 asserts
           d p4 asserts`,
    stands: 'untraced 0-4 4/0/0',
    says: 'At most 4: 0 named, 0 unnamed and 4 of unknown lineage.',
  },
  {
    name: 'two named parties speak from own knowledge',
    said: `a un asserts originates
           b us confirms originates`,
    stands: 'corroborated 2-2 2/0/0',
    says: 'At least 2 independent origins support it.',
  },
  {
    name: 'who only declines to speak says nothing',
    said: 'a ministry declines originates',
    stands: 'none 0-0 0/0/0',
    says: 'Who declines to speak takes no side.',
  },
];

const chains: Case[] = [
  {
    name: 'the stipend: an article, a report, one Member State',
    parties: 'state?1-1',
    said: `outlet paper reports > team @article
           team monitors reports > state @report
           state state asserts originates`,
    stands: 'single_origin 1-1 1/2/0 unnamed_only',
    says: 'state, unnamed, stands for at least 1',
  },
  {
    name: 'five articles on one report',
    said: `a p1 reports > r
           b p2 reports > r
           c p3 reports > r
           d p4 reports > r
           e p5 reports > r
           r un asserts originates`,
    stands: 'single_origin 1-1 1/5/0',
    says: 'All that is known to support it may go back to one origin.',
  },
  {
    name: 'a chain of six links',
    said: `a p1 reports > b
           b p2 reports > c
           c p3 reports > d
           d p4 reports > e
           e p5 reports > f
           f un asserts originates`,
    stands: 'single_origin 1-1 1/5/0',
    says: '1 party asserts it and 5 parties pass it on.',
  },
  {
    name: 'a diamond closes on one origin',
    said: `a p1 reports > b,c
           b p2 reports > d
           c p3 reports > d
           d un asserts originates`,
    stands: 'single_origin 1-1 1/3/0',
    says: 'At least 1: 1 named group originates it',
  },
  {
    name: 'a diamond that stays open has two',
    said: `a p1 reports > b,c
           b p2 reports > d
           c p3 reports > e
           d un asserts originates
           e us asserts originates`,
    stands: 'corroborated 2-2 2/3/0',
    says: 'At least 2: 2 named groups originate it',
  },
  {
    name: 'a ladder of diamonds still has one',
    said: `a p1 reports > b,c
           b p2 reports > d
           c p3 reports > d
           d p4 reports > e,f
           e p5 reports > g
           f p6 reports > g
           g un asserts originates`,
    stands: 'single_origin 1-1 1/6/0',
    says: 'At most 1: 1 named, 0 unnamed and 0 of unknown lineage.',
  },
  {
    name: "one team's two reports are one origin",
    said: `a paper reports > r14,r35 @article
           r14 team asserts originates @report-14
           r35 team asserts originates @report-35`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'team is counted already.',
  },
  {
    name: 'who endorses what it relays adds no origin',
    said: `a paper asserts > b
           b pakistan asserts originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'pakistan counts for itself. It counts into min.',
  },
  {
    name: 'a confirmation with own knowledge is an end as well as a relay',
    said: `a us confirms originates > b
           b pakistan asserts originates`,
    stands: 'corroborated 2-2 2/0/0',
    says: 'us counts for itself. It counts into min.',
  },
  {
    name: 'an outlet reports its own findings beside those of others',
    said: `a paper reports originates > b
           b pakistan asserts originates`,
    stands: 'corroborated 2-2 1/1/0',
    says: 'paper counts for itself. It counts into min.',
  },
  {
    name: 'a chain that ends in the dark beside one that does not',
    said: `a p1 reports > b,c
           b p2 reports relays
           c un asserts originates`,
    stands: 'single_origin 1-2 1/2/0',
    says: 'At most 2: 1 named, 0 unnamed and 1 of unknown lineage.',
  },
  {
    name: 'a party that relays its own earlier words is one origin',
    said: `a pakistan reports > b
           b pakistan asserts originates`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'At most 1: 1 named',
  },
];

const unnamed: Case[] = [
  {
    name: 'an unnamed party without a count stands for at least one',
    parties: 'official?',
    said: 'a official asserts originates',
    stands: 'single_origin 1-* 1/0/0 unnamed_only',
    says: 'No upper limit: it is not told how many official may stand for.',
  },
  {
    name: 'several unnamed states are several origins',
    parties: 'states?2-',
    said: 'a states asserts originates',
    stands: 'corroborated 2-* 1/0/0 unnamed_only',
    says: 'It stands for at least 2, which makes min.',
  },
  {
    name: 'two unnamed officials may be the same one',
    parties: 'first?1-1 second?1-1',
    said: `a first asserts originates
           b second asserts originates`,
    stands: 'single_origin 1-2 2/0/0 unnamed_only',
    says: 'It may be among those for whom first stands: not in min.',
  },
  {
    name: 'an unnamed one may be the named one',
    parties: 'state?1-1',
    said: `a state asserts originates
           b us asserts originates`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'It may be among the 1 named group: not in min.',
  },
  {
    name: 'two named parties may be the several unnamed ones',
    parties: 'states?2-',
    said: `a states asserts originates
           b us asserts originates
           c india asserts originates`,
    stands: 'corroborated 2-* 3/0/0',
    says: 'It may be among the 2 named groups: not in min.',
  },
  {
    name: 'a named party may be among three to five unnamed ones',
    parties: 'states?3-5',
    said: `a us asserts originates
           b states asserts originates`,
    stands: 'corroborated 3-6 2/0/0',
    says: 'us counts for itself. It may be among those for whom states stands: not in min.',
  },
  {
    name: 'the larger of two unnamed parties makes min',
    parties: 'few?2-2 many?4-9',
    said: `a few asserts originates
           b many asserts originates`,
    stands: 'corroborated 4-11 2/0/0 unnamed_only',
    says: 'few is unnamed and counts apart. It may be among those for whom many stands: not in min.',
  },
  {
    name: 'whoever spoke is at least one, whatever the count says',
    parties: 'nobody?0-0',
    said: 'a nobody asserts originates',
    stands: 'single_origin 1-1 1/0/0 unnamed_only',
    says: 'nobody, unnamed, stands for at least 1',
  },
  {
    name: 'a count with an upper number alone',
    parties: 'some?-4',
    said: 'a some asserts originates',
    stands: 'single_origin 1-4 1/0/0 unnamed_only',
    says: 'At most 4: 0 named, 4 unnamed and 0 of unknown lineage.',
  },
  {
    name: 'unnamed officials of a named state count as the state, however many',
    parties: 'officials?2-<pakistan',
    said: 'a officials asserts originates',
    stands: 'single_origin 1-1 1/0/0',
    says: 'officials is unnamed and part of pakistan, and counts as pakistan.',
  },
  {
    name: 'a state and its unnamed officials are one origin',
    parties: 'officials?2-<pakistan',
    said: `a officials asserts originates
           b pakistan asserts originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'pakistan counts for itself. pakistan is counted already.',
  },
  {
    name: 'UN officials and Pakistani officials are two',
    parties: 'un-officials?2-<un pk-officials?2-<pakistan',
    said: `o paper reports > a,b
           a un-officials asserts originates
           b pk-officials asserts originates`,
    stands: 'corroborated 2-2 2/1/0',
    says: 'un-officials is unnamed and part of un, and counts as un.',
  },
  {
    name: 'two aides of one unnamed state are that one state',
    parties: 'aide1?2-<state aide2?<state state?1-1',
    said: `a aide1 asserts originates
           b aide2 asserts originates`,
    stands: 'single_origin 1-1 2/0/0 unnamed_only',
    says: 'aide2 is unnamed and part of state, and counts as state. state is counted already.',
  },
  {
    name: 'unnamed observers of unknown lineage may be any number',
    parties: 'observers?2-',
    said: 'a observers asserts',
    stands: 'untraced 0-* 1/0/0',
    says: 'observers is unnamed and counts apart. Where it has this from is not known: not in min.',
  },
  {
    name: 'an unnamed outlet of unknown lineage is one more at most',
    parties: 'outlet?1-1',
    said: `a outlet asserts
           b un asserts originates`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'At most 2: 1 named, 1 unnamed and 0 of unknown lineage.',
  },
  {
    name: 'an unnamed party that relays is no origin',
    parties: 'outlet?1-1',
    said: `a outlet reports > b
           b un asserts originates`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'At most 1: 1 named, 0 unnamed',
  },
];

const lineage: Case[] = [
  {
    name: 'unknown lineage beside an origin raises max alone',
    said: `a un asserts originates
           b paper asserts`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'paper counts for itself. Where it has this from is not known: not in min.',
  },
  {
    name: 'a party known to originate elsewhere is not counted twice',
    said: `a pakistan asserts
           b pakistan asserts originates`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'not in min. In max pakistan is counted already.',
  },
  {
    name: 'nor is a part of it',
    parties: 'military<pakistan',
    said: `a pakistan asserts originates
           b military asserts`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'In max pakistan is counted already.',
  },
  {
    name: 'unknown lineage with relays is followed',
    said: `a paper reports unknown > b
           b un asserts originates`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'At most 1: 1 named, 0 unnamed and 0 of unknown lineage.',
  },
  {
    name: 'two unknown ends of one body are one group',
    parties: 'desk<agency',
    said: `a agency asserts
           b desk reports`,
    stands: 'untraced 0-1 1/1/0',
    says: 'desk is part of agency, and counts as agency.',
  },
];

const voices: Case[] = [
  {
    name: 'a military is not independent of its government',
    parties: 'military<pakistan',
    said: `a pakistan asserts originates
           b military asserts originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'military is part of pakistan, and counts as pakistan. pakistan is counted already.',
  },
  {
    name: 'nor are two parts of one body of each other',
    parties: 'military<pakistan ministry<pakistan',
    said: `a military asserts originates
           b ministry confirms originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'ministry is part of pakistan, and counts as pakistan. pakistan is counted already.',
  },
  {
    name: 'however long the chain of bodies',
    parties: 'unit<brigade brigade<army army<state',
    said: `a unit asserts originates
           b state asserts originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'unit is part of brigade, which is part of army, which is part of state, and counts as state.',
  },
  {
    name: 'an independent voice counts beside its body',
    parties: 'unama!<un',
    said: `a un asserts originates
           b unama asserts originates`,
    stands: 'corroborated 2-2 2/0/0',
    says: 'unama is an independent voice and counts for itself. It counts into min.',
  },
  {
    name: 'what stands below an independent voice counts as that',
    parties: 'desk<unama unama!<un',
    said: `a desk asserts originates
           b unama asserts originates`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'desk is part of unama, an independent voice, and counts as unama.',
  },
  {
    name: 'two branches below one body, one of them with a voice of its own',
    parties: 'desk<unama unama!<un team<un',
    said: `a desk asserts originates
           b team asserts originates`,
    stands: 'corroborated 2-2 2/0/0',
    says: 'team is part of un, and counts as un. It counts into min.',
  },
  {
    name: 'an unnamed independent voice does not climb either',
    parties: 'inspector?1-1!<un',
    said: `a inspector asserts originates
           b un asserts originates`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'inspector is unnamed and an independent voice and counts for itself. It may be among the 1 named group',
  },
];

const retractions: Case[] = [
  {
    name: 'a party takes its words back',
    said: `a pakistan asserts originates
           x pakistan retracts re:a`,
    stands: 'none 0-0 0/0/0 retracted',
    says: 'It was later taken back by pakistan.',
  },
  {
    name: 'nobody else can take them back',
    said: `a pakistan asserts originates
           x india retracts re:a`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'A retraction only takes words back.',
  },
  {
    name: 'not even the body that the party is part of',
    parties: 'military<pakistan',
    said: `a military asserts originates
           x pakistan retracts re:a`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'military is part of pakistan, and counts as pakistan. It counts into min.',
  },
  {
    name: 'a report of what was taken back supports nothing',
    said: `o paper reports > a
           a pakistan asserts originates
           x pakistan retracts re:a`,
    stands: 'none 0-0 0/1/0 retracted',
    says: 'The support that it relays was taken back: it supports nothing.',
  },
  {
    name: 'nor does a chain of such reports',
    said: `o p1 reports > m
           m p2 reports > a
           a pakistan asserts originates
           x pakistan retracts re:a`,
    stands: 'none 0-0 0/2/0 retracted',
    says: 'Nothing supports it.',
  },
  {
    name: 'who endorsed what was taken back still asserts it, without an origin',
    said: `o paper asserts > a
           a pakistan asserts originates
           x pakistan retracts re:a`,
    stands: 'untraced 0-0 1/0/0',
    says: 'The support that it relays was taken back: it supports the claim but adds no origin.',
  },
  {
    name: 'a report of two of whom one took it back',
    said: `o paper reports > a,b
           a pakistan asserts originates
           b us asserts originates
           x pakistan retracts re:a`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'pakistan took it back: it does not count.',
  },
  {
    name: 'a retraction that was taken back',
    said: `a pakistan asserts originates
           x pakistan retracts re:a
           y pakistan retracts re:x`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'pakistan took it back: it does not count.',
  },
  {
    name: 'and that taken back in turn',
    said: `a pakistan asserts originates
           x pakistan retracts re:a
           y pakistan retracts re:x
           z pakistan retracts re:y`,
    stands: 'none 0-0 0/0/0 retracted',
    says: 'It was later taken back by pakistan.',
  },
  {
    name: 'one of two retractions of the same words is enough',
    said: `a pakistan asserts originates
           x pakistan retracts re:a
           y pakistan retracts re:a
           z pakistan retracts re:x`,
    stands: 'none 0-0 0/0/0 retracted',
    says: 'It was later taken back by pakistan.',
  },
  {
    name: 'a relay that was taken back is not followed; what it relayed still counts',
    said: `o p1 reports > m
           m p2 reports > a
           a pakistan asserts originates
           x p2 retracts re:m`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'The support that it relays was taken back: it supports nothing.',
  },
  {
    name: 'a denial that was taken back contests nothing',
    said: `a pakistan asserts originates
           d taliban denies originates
           x taliban retracts re:d`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'taliban took it back: it does not count.',
  },
  {
    name: 'words said again after a retraction count',
    said: `a pakistan asserts originates said:2024-01
           x pakistan retracts re:a said:2024-02
           b pakistan asserts originates said:2024-03`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'First spoken of in January 2024, last in March 2024.',
  },
  {
    name: 'an outlet that takes its report back leaves no support of unknown lineage',
    said: `a paper reports
           x paper retracts re:a`,
    stands: 'none 0-0 0/0/0',
    says: 'paper took it back: it does not count.',
  },
];

const denials: Case[] = [
  {
    name: 'the party it is about denies it',
    subject: 'taliban',
    said: `a pakistan asserts originates
           d taliban denies originates re:a`,
    stands: 'single_origin 1-1 1/0/1 contested self_denied',
    says: 'Only the party it is about, or a part of that, denies it.',
  },
  {
    name: 'a reported denial is no support',
    said: `o paper reports > d
           d taliban denies originates`,
    stands: 'none 0-0 0/1/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
  {
    name: 'not through a chain either',
    said: `o p1 reports > m
           m p2 reports > d
           d taliban denies originates`,
    stands: 'none 0-0 0/2/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
  {
    name: 'a report of both sides supports through the supporting end',
    said: `o paper reports > a,d
           a pakistan asserts originates
           d taliban denies originates`,
    stands: 'single_origin 1-1 1/1/1 contested',
    says: 'Contested: it is denied by the taliban.',
  },
  {
    name: 'a dispute contests as a denial does',
    said: `a pakistan asserts originates
           b un disputes originates`,
    stands: 'single_origin 1-1 1/0/1 contested',
    says: 'Contested: it is disputed by un.',
  },
  {
    name: 'a denial by somebody else beside that of the subject',
    subject: 'taliban',
    said: `a pakistan asserts originates
           d taliban denies originates
           e us denies originates`,
    stands: 'single_origin 1-1 1/0/2 contested',
    says: 'Contested: it is denied by the taliban and us.',
  },
  {
    name: 'a denial by a part of a part of the subject',
    subject: 'taliban',
    parties: 'ministry<government government<taliban officials?2-<ministry',
    said: `a pakistan asserts originates
           d officials denies originates`,
    stands: 'single_origin 1-1 1/0/1 contested self_denied',
    says: 'Only the party it is about, or a part of that, denies it.',
  },
  {
    name: 'a part of the subject that judges for itself is part of it all the same',
    subject: 'un',
    parties: 'unama!<un',
    said: `a pakistan asserts originates
           d unama denies originates`,
    stands: 'single_origin 1-1 1/0/1 contested self_denied',
    says: 'Only the party it is about',
  },
  {
    name: 'the body above the subject is not the subject',
    subject: 'military',
    parties: 'military<pakistan',
    said: `a us asserts originates
           d pakistan denies originates`,
    stands: 'single_origin 1-1 1/0/1 contested',
    says: 'Contested: it is denied by pakistan.',
  },
  {
    name: 'a claim about nobody is not denied by the party it is about',
    said: `a pakistan asserts originates
           d taliban denies originates`,
    stands: 'single_origin 1-1 1/0/1 contested',
    says: 'Contested: it is denied by the taliban.',
  },
  {
    name: 'who relays only somebody declining to speak supports nothing',
    said: `o paper reports > n
           n ministry declines originates`,
    stands: 'none 0-0 0/1/0',
    says: 'What it passes on takes no side: no support.',
  },
  {
    name: 'an outlet says it in its own words and passes on the denial',
    said: `o paper asserts > d
           d taliban denies originates`,
    stands: 'untraced 0-1 1/0/1 contested',
    says: 'What it relays does not support the claim, and where its own word comes from is not known: not in min.',
  },
  {
    name: 'a denial that passes on what it denies is a denial',
    said: `o paper reports > d
           d taliban denies > a
           a pakistan asserts originates`,
    stands: 'single_origin 1-1 1/1/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
];

const derivations: Case[] = [
  {
    name: 'an article that only derives from a report relays it',
    sources: 'article~report',
    said: `o paper asserts @article
           r team asserts originates @report`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'Its source is derived from “report”, where the claim is attributed: it is taken as relaying that.',
  },
  {
    name: 'also across a source in which the claim does not stand',
    sources: 'article~wire wire~report',
    said: `o paper reports @article
           r team asserts originates @report`,
    stands: 'single_origin 1-1 1/1/0',
    says: 'Its source is derived from “report”',
  },
  {
    name: 'each relays the nearest source in which it stands',
    sources: 'article~wire wire~report',
    said: `o paper asserts @article
           w agency asserts @wire
           r team asserts originates @report`,
    stands: 'single_origin 1-1 3/0/0',
    says: 'Its source is derived from “wire”',
  },
  {
    name: 'deriving from a source in which it does not stand tells nothing',
    sources: 'article~report',
    said: `o paper asserts @article
           r team asserts originates @other`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'paper counts for itself. Where it has this from is not known: not in min.',
  },
  {
    name: 'own knowledge stays own knowledge',
    sources: 'article~report',
    said: `o paper asserts originates @article
           r team asserts originates @report`,
    stands: 'corroborated 2-2 2/0/0',
    says: 'paper counts for itself. It counts into min.',
  },
  {
    name: 'what is relayed expressly goes before what is derived',
    sources: 'article~report',
    said: `o paper reports > b @article
           r team asserts originates @report
           b us asserts originates`,
    stands: 'corroborated 2-2 2/1/0',
    says: 'team counts for itself. It counts into min.',
  },
  {
    name: 'a report holds what its annex holds',
    sources: 'article~report annex<report',
    said: `o paper asserts @article
           r team asserts originates @annex`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'Its source is derived from “report”',
  },
  {
    name: 'an annex does not hold what its report holds',
    sources: 'article~annex annex<report',
    said: `o paper asserts @article
           r team asserts originates @report`,
    stands: 'single_origin 1-2 2/0/0',
    says: 'paper counts for itself. Where it has this from is not known: not in min.',
  },
  {
    name: 'a part draws on what its whole draws on',
    sources: 'article<page page~report',
    said: `o paper asserts @article
           r team asserts originates @report`,
    stands: 'single_origin 1-1 2/0/0',
    says: 'Its source is derived from “report”',
  },
  {
    name: 'two articles derived from one report that does not say from where',
    sources: 'one~report two~report',
    said: `a p1 asserts @one
           b p2 asserts @two
           r team asserts @report`,
    stands: 'untraced 0-1 3/0/0',
    says: 'team counts for itself. Where it has this from is not known: not in min.',
  },
  {
    name: 'an article derived from two sources',
    sources: 'article~report+wire',
    said: `o paper asserts @article
           r team asserts originates @report
           w us asserts originates @wire`,
    stands: 'corroborated 2-2 3/0/0',
    says: 'Its source is derived from “report” and “wire”',
  },
  {
    name: 'a report derived from what was taken back supports nothing',
    sources: 'article~report',
    said: `o paper reports @article
           r team asserts originates @report
           x team retracts re:r`,
    stands: 'none 0-0 0/1/0 retracted',
    says: 'The support that it relays was taken back: it supports nothing.',
  },
  {
    name: 'a report derived from a denial is a reported denial',
    sources: 'article~statement',
    said: `o paper reports @article
           d taliban denies originates @statement`,
    stands: 'none 0-0 0/1/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
  {
    name: 'an assertion derived from a denial stands on its own word',
    sources: 'article~statement',
    said: `o paper asserts @article
           d taliban denies originates @statement`,
    stands: 'untraced 0-1 1/0/1 contested',
    says: 'where its own word comes from is not known',
  },
  {
    name: 'a source in which somebody declines to speak does not hold the claim',
    sources: 'article~briefing',
    said: `o paper reports @article
           n ministry declines originates @briefing`,
    stands: 'untraced 0-1 0/1/0',
    says: 'Where it has this from is not known: not in min.',
  },
  {
    name: 'two articles derived from each other and nothing else',
    sources: 'one~two two~one',
    said: `a p1 asserts @one
           b p2 asserts @two`,
    stands: 'untraced 0-0 2/0/0 circular',
    says: 'p1 and p2 relay each other and nobody else: that adds no origin.',
  },
  {
    name: 'a source that comes round to itself tells nothing',
    sources: 'one~two two~one',
    said: 'a p1 asserts @one',
    stands: 'untraced 0-1 1/0/0',
    says: 'Where it has this from is not known: not in min.',
  },
];

const circles: Case[] = [
  {
    name: 'two outlets report each other',
    said: `a p1 reports > b
           b p2 reports > a`,
    stands: 'none 0-0 0/2/0 circular',
    says: 'p1 and p2 relay each other and nobody else: that adds no origin.',
  },
  {
    name: 'two outlets assert it on each other',
    said: `a p1 asserts > b
           b p2 asserts > a`,
    stands: 'untraced 0-0 2/0/0 circular',
    says: 'It is asserted, but no way leads to an origin.',
  },
  {
    name: 'one relays itself',
    said: 'a p1 reports > a',
    stands: 'none 0-0 0/1/0 circular',
    says: 'p1 relays itself and nobody else: that adds no origin.',
  },
  {
    name: 'a circle with a way out',
    said: `a p1 reports > b
           b p2 reports > a,c
           c un asserts originates`,
    stands: 'single_origin 1-1 1/2/0',
    says: 'p1 and p2 relay each other, and others beside.',
  },
  {
    name: 'a circle of which one member has own knowledge',
    said: `a p1 reports > b
           b p2 reports originates > a`,
    stands: 'single_origin 1-1 0/2/0',
    says: 'p2 counts for itself. It counts into min.',
  },
  {
    name: 'a way into a circle',
    said: `o p0 reports > a
           a p1 reports > b
           b p2 reports > a`,
    stands: 'none 0-0 0/3/0 circular',
    says: 'What it relays leads in a circle without a way out: it supports nothing.',
  },
  {
    name: 'who endorses what goes in a circle adds no origin',
    said: `o p0 asserts > a
           a p1 reports > b
           b p2 reports > a`,
    stands: 'untraced 0-0 1/2/0 circular',
    says: 'What it relays leads in a circle without a way out: it supports the claim but adds no origin.',
  },
  {
    name: 'a circle beside an origin',
    said: `a p1 reports > b
           b p2 reports > a
           c un asserts originates`,
    stands: 'single_origin 1-1 1/2/0 circular',
    says: 'p1 and p2 relay each other and nobody else',
  },
  {
    name: 'a way out of a circle into the next',
    said: `a p1 reports > b
           b p2 reports > a,c
           c p3 reports > d
           d p4 reports > c`,
    stands: 'none 0-0 0/4/0 circular',
    says: 'p3 and p4 relay each other and nobody else',
  },
  {
    name: 'a way out to a denial',
    said: `a p1 reports > b
           b p2 reports > a,d
           d taliban denies originates`,
    stands: 'none 0-0 0/2/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
  {
    name: 'a circle that a retraction broke',
    said: `a p1 reports > b
           b p2 reports > a
           x p2 retracts re:b`,
    stands: 'none 0-0 0/1/0',
    says: 'The support that it relays was taken back: it supports nothing.',
  },
  {
    name: 'a circle whose way out was taken back',
    said: `a p1 reports > b
           b p2 reports > a,c
           c un asserts originates
           x un retracts re:c`,
    stands: 'none 0-0 0/2/0 circular retracted',
    says: 'p1 and p2 relay each other and nobody else',
  },
  {
    name: 'a way out to an outlet of unknown lineage',
    said: `a p1 reports > b
           b p2 reports > a,c
           c p3 asserts`,
    stands: 'untraced 0-1 1/2/0',
    says: 'p3 counts for itself. Where it has this from is not known: not in min.',
  },
  {
    name: 'denials that relay each other are a circle too',
    said: `a un asserts originates
           b p1 denies > c
           c p2 denies > b`,
    stands: 'single_origin 1-1 1/0/2 circular contested',
    says: 'p1 and p2 relay each other and nobody else',
  },
];

const blanket: Case[] = [
  {
    name: 'a whole report is denied',
    said: `r team asserts originates @report
           d taliban denies #report`,
    stands: 'single_origin 1-1 1/0/0 blanket:1',
    says: '“report” as a whole is rejected by the taliban; that does not contest the claim.',
  },
  {
    name: 'a report is denied in whose annex the claim stands',
    sources: 'annex<report',
    said: `r team asserts originates @annex
           d taliban denies #report`,
    stands: 'single_origin 1-1 1/0/0 blanket:1',
    says: '“report” as a whole is rejected by the taliban; that does not contest the claim.',
  },
  {
    name: 'an annex is denied in which the claim does not stand',
    sources: 'annex<report',
    said: `r team asserts originates @report
           d taliban denies #annex`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'At least 1: 1 named group originates it',
  },
  {
    name: 'a source is denied that only the article draws on',
    sources: 'article~report',
    said: `o paper asserts @article
           d taliban denies #report`,
    stands: 'untraced 0-1 1/0/0',
    says: 'Where it has this from is not known',
  },
  {
    name: 'a denial of the source of a denial is no denial',
    said: `a pakistan asserts originates
           d taliban denies originates @statement
           e us denies #statement`,
    stands: 'single_origin 1-1 1/0/1 contested',
    says: 'Contested: it is denied by the taliban.',
  },
  {
    name: 'nor is one of an article that only passes on a denial',
    said: `o paper reports > d @article
           d taliban denies originates
           e us denies #article`,
    stands: 'none 0-0 0/1/1 contested',
    says: 'What it passes on is a denial: no support.',
  },
  {
    name: 'two denials of a report and one of the article on it',
    said: `o paper reports > r @article
           r team asserts originates @report
           d taliban denies #report
           e taliban disputes #report
           f taliban denies #article`,
    stands: 'single_origin 1-1 1/1/0 blanket:3',
    says: '“article” as a whole is rejected by the taliban; that does not contest the claim.',
  },
  {
    name: 'a blanket denial that was taken back, and a blanket confirmation',
    said: `r team asserts originates @report
           d taliban denies #report
           x taliban retracts re:d #report
           c us confirms #report`,
    stands: 'single_origin 1-1 1/0/0',
    says: 'It counts into min.',
  },
];

export const cases: Case[] = [
  ...basics,
  ...chains,
  ...unnamed,
  ...lineage,
  ...voices,
  ...retractions,
  ...denials,
  ...derivations,
  ...circles,
  ...blanket,
];
