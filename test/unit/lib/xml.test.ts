import { describe, expect, it } from 'vitest';
import { element, escapeXml } from '../../../src/lib/xml.js';
import { readXml } from '../../support/xml.js';

describe('escapeXml', () => {
  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['"]]>"', '&quot;]]&gt;&quot;'],
    ['tab\tline\nreturn\r', 'tab&#9;line&#10;return&#13;'],
    ['\u0000\u0008\u000b\u001f\ufffe\uffff', '\ufffd'.repeat(6)],
    ['half \ud83d of one', 'half \ufffd of one'],
    ['😀 \u202e ‮ تحریک', '😀 \u202e ‮ تحریک'],
  ])('%j becomes %j', (text, xml) => {
    expect(escapeXml(text)).toBe(xml);
  });

  it.each(['<a b="c">&amp;</a>', '\t"\'&\r\n', ']]><!-- -->', '&#38;'])(
    '%j is read as it was written',
    (text) => {
      const { attributes, text: content } = readXml(
        element('a', { b: text, none: undefined }, escapeXml(text)),
      );
      expect([attributes, content]).toEqual([{ b: text }, text]);
    },
  );
});
