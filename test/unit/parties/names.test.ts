import { describe, expect, it } from 'vitest';
import { abbreviates, compareNames } from '../../../src/parties/names/compare.js';
import { judgeOf } from '../../../src/parties/names/judge.js';
import { nameKeys } from '../../../src/parties/names/keys.js';
import { readName } from '../../../src/parties/names/read-name.js';
import { likeness, skeletonOf, soundsOf } from '../../../src/parties/names/sound.js';
import { pairs, parts } from '../../names/pairs.js';
import { seeded } from '../../support/random.js';

const noTurns = { yield: async () => {} };
const words = (name: string, person: boolean) => readName(name, person).words.map(({ text }) => text);

describe('readName', () => {
  it.each([
    ['Mufti Noor Wali Mehsud', true, ['mufti', 'noor', 'wali', 'mehsud']],
    ['Abd al-Rahim al-Nashiri', true, ['abdurahim', 'nashiri']],
    ['Sana Ullah Ghaffari', true, ['sanaulah', 'ghaffari']],
    ['Siraj ud-Din Haqqani', true, ['sirajudin', 'haqqani']],
    ['Kim Jong Un', true, ['kim', 'jong', 'un']],
    ['习近平', true, ['xi', 'jin', 'ping']],
    ['القاعدة', false, ['qada']],
    ['Tehrik-e-Taliban Pakistan', false, ['tehrik', 'taliban', 'pakistan']],
    ['ISIL-K', false, ['islamicstate', 'khorasan']],
    ['Islamic State of Iraq and the Levant', false, ['islamicstate']],
  ])('%s', (name, person, expected) => {
    expect(words(name, person)).toEqual(expected);
  });
});

describe('likeness', () => {
  const alike = (a: string, b: string) => likeness(soundsOf(a), soundsOf(b));
  it.each([
    ['mehsud', 'masoud'],
    ['qaida', 'kaida'],
    ['gaddafi', 'qadhafi'],
    ['noor', 'nur'],
    ['yevgeny', 'evgeny'],
  ])('%s sounds like %s', (a, b) => {
    expect(alike(a, b)).toBeGreaterThan(0.84);
    expect(alike(b, a)).toBe(alike(a, b));
  });
  it.each([
    ['hassan', 'hussein'],
    ['omar', 'amir'],
    ['karim', 'karam'],
    ['muhammad', 'mahmud'],
  ])('%s does not sound like %s, though the consonants are the same', (a, b) => {
    expect(skeletonOf(soundsOf(a))).toBe(skeletonOf(soundsOf(b)));
    expect(alike(a, b)).toBeLessThan(0.84);
  });
});

describe('likeness of at least so much', () => {
  it('is the same, or 0 for less', () => {
    const random = seeded(23);
    const word = () =>
      Array.from({ length: 1 + random.below(9) }, () => random.pick([...'aeiouhwykqgxtdsSbpfmnlr'])).join('');
    let many = 0;
    for (let i = 0; i < 5_000; i += 1) {
      const a = word();
      const b = random.chance(0.5) ? word() : a.replace(/[aeiou]/, random.pick([...'aeiou', '']));
      const [unwritten, least] = [random.chance(0.3), random.pick([0.5, 0.8, 0.9])];
      const whole = likeness(a, b, unwritten);
      const found = likeness(a, b, unwritten, least);
      if (whole >= least) many += 1;
      expect(whole >= least ? found : found < least, `${a} and ${b}`).toBe(whole >= least ? whole : true);
    }
    expect(many).toBeGreaterThan(500);
  });
});

describe('compareNames', () => {
  it.each([
    ['Tehrik-e-Taliban Pakistan', 'Tehreek-e-Taliban Pakistan', false, true],
    ['Tehrik-e-Taliban Pakistan', 'Tehrik-e-Taliban Afghanistan', false, false],
    ['1st Marine Division', 'First Marine Division', false, true],
    ['1st Marine Division', '2nd Marine Division', false, false],
    ['Noor Wali Mehsud', 'Nur Wali Masood', true, true],
    ['Noor Wali Mehsud', 'Hakimullah Mehsud', true, false],
    ['Donald Trump', 'Donald Trump Jr.', true, false],
  ])('%s and %s', (a, b, person, same) => {
    expect(compareNames(readName(a, person), readName(b, person), person).match).toBe(same);
    expect(compareNames(readName(b, person), readName(a, person), person).match).toBe(same);
  });
});

describe('abbreviates', () => {
  it.each([
    ['ttp', ['tehrik', 'e', 'taliban', 'pakistan'], true],
    ['huji', ['harkat', 'ul', 'jihad', 'al', 'islami'], true],
    ['bla', ['balochistan', 'liberation', 'front'], false],
    ['aa', Array.from({ length: 14 }, () => 'a'), true],
    ['ab', Array.from({ length: 14 }, () => 'a'), false],
  ])('%s of %j', (letters, all, expected) => {
    expect(abbreviates(letters, all)).toBe(expected);
  });
});

