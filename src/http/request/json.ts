import { ApiError, type FieldError, MAX_FAULTS } from '../../lib/errors.js';
import { yieldIfLong } from '../../lib/event-loop.js';
import { type Json, type JsonObject, pointerOf } from '../../lib/json-value.js';

/** Deepest nesting of objects and arrays. */
const MAX_DEPTH = 32;
/** Most characters of a JSON pointer; a longer one stops at an ancestor of the place. */
const MAX_POINTER = 500;
/** Most characters of a number that is compared digit by digit; a double needs at most 25. */
const MAX_NUMBER = 64;

const WORDS: readonly [word: string, value: Json][] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SMALL_INTEGER = /^-?[1-9]\d{0,14}$|^0$/;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
/** Values and names that are read before the event loop may get its turn: less than a millisecond. */
const STEPS = 500;

/** An object or array that is being read, and the member or element within it that is up. */
type Level = { object: JsonObject; array: null; at: string } | { object: null; array: Json[]; at: number };

/** What may come next: a value, a name, or what ends or continues the container. */
type Due = 'value' | 'first element' | 'name' | 'first name' | 'colon' | 'comma or end';

/** One character of the text as a message may show it. */
function shown(text: string, at: number): string {
  const code = text.codePointAt(at);
  if (code === undefined) return 'the end';
  const char = String.fromCodePoint(code);
  return /[\p{C}\p{Z}\p{M}]/u.test(char)
    ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `"${char}"`;
}

/** The value of a JSON number as sign, digits and power of ten, so that 1.10, 1.1 and 11e-1 are one. */
function canonical(text: string): string {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(text) ?? [];
  const padded = (whole + fraction).replace(/^0+/, '');
  const digits = padded.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + padded.length - digits.length;
  return digits === '' ? '0' : `${digits}e${exponent}`;
}

