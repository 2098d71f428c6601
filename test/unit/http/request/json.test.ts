import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readJson } from '../../../../src/http/request/json.js';
import { ApiError } from '../../../../src/lib/errors.js';
import { effort } from '../../../support/effort.js';

async function refusal(body: string | Buffer): Promise<ApiError> {
  try {
    await readJson(Buffer.from(body));
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  return expect.fail('the body was taken');
}

const unreadable: [what: string, body: string | Buffer, code: string, pointer?: string][] = [
  ['an empty body', '', 'empty_body'],
  ['white space only', ' \r\n\t', 'empty_body'],
  ['a trailing comma in an object', '{"a":1,}', 'syntax'],
  ['a trailing comma in an array', '[1,]', 'syntax'],
  ['a leading comma', '[,1]', 'syntax'],
  ['a comma alone', '{,}', 'syntax'],
  ['NaN', '{"a":NaN}', 'syntax'],
  ['undefined', 'undefined', 'syntax'],
  ['a word run on', 'nullx', 'syntax'],
  ['a comment', '{"a":1} // one', 'syntax'],
  ['single quotes', "{'a':1}", 'syntax'],
  ['a bare name', '{a:1}', 'syntax'],
  ['two documents', '{"a":1}{"a":2}', 'syntax'],
  ['a missing colon', '{"a" 1}', 'syntax'],
  ['a missing comma', '[1 2]', 'syntax'],
  ['a missing end', '{"a":[1', 'syntax'],
  ['the wrong end', '[1}', 'syntax'],
  ['an end too many', '[]]', 'syntax'],
  ['an open string', '"abc', 'syntax'],
  ['a line break in a string', '"a\nb"', 'syntax'],
  ['an unknown escape', '"\\x41"', 'syntax'],
  ['a short escape', '"\\u12"', 'syntax'],
  ['an escape at the end', '"\\', 'syntax'],
  ['a leading zero', '[01]', 'syntax'],
  ['a plus sign', '[+1]', 'syntax'],
  ['a bare point', '[1.]', 'syntax'],
  ['hexadecimal', '[0x10]', 'syntax'],
  ['a no-break space between tokens', '[\u00a01]', 'syntax'],
  ['a byte order mark', '\ufeff{}', 'byte_order_mark'],
  ['the byte ff', Buffer.from([0x22, 0xff, 0x22]), 'not_utf8'],
  ['the overlong c0 af', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'not_utf8'],
  ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not_utf8'],
  ['UTF-16', Buffer.from('{"é":1}', 'utf16le'), 'not_utf8'],
  ['a duplicate', '{"visibility":"private","visibility":"public"}', 'duplicate_member', '/visibility'],
  ['a duplicate in disguise', '{"a":1,"\\u0061":2}', 'duplicate_member', '/a'],
  ['a duplicate further in', '[{},{"x/y":{"~":1,"b":2,"~":3}}]', 'duplicate_member', '/1/x~1y/~0'],
  ['__proto__', '{"__proto__":{}}', 'forbidden_member', '/__proto__'],
  ['__proto__ in disguise', '{"\\u005f_proto__":1}', 'forbidden_member', '/__proto__'],
  ['__proto__ further in', '{"a":[0,{"__proto__":1}]}', 'forbidden_member', '/a/1/__proto__'],
  ['constructor.prototype', '{"constructor":{"prototype":{}}}', 'forbidden_member', '/constructor/prototype'],
  ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep', '/0'.repeat(32)],
  ['200,000 levels', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'too_deep', '/0'.repeat(32)],
  ['200,000 levels of objects', '{"a":'.repeat(200_000), 'too_deep', '/a'.repeat(32)],
];

const invalid: [what: string, body: string, code: string, pointer: string][] = [
  ['a lone surrogate', '{"a":"\\ud800"}', 'lone_surrogate', '/a'],
  ['a lone low surrogate', '["\\udc00\\ud800"]', 'lone_surrogate', '/0'],
  ['a lone surrogate in a name', '{"a":{"\\ud800":{"b":1}}}', 'lone_surrogate', '/a'],
  ['U+0000', '{"a":"a\\u0000b"}', 'nul_character', '/a'],
  ['U+0000 in a name', '{"\\u0000":1}', 'nul_character', ''],
  ['1e400', '{"a":{"b":[0,1e400]}}', 'inexact_number', '/a/b/1'],
  ['1e-400', '1e-400', 'inexact_number', ''],
  ['2^53 + 1', '[9007199254740993]', 'inexact_number', '/0'],
  ['2^53', '[9007199254740992]', 'inexact_number', '/0'],
  ['-2^53', '[-9007199254740992]', 'inexact_number', '/0'],
  ['20 digits', '[12345678901234567890]', 'inexact_number', '/0'],
  ['an integer in exponent form', '[1e20]', 'inexact_number', '/0'],
  ['more decimals than a double', '[0.1000000000000000055]', 'inexact_number', '/0'],
  ['a million digits', `[0.${'1'.repeat(1_000_000)}]`, 'inexact_number', '/0'],
  ['50,001 members', JSON.stringify(members(50_001)), 'too_many_members', ''],
  ['60,000 members', JSON.stringify({ free: members(60_000) }), 'too_many_members', ''],
];

function members(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
}

const taken = [
  'null',
  'true',
  'false',
  '[]',
  '{}',
  '"x"',
  ' \t\r\n[ 1 , { "a" : [ ] } ] ',
  '{"constructor":"Acme"}',
  '{"constructor":{"name":1},"prototype":{}}',
  '{"constructor":[{"prototype":1}]}',
  '{"a":{"x":1},"b":{"x":1}}',
  '"\\ud83d\\ude00 \\u00e9 \\"\\\\\\/\\b\\f\\n\\r\\t"',
  '[-0, 1.10, 1e0, 0.1, 0e5, 0.000, 100e-2, 5e-324, 0.30000000000000004]',
  '[9007199254740991, -9007199254740991]',
  `${'['.repeat(32)}${']'.repeat(32)}`,
  JSON.stringify(members(50_000)),
];

describe('readJson', () => {
  test.each(unreadable)(
    '%s is unreadable_body, with the code and place of the fault',
    async (_what, body, code, pointer) => {
      const failure = await refusal(body);
      expect(failure.code).toBe('unreadable_body');
      expect(failure.faults).toEqual([
        { ...(pointer === undefined ? {} : { pointer }), code, detail: failure.message },
      ]);
      expect(failure.message.length).toBeLessThan(200);
    },
  );

  test.each(invalid)(
    '%s is invalid_body, with the code and place of the fault',
    async (_what, body, code, pointer) => {
      const failure = await refusal(body);
      expect(failure.code).toBe('invalid_body');
      expect(failure.faults).toEqual([{ pointer, code, detail: failure.message }]);
      expect(failure.message.length).toBeLessThan(200);
    },
  );

  test.each(taken)('%.60s is read as JSON.parse reads it', async (body) => {
    expect(await readJson(Buffer.from(body))).toEqual(JSON.parse(body));
  });

  it('a fault names the line, the column and what stands there', async () => {
    expect((await refusal('{\n  "a": 1,\n}')).message).toBe(
      'The body is not JSON: expected a name in double quotes at line 3, column 1, but found "}".',
    );
    expect((await refusal('[1')).message).toContain('but found the end.');
    expect((await refusal('[1\u202e]')).message).toContain('found U+202E');
    expect((await refusal(`[0${'1'.repeat(1000)}]`)).message).toMatch(/found "0(1{19})"\.$/);
    expect((await refusal('[9007199254740993]')).message).toContain('send it as a string');
  });

  it('at most 20 faults are reported, each with its place', async () => {
    const { faults } = await refusal(JSON.stringify(Array(500).fill('\0')));
    expect(faults.map((fault) => fault.pointer)).toEqual(Array.from({ length: 20 }, (_, i) => `/${i}`));
  });

  it('a body that is unreadable and invalid is reported as unreadable', async () => {
    expect((await refusal('[1e400, "\\ud800"')).code).toBe('unreadable_body');
  });

  it('a pointer ends before a name that is too long to repeat', async () => {
    const { faults } = await refusal(`{"a":{"${'x'.repeat(100_000)}":1e400}}`);
    expect(faults.map((fault) => fault.pointer)).toEqual(['/a']);
  });

  it('a body of a million characters is read or refused, whatever it repeats', async () => {
    const size = 1_000_000;
    const bodies = [
      `"${'\\u0041'.repeat(size / 5)}"`,
      `"${'\\'.repeat(size)}"`,
      `[${'0.5,'.repeat(size / 4)}0]`,
      '1'.repeat(size),
      `[0.${'0'.repeat(size)}1]`,
      `${' '.repeat(size)}x`,
      `[${'"\\u0000",'.repeat(size / 10)}0]`,
    ];
    for (const body of bodies) {
      try {
        await readJson(Buffer.from(body));
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
      }
    }
  });

  it('random JSON is read as JSON.parse reads it', async () => {
    const text = fc
      .tuple(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 6 }), fc.constantFrom(0, 2))
      .map(([value, indent]) =>
        // Doubles beyond 2^53 are refused on purpose.
        JSON.stringify(
          value,
          (_, each) => (Number.isInteger(each) && !Number.isSafeInteger(each) ? 0 : each),
          indent,
        ),
      )
      .filter((body) => !/__proto__|prototype|\\u0000/.test(body));
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        expect(await readJson(Buffer.from(body))).toEqual(JSON.parse(body));
      }),
    );
  });

  it('random text is accepted only if JSON.parse accepts it, and throws nothing but Failure', async () => {
    const near = fc.string({ unit: fc.constantFrom(...'[]{}",:\\u0123eE+-. \ntruefalsn'.split('')) });
    await fc.assert(
      fc.asyncProperty(near, async (body) => {
        let value: unknown;
        try {
          value = await readJson(Buffer.from(body));
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          return;
        }
        expect(value).toEqual(JSON.parse(body));
      }),
      { numRuns: effort(500, 3_000) },
    );
  });

  it('a value that is kept keeps no more of the body in memory than itself', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const body = Buffer.from(JSON.stringify(['a text of some length', 'x'.repeat(1_000_000)]));
    const kept: unknown[] = [];
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 20; i++) kept.push(((await readJson(body)) as unknown[])[0]);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
    expect(kept).toHaveLength(20);
  });

  it('a random series of tokens is a syntax error only if it is one for JSON.parse', async () => {
    const near = fc.string({
      unit: fc.constantFrom('[', ']', '{', '}', '"a"', ',', ':', '1', '-0.5', 'null', ' '),
    });
    await fc.assert(
      fc.asyncProperty(near, async (body) => {
        fc.pre(body.trim() !== '');
        let parses = true;
        try {
          JSON.parse(body);
        } catch {
          parses = false;
        }
        let syntax = false;
        try {
          await readJson(Buffer.from(body));
        } catch (error) {
          syntax = error instanceof ApiError && error.faults[0]?.code === 'syntax';
        }
        if (syntax) expect(parses).toBe(false);
      }),
      { numRuns: effort(500, 3_000) },
    );
  });
});