describe('judge', () => {
  const party = {
    name: 'Boris Rotenberg',
    names: [],
    kind: 'person',
    country: 'RU',
    identifiers: [],
    born: '1957',
  };
  it.each([
    [{}, true, ['spelling']],
    [{ born: '1957-01' }, true, ['spelling', 'same_birth']],
    [{ born: '1958' }, true, ['spelling']],
    [{ born: '1981' }, false, ['spelling', 'another_birth']],
    [{ country: 'FI' }, false, ['spelling', 'another_country']],
    [{ kind: 'media' }, false, ['spelling', 'another_kind']],
  ])('with %j', async (facts, match, codes) => {
    const judged = await judgeOf(noTurns, { name: 'Boris Rotenberg', ...facts })(party);
    expect(judged.match).toBe(match);
    expect(judged.reasons.map(({ code }) => code)).toEqual(codes);
  });
});

describe('judging a party of many names', () => {
  it('lets others go on between two of them', async () => {
    const names = Array.from({ length: 200 }, (_, i) => ({ name: `Another Name ${i}` }));
    const turns = { taken: 0, yield: async () => void turns.taken++ };
    const party = { name: 'Some Name', names, kind: 'person', country: null, identifiers: [] };
    await judgeOf(turns, { name: 'Another Name 7' })(party);
    expect(turns.taken).toBe(201);
  });
});

describe('nameKeys', () => {
  it.each([
    ['Nur Wali Masood', 'نور ولی محسود', true],
    ['TTP', 'Tehrik-e-Taliban Pakistan', false],
    ['Xi Jinping', '习近平', true],
  ])('%s and %s share one', (a, b, person) => {
    const keys = new Set(nameKeys(a, [person]));
    expect(nameKeys(b, [person]).some((key) => keys.has(key))).toBe(true);
  });
});

describe('hostile names', () => {
  it('are read within bounds where one letter stands for many', () => {
    // One letter for six, without a space between.
    const letters = words('\u3316'.repeat(500), false).join('').length;
    expect(letters).toBeLessThan(1_000);
  });

  it('1,000 of them are compared within bounds, each is the same as itself, and no key is long', () => {
    const random = seeded(17);
    const pool = [
      ...'aAbhlw\'-. %_"(){}[]*\\/|،ابعیةхЖё北京김ß\u0301\u200d\u{1F600}0',
      'al ',
      'ullah',
      ' din ',
      'abd ',
      'TTP',
      'ISIS',
      ' of ',
    ];
    const hostile = () => Array.from({ length: 1 + random.below(120) }, () => random.pick(pool)).join('');
    for (let i = 0; i < 1_000; i += 1) {
      const [a, b, person] = [hostile(), hostile(), random.chance(0.5)];
      const there = compareNames(readName(a, person), readName(b, person), person);
      const back = compareNames(readName(b, person), readName(a, person), person);
      expect(there.score, `${a} and ${b}`).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(1);
      expect(compareNames(readName(a, person), readName(a, person), person).match).toBe(true);
      expect(back.by === 'acronym', `${a} and ${b}`).toBe(there.by === 'acronym');
      for (const key of nameKeys(a)) expect(key.length).toBeLessThanOrEqual(40);
    }
  });
});

describe('the evaluation set', () => {
  const ofPart = (part: string) => pairs.filter((pair) => pair.part === part);

  it.each(parts)('part %s: holds over 120 pairs, of all scripts and kinds of variants', (part) => {
    const names = ofPart(part).map(({ wanted, party }) => `${wanted.name} ${party.name}`);
    expect(names.length).toBeGreaterThan(120);
    const kinds = {
      arabic: /\p{sc=Arabic}/u,
      'Persian, Pashto or Urdu': /[پچگژکیټډړښېۍہےٹڈ]/u,
      cyrillic: /\p{sc=Cyrillic}/u,
      chinese: /\p{sc=Han}/u,
      acronym: /^\p{Lu}{3,}\b/u,
      honorific: /\b(mullah|maulana|mawlawi|maulvi|sheikh|dr|ayatollah|general)\b/i,
      patronymic: /\b\p{L}+(ovich|evich|yevich)\b/iu,
    };
    for (const [kind, pattern] of Object.entries(kinds)) {
      expect([kind, names.filter((name) => pattern.test(name)).length > 0]).toEqual([kind, true]);
    }
  });

  it('holds no pair twice, and no name of the part unseen in another one', () => {
    const texts = pairs.map(({ wanted, party }) => JSON.stringify([wanted, party]));
    expect(new Set(texts).size).toBe(texts.length);
    const namesOf = (some: typeof pairs) => some.flatMap(({ wanted, party }) => [wanted.name, party.name]);
    const seen = new Set(namesOf(pairs.filter(({ part }) => part !== 'unseen')));
    expect(namesOf(ofPart('unseen')).filter((name) => seen.has(name))).toEqual([]);
  });

  it.each(parts)('is judged with precision ≥ 0.97 at recall ≥ 0.85 on the part %s', async (part) => {
    const judged = await Promise.all(
      ofPart(part).map(async (pair) => {
        const { match } = await judgeOf(noTurns, pair.wanted)(pair.party);
        return { ...pair, match };
      }),
    );
    const right = judged.filter(({ same, match }) => same && match).length;
    expect(right / judged.filter(({ match }) => match).length).toBeGreaterThanOrEqual(0.97);
    expect(right / judged.filter(({ same }) => same).length).toBeGreaterThanOrEqual(0.85);
  });
});
