import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../src/http/request/json.js';

const NUMBER = 'expected a number such as 12, -0.5 or 1e3';

describe('readJson', () => {
  it.each([
    ['[!]', 'expected a value at line 1, column 2, but found "!".'],
    ['[+1]', 'expected a value at line 1, column 2, but found "+".'],
    ['[:]', 'expected a value at line 1, column 2, but found ":".'],
    ['[nil]', 'expected a value at line 1, column 2, but found "n".'],
    ['[1,', 'expected a value at line 1, column 4, but found the end.'],
    ['[-]', `${NUMBER} at line 1, column 2, but found "-".`],
    ['[0.]', `${NUMBER} at line 1, column 2, but found "0.".`],
    ['{1:2}', 'expected a name in double quotes at line 1, column 2, but found "1".'],
    ['{"a" 1}', 'expected a colon after the name at line 1, column 6, but found "1".'],
    ['[1 2]', 'expected a comma or "]" at line 1, column 4, but found "2".'],
    ['{"a":1 2}', 'expected a comma or "}" at line 1, column 8, but found "2".'],
    ['{}\n {}', 'expected the end of the text at line 2, column 2, but found "{".'],
    ['"\\x"', 'expected an escape such as \\n or \\u00e9 at line 1, column 3, but found "x".'],
  ])('%j: says what it expected, and where', async (body, message) => {
    await expect(readJson(Buffer.from(body))).rejects.toThrow(`The body is not JSON: ${message}`);
  });
});
