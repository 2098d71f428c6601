import type { LossCause } from '../../../src/provenance/impact/dependents.js';
import type { Written } from './build.js';

/** A fall worked out by hand: what falls and why, and the standing before and after in short. */
export interface FallCase extends Written {
  name: string;
  falling: LossCause;
  fallen: string;
  before: string;
  after: string;
}

const stipend = {
  parties: 'state?1-1',
  said: `outlet paper reports > team @article
         team monitors reports > state @report
         state state asserts originates`,
};

export const falls: FallCase[] = [
  {
    name: 'with the report falls whom it alone cites, and who retells it',
    ...stipend,
    falling: { source: 'report' },
    fallen: 'outlet:unfounded team:source state:unheard',
    before: 'single_origin 1-1 1/2/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'the report stands without the article that retells it',
    ...stipend,
    falling: { source: 'article' },
    fallen: 'outlet:source',
    before: 'single_origin 1-1 1/2/0',
    after: 'single_origin 1-1 1/1/0',
  },
  {
    name: 'with the origin falls all that goes back to it',
    ...stipend,
    falling: { party: 'state' },
    fallen: 'outlet:unfounded team:unfounded state:party',
    before: 'single_origin 1-1 1/2/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'an attribution falls alone as it would with its party',
    ...stipend,
    falling: { attribution: 'team' },
    fallen: 'outlet:unfounded team:attribution state:unheard',
    before: 'single_origin 1-1 1/2/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'words known through one article fall with it',
    said: `o paper reports > a @article
           a pakistan asserts originates`,
    falling: { source: 'article' },
    fallen: 'o:source a:unheard',
    before: 'single_origin 1-1 1/1/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'words known through two articles do not fall with one',
    said: `o p1 reports > a @one
           p p2 reports > a @two
           a pakistan asserts originates`,
    falling: { source: 'one' },
    fallen: 'o:source',
    before: 'single_origin 1-1 1/2/0',
    after: 'single_origin 1-1 1/1/0',
  },
  {
    name: 'words with a source of their own do not fall with who relays them',
    said: `o paper reports > a @article
           a pakistan asserts originates @speech`,
    falling: { party: 'paper' },
    fallen: 'o:party',
    before: 'single_origin 1-1 1/1/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'a relay of two stands while one does',
    said: `o paper reports > a,b @article
           a pakistan asserts originates @speech
           b us asserts originates @briefing`,
    falling: { source: 'speech' },
    fallen: 'a:source',
    before: 'corroborated 2-2 2/1/0',
    after: 'single_origin 1-1 1/1/0',
  },
  {
    name: 'own knowledge stands when what is relayed beside it falls',
    said: `a us confirms originates > b @briefing
           b pakistan asserts originates @speech`,
    falling: { attribution: 'b' },
    fallen: 'b:attribution',
    before: 'corroborated 2-2 2/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'with a government fall its military and its unnamed officials',
    parties: 'military<pakistan officials?2-<pakistan',
    said: `a pakistan asserts originates @a
           b military asserts originates @b
           c officials asserts originates @c
           d us asserts originates @d`,
    falling: { party: 'pakistan' },
    fallen: 'a:party b:party c:party',
    before: 'corroborated 2-2 4/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'a government does not fall with its military',
    parties: 'military<pakistan',
    said: `a pakistan asserts originates @a
           b military asserts originates @b`,
    falling: { party: 'military' },
    fallen: 'b:party',
    before: 'single_origin 1-1 2/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'an independent voice does not fall with its body',
    parties: 'unama!<un team<un desk<unama',
    said: `a un asserts originates @a
           b unama asserts originates @b
           c team asserts originates @c
           d desk asserts originates @d`,
    falling: { party: 'un' },
    fallen: 'a:party c:party',
    before: 'corroborated 2-2 4/0/0',
    after: 'single_origin 1-1 2/0/0',
  },
  {
    name: 'but what stands below the voice falls with that',
    parties: 'unama!<un desk<unama',
    said: `a un asserts originates @a
           b unama asserts originates @b
           d desk asserts originates @d`,
    falling: { party: 'unama' },
    fallen: 'b:party d:party',
    before: 'corroborated 2-2 3/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'an annex falls with its report',
    sources: 'annex<report',
    said: `a team asserts originates @annex
           b us asserts originates @briefing`,
    falling: { source: 'report' },
    fallen: 'a:source',
    before: 'corroborated 2-2 2/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'a report does not fall with its annex',
    sources: 'annex<report',
    said: `a team asserts originates @report
           b team asserts originates @annex`,
    falling: { source: 'annex' },
    fallen: 'b:source',
    before: 'single_origin 1-1 1/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'an article that only derives from the report falls as a relay of it',
    sources: 'article~report',
    said: `o paper asserts @article
           r team asserts originates @report`,
    falling: { source: 'report' },
    fallen: 'o:unfounded r:source',
    before: 'single_origin 1-1 2/0/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'it stands while another source that it derives from does',
    sources: 'article~report+wire',
    said: `o paper asserts @article
           r team asserts originates @report
           w us asserts originates @wire`,
    falling: { source: 'report' },
    fallen: 'r:source',
    before: 'corroborated 2-2 3/0/0',
    after: 'single_origin 1-1 2/0/0',
  },
  {
    name: 'deriving from a source in which the claim does not stand makes nothing fall',
    sources: 'article~report',
    said: 'o paper asserts @article',
    falling: { source: 'report' },
    fallen: '',
    before: 'untraced 0-1 1/0/0',
    after: 'untraced 0-1 1/0/0',
  },
  {
    name: 'a denial falls with its party and contests no longer',
    subject: 'taliban',
    said: `o paper reports > a,d @article
           a pakistan asserts originates
           d taliban denies originates`,
    falling: { party: 'taliban' },
    fallen: 'd:party',
    before: 'single_origin 1-1 1/1/1 contested self_denied',
    after: 'single_origin 1-1 1/1/0',
  },
  {
    name: 'a relayed denial falls with what it relays',
    said: `a pakistan asserts originates @a
           d p1 denies > e @d
           e taliban denies originates @e`,
    falling: { source: 'e' },
    fallen: 'd:unfounded e:source',
    before: 'single_origin 1-1 1/0/2 contested',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'who stands on its own word does not fall with the denial that it passes on',
    said: `o paper asserts > d @article
           d taliban denies originates @statement`,
    falling: { source: 'statement' },
    fallen: 'd:source',
    before: 'untraced 0-1 1/0/1 contested',
    after: 'untraced 0-1 1/0/0',
  },
  {
    name: 'a circle falls when its only way out has fallen',
    said: `a p1 reports > b @a
           b p2 reports > a,c @b
           c un asserts originates @c`,
    falling: { source: 'c' },
    fallen: 'a:unfounded b:unfounded c:source',
    before: 'single_origin 1-1 1/2/0',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'a circle with two ways out stands on the other',
    said: `a p1 reports > b,d @a
           b p2 reports > a,c @b
           c un asserts originates @c
           d us asserts originates @d`,
    falling: { source: 'c' },
    fallen: 'c:source',
    before: 'corroborated 2-2 2/2/0',
    after: 'single_origin 1-1 1/2/0',
  },
  {
    name: 'a circle that nothing held up falls with its members',
    said: `a p1 reports > b @a
           b p2 reports > a @b
           c un asserts originates @c`,
    falling: { source: 'b' },
    fallen: 'a:unfounded b:source',
    before: 'single_origin 1-1 1/2/0 circular',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'and not with anything else',
    said: `a p1 reports > b @a
           b p2 reports > a @b
           c un asserts originates @c`,
    falling: { source: 'c' },
    fallen: 'c:source',
    before: 'single_origin 1-1 1/2/0 circular',
    after: 'none 0-0 0/2/0 circular',
  },
  {
    name: 'a circle known through one article falls with it',
    said: `o p0 reports > a @article
           a p1 reports > b
           b p2 reports > a`,
    falling: { source: 'article' },
    fallen: 'o:source a:unheard b:unheard',
    before: 'none 0-0 0/3/0 circular',
    after: 'none 0-0 0/0/0',
  },
  {
    name: 'words come back when the retraction falls',
    said: `a pakistan asserts originates @speech
           n paper reports > x @article
           x pakistan retracts re:a`,
    falling: { source: 'article' },
    fallen: 'n:source x:unheard',
    before: 'none 0-0 0/1/0 retracted',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'an article that was taken back has not fallen by that',
    said: `o p1 reports > a @one
           x p1 retracts re:o @note
           p p2 reports > a @two
           a pakistan asserts originates`,
    falling: { source: 'two' },
    fallen: 'p:source',
    before: 'single_origin 1-1 1/1/0',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'a blanket denial falls with its party',
    said: `r team asserts originates @report
           d taliban denies #report`,
    falling: { party: 'taliban' },
    fallen: 'd',
    before: 'single_origin 1-1 1/0/0 blanket:1',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'and is pointless when the report falls',
    said: `r team asserts originates @report
           b us asserts originates @briefing
           d taliban denies #report`,
    falling: { source: 'report' },
    fallen: 'r:source',
    before: 'corroborated 2-2 2/0/0 blanket:1',
    after: 'single_origin 1-1 1/0/0',
  },
  {
    name: 'a party that says nothing takes nothing along',
    ...stipend,
    falling: { party: 'taliban' },
    fallen: '',
    before: 'single_origin 1-1 1/2/0',
    after: 'single_origin 1-1 1/2/0',
  },
  {
    name: 'with one of several unnamed sources max falls, and min stays',
    parties: 'one?1-1 two?1-1',
    said: `a one asserts originates @a
           b two asserts originates @b`,
    falling: { source: 'b' },
    fallen: 'b:source',
    before: 'single_origin 1-2 2/0/0',
    after: 'single_origin 1-1 1/0/0',
  },
];
