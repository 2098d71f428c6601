import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/lib/text.js';

/** Names that people take for one, however a keyboard or a document writes them. */
describe('fold: one name in several spellings', () => {
  it.each([
    [
      'yeh and kaf',
      ['علی کریمی', 'علي كريمي', 'على كريمى', 'عـلـی کـریـمـی', 'عَلِی کَرِیمِی', 'علی\u200c کریمی'],
    ],
    ['heh', ['اللہ آباد', 'الله آباد', 'ﷲ آباد', 'الله آباد', 'اللە آباد', 'اللھ آباد']],
    ['heh with hamza', ['خانهٔ', 'خانۀ', 'خانۂ', 'خانه']],
    ['teh marbuta', ['مدرسة', 'مدرسه', 'مدرسۃ']],
    ['alef', ['أحمد', 'احمد', 'ٱحمد', 'إحمد', 'ٲحمد']],
    ['Pashto yeh', ['پښتو کې', 'پښتو کی', 'پښتو کۍ', 'پښتو كي', 'پښتو کے']],
    ['yeh with hamza', ['رئیس', 'ريیس']],
    ['presentation forms', ['ﻋﻠﻲ', 'علی', 'ﻋﻠﯽ']],
    ['kaf', ['ملک', 'ملك', 'ملڪ', 'ﻣﻠﻚ']],
    ['joiners', ['خان\u200dزاده', 'خان\u200cزاده', 'خانزاده', 'خانزاده\ufeff']],
    ['digits', ['لواء ۱۱۱', 'لواء ١١١', 'لواء 111', 'لواء １１１']],
    ['digits of other scripts', ['१२३', '123', '၁၂၃', '१২௩', '①②③'.normalize('NFKC')]],
    ['marks of Hebrew', ['שָׁלוֹם', 'שלום']],
  ])('%s', (_, spellings) => {
    expect(new Set(spellings.map(fold)).size, spellings.map(fold).join(' | ')).toBe(1);
  });

  it.each([
    ['کابل', 'قابل'],
    ['علی', 'عالی'],
    ['۱۲', '۲۱'],
    ['حسن', 'حسین'],
    ['ه', 'ح'],
  ])('%s is not %s', (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  it('every digit of Unicode is worth what it says', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const char = String.fromCodePoint(code);
      if (/\p{Nd}/u.test(char)) expect(fold(char), `U+${code.toString(16)}`).toMatch(/^[0-9]$/);
    }
  });
});
