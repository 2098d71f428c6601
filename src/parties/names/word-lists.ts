/** Words that say little or much about who is meant, as they read in lower-case Latin letters. */

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Stand between the parts of a name and belong to none. */
export const particles = listed(`
  e i y o u of the in and for to wa wal va
  de del de des du di da do dos das la le les los las et en l d na von van der den bin ibn ben bint ould walad
  valad oglu ogly qizi kyzy zi a
`);

/** What people are called for their learning or descent; it tells nobody apart, and is left out at will. */
export const honorifics = listed(`
  mullah mulla mollah molla maulana mawlana molana maulvi maulawi mawlawi mawlavi molvi moulvi mufti sheikh shaikh
  shaykh sheik cheikh hafiz hafez qari haji hajji hajj hadji syed sayyid sayed seyyed ustad ustaz ostad
  ayatollah hojatoleslam allama pir qazi qadi kadi mian khawaja khwaja agha alhaj alhaji
`);

/** What a person is by office; in the name of a body the same words tell more. */
export const offices = listed(`
  dr doctor prof professor general gen colonel col major maj captain brigadier commander cmdr lieutenant lt admiral
  emir engineer eng mr mrs ms miss sir lord lady president minister senator ambassador king prince princess queen
`);

/** Given names so frequent that two people who share them share little. */
export const frequentNames = listed(`
  muhammad mohammad mohammed mohamed muhammed mohamad mohd md muhamad ahmad ahmed ali khan hassan hasan hussein
  hussain abdullah abdulah omar umar ibrahim ismail yusuf
`);

/** The spellings of the most frequent name, which many leave out or shorten when it stands first. */
export const omittedFirst = listed(`
  muhammad mohammad mohammed mohamed muhammed mohamad muhamad mohamand mohd md mhmd muhmd
`);

/** Generations: father and son may share all the rest. */
export const generations = listed('jr sr junior senior ii iii');

/** Forms of companies and words for any body, which are left out at will. */
export const legalForms = listed(`
  ltd limited llc llp plc inc incorporated corp corporation co company gmbh ag sa sarl spa bv nv oy ab pte pvt pty
  jsc ojsc pjsc cjsc oao pao zao ooo ao chvk pmc oaoo group gruppa network organization organisation organizatsiya
  directorate affairs agency team international intl trading est establishment enterprise enterprises services
  armed militia news province wilayat vilayat wilayah
`);

/** Words for one kind of body in several languages. One may be left out, but two kinds are two bodies. */
export const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    movement:
      'movement tehrik tehreek tahrik tahreek thryk tekhrik tahrek harakat haraka harkat harakah hrkt hrka',
    party: 'party hizb hezb hezbe partiya parti partido partei partia',
    community: 'jamaat jamat jamaah jemaah jamaa jamaatu gamaa jamah jmat',
    society: 'jamiat jamiyat jamiyyat jmyt',
    front: 'front jabhat jabha jebhat jbha jbhh dzhebkhat jabhah frente',
    army: 'army armee ejercito jaish jaysh jysh jaysh',
    lashkar: 'lashkar lshkr laskar lashkare',
    brigade: 'brigade brigades brigada katibat katiba khatiba kataib katibah ktyb ktybt liwa',
    office: 'ministry wizarat vezarat ministerio ministere ministerstvo',
    exchange: 'exchange sarafi saraf sarrafi money hawala',
    council: 'council shura shoura shwra',
  }).flatMap(([kind, words]) => words.split(' ').map((word): [string, string] => [word, kind])),
);

/** Forms of states, which go without saying where the country is named, and what they are called besides. */
export const stateForms = listed('republic federation kingdom commonwealth government');
export const stateAttributes = listed('islamic arab united');

const numbers = 'zero first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth';
export const ordinals: ReadonlyMap<string, string> = new Map(
  numbers.split(' ').map((word, i): [string, string] => [word, String(i)]),
);

/** Abbreviations that stand for one word wherever they stand. */
export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map([
  ['un', ['united', 'nations']],
  ['us', ['united', 'states']],
  ['usa', ['united', 'states']],
  ['uk', ['united', 'kingdom']],
  ['eu', ['european', 'union']],
]);

/**
 * Names of the Islamic State, which each language shortens in a way of its own, and the letters that follow them
 * for a province. The phrases are read before particles are dropped.
 */
export const islamicState: readonly [pattern: RegExp, words: string][] = [
  [
    /\bislamic state (?:of|in) (?:iraq|the iraq) and (?:the |al )?(?:levant|syria|sham|greater syria)\b/g,
    'islamicstate',
  ],
  [/\b(?:islamic state|isil|isis|daesh|daish|daech|daesch|dash|igil)\b/g, 'islamicstate'],
  [/\b(?:is|islamicstate)(?: |)kp?\b/g, 'islamicstate khorasan'],
  [/\bis (?=khorasan|khurasan|sinai|khorasan)/g, 'islamicstate '],
  [/\b(?:is|islamicstate)wap?\b/g, 'islamicstate west africa'],
  [/\b(?:is|islamicstate)gs\b/g, 'islamicstate greater sahara'],
];