/** Whether a reader that keeps numbers as doubles, as JSON.parse does, keeps this one. */
function isExact(text: string): boolean {
  const value = Number(text);
  if (text.length > MAX_NUMBER || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  return Number.isFinite(value) && canonical(text) === canonical(String(value));
}

/**
 * Reads a JSON text once, without recursion, and collects the faults of its content. A text that cannot be read in one
 * way only is thrown as `unreadable_body` at once. The value is built on the way: to parse a long text holds the event loop
 * until its end.
 */
class Scanner {
  readonly faults: FieldError[] = [];
  private readonly levels: Level[] = [];
  private at = 0;
  private keys = 0;
  private whole: Json = null;

  constructor(
    private readonly text: string,
    private readonly maxKeys: number,
  ) {}

  async run(): Promise<Json> {
    let due: Due | null = 'value';
    for (let steps = 1; due; steps++) {
      this.skipSpace();
      due = this.step(due);
      if (steps % STEPS === 0) await yieldIfLong();
    }
    this.skipSpace();
    if (this.at < this.text.length) this.syntax('the end of the text');
    return this.whole;
  }

  private step(due: Due): Due | null {
    const char = this.text[this.at];
    const level = this.levels.at(-1);
    if (due === 'colon') {
      if (char !== ':') this.syntax('a colon after the name');
      this.at++;
      return 'value';
    }
    const end = level?.object ? '}' : ']';
    if (level && char === end && due !== 'value' && due !== 'name') {
      this.at++;
      this.levels.pop();
      return this.levels.length > 0 ? 'comma or end' : null;
    }
    if (due === 'comma or end') {
      if (char !== ',') this.syntax(`a comma or "${end}"`);
      this.at++;
      if (level?.object) return 'name';
      if (level) level.at += 1;
      return 'value';
    }
    if (level?.object && (due === 'name' || due === 'first name')) return this.name(level);
    return this.value(char);
  }

  private name(level: Level & { object: JsonObject }): Due {
    if (this.text[this.at] !== '"') this.syntax('a name in double quotes');
    const name = this.string();
    const outer = this.levels.at(-2);
    level.at = name;
    if (Object.hasOwn(level.object, name)) {
      this.refuse('duplicate_member', 'This member stands in its object more than once; send it once.');
    }
    if (name === '__proto__' || (name === 'prototype' && outer?.object && outer.at === 'constructor')) {
      this.refuse('forbidden_member', 'A member of this name is not taken; send the body without it.');
    }
    this.checkText(name, 'A name in this object');
    if (++this.keys > this.maxKeys) {
      const detail = `The body has more than ${this.maxKeys} members in all; send less in one request.`;
      throw new ApiError('invalid_body', detail, [{ pointer: '', code: 'too_many_members', detail }]);
    }
    return 'colon';
  }

  private value(char: string | undefined): Due | null {
    if (char === '{' || char === '[') {
      if (this.levels.length === MAX_DEPTH) {
        this.refuse(
          'too_deep',
          `The body nests objects and arrays deeper than ${MAX_DEPTH}; send it flatter.`,
        );
      }
      this.at++;
      const level: Level =
        char === '{' ? { object: {}, array: null, at: '' } : { object: null, array: [], at: 0 };
      this.put(level.object ?? level.array);
      this.levels.push(level);
      return char === '{' ? 'first name' : 'first element';
    }
    this.put(this.single(char));
    return this.levels.length > 0 ? 'comma or end' : null;
  }

  /** A value that is neither object nor array. */
  private single(char: string | undefined): Json {
    if (char === '"') {
      const text = this.string();
      this.checkText(text, 'This text');
      return text;
    }
    if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) return this.number();
    const [word, value] =
      WORDS.find(([each]) => this.text.startsWith(each, this.at)) ?? this.syntax('a value');
    this.at += word.length;
    return value;
  }

  /** Puts a value into the object or array that is being read. */
  private put(value: Json): void {
    const level = this.levels.at(-1);
    if (!level) this.whole = value;
    else if (level.object) level.object[level.at] = value;
    else level.array.push(value);
  }

  /** Moves past a string and gives its value: a copy, since a slice kept anywhere would keep the whole text in memory. */
  private string(): string {
    const start = this.at;
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.text[this.at] === '\\') {
        ESCAPE.lastIndex = ++this.at;
        if (!ESCAPE.test(this.text)) this.syntax('an escape such as \\n or \\u00e9');
        this.at = ESCAPE.lastIndex - 1;
      } else if (!(this.text.charCodeAt(this.at) >= 0x20)) {
        this.syntax('the closing quote of a text, in which control characters are written as \\n or \\u0007');
      }
    }
    return JSON.parse(this.text.slice(start, ++this.at)) as string;
  }

  private number(): number {
    const start = this.at;
    while (this.at < this.text.length && '+-.0123456789eE'.includes(this.text.charAt(this.at))) this.at++;
    const number = this.text.slice(start, this.at);
    if (SMALL_INTEGER.test(number)) return Number(number);
    if (!NUMBER.test(number)) {
      this.at = start;
      this.syntax('a number such as 12, -0.5 or 1e3', `"${number.slice(0, 20)}"`);
    }
    if (!isExact(number)) {
      this.add(
        'inexact_number',
        'A JSON number cannot carry this value exactly; send it as a string of digits.',
      );
    }
    return Number(number);
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private checkText(text: string, what: string): void {
    if (!text.isWellFormed()) {
      this.add('lone_surrogate', `${what} holds half of a surrogate pair; send whole characters.`);
    } else if (text.includes('\0')) {
      this.add('nul_character', `${what} holds the character U+0000; send it without.`);
    }
  }

  /** The JSON pointer (RFC 6901) of the place, or of the nearest place around it that is fit to be shown. */
  private pointer(): string {
    let pointer = '';
    for (const { at } of this.levels) {
      const part = pointerOf([at]);
      if (pointer.length + part.length > MAX_POINTER || /[\p{Cs}\0]/u.test(part)) break;
      pointer += part;
    }
    return pointer;
  }

  private add(code: string, detail: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push({ pointer: this.pointer(), code, detail });
  }

  private refuse(code: string, detail: string): never {
    throw new ApiError('unreadable_body', detail, [{ pointer: this.pointer(), code, detail }]);
  }

  private syntax(expected: string, found = shown(this.text, this.at)): never {
    const before = this.text.slice(0, this.at).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw unreadable('syntax', `The body is not JSON: expected ${expected} at ${place}, but found ${found}.`);
  }
}

function unreadable(code: string, detail: string): ApiError {
  return new ApiError('unreadable_body', detail, [{ code, detail }]);
}

/** Keeps a byte order mark in the text, so that it can be seen and refused. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw unreadable('not_utf8', 'The body is not valid UTF-8; send JSON encoded in UTF-8.');
  }
}

/**
 * Reads a request body as JSON (RFC 8259, within the limits of I-JSON, RFC 7493). What comes back is what
 * was sent: nothing is rounded, replaced, or dropped as a duplicate. Work grows with the size alone, and others get
 * their turn meanwhile.
 *
 * `maxMembers` bounds the members of all objects together.
 *
 * @throws {ApiError} `unreadable_body` when the bytes are no JSON with one meaning: syntax, encoding,
 *   duplicate or dangerous members, nesting deeper than 32.
 * @throws {ApiError} `invalid_body` when a value cannot be kept as sent: halves of surrogate pairs, U+0000,
 *   numbers beyond what a double carries exactly, too many members.
 */
export async function readJson(bytes: Buffer, maxMembers = 50_000): Promise<unknown> {
  const text = decode(bytes);
  if (text.startsWith('\uFEFF')) {
    throw unreadable('byte_order_mark', 'The body starts with a byte order mark; send it without.');
  }
  if (/^[ \t\n\r]*$/.test(text)) {
    throw unreadable('empty_body', 'The body is empty; send a JSON document.');
  }
  const scanner = new Scanner(text, maxMembers);
  const value = await scanner.run();
  const [first] = scanner.faults;
  if (first) throw new ApiError('invalid_body', first.detail, scanner.faults);
  return value;
}
