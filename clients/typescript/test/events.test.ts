import { describe, expect, it } from 'vitest';
import { eventsIn } from '../src/events.js';

async function read(chunks: (string | Uint8Array)[]) {
  async function* body() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  }
  const events = [];
  for await (const { data, id, retry } of eventsIn(body())) events.push([data, id, retry]);
  return events;
}

describe('eventsIn', () => {
  const cases: [name: string, chunks: string[], events: unknown[]][] = [
    ['data and id', ['id: 1\ndata: a\n\n'], [['a', '1', null]]],
    ['no space after the colon', ['data:a\n\n'], [['a', null, null]]],
    ['one space is not part of the data', ['data:  a\n\n'], [[' a', null, null]]],
    ['several lines of data', ['data: a\ndata\ndata: b\n\n'], [['a\n\nb', null, null]]],
    ['an id without data', [': still here\nid: 7\n\n'], [[null, '7', null]]],
    [
      'the time to wait',
      ['retry: 1000\n\nretry: soon\n\n'],
      [
        [null, null, 1000],
        [null, null, null],
      ],
    ],
    [
      'other line breaks',
      ['data: a\r\n\r\ndata: b\r\rdata: c\n\n'],
      [
        ['a', null, null],
        ['b', null, null],
        ['c', null, null],
      ],
    ],
    [
      'a line break cut in two',
      ['data: a\r', '\n\r', '\ndata: b\n', '\n'],
      [
        ['a', null, null],
        ['b', null, null],
      ],
    ],
    ['an event that was cut off is not one', ['data: a\n\ndata: b\n'], [['a', null, null]]],
    ['a colon in the data', ['data: {"a":1}\n\n'], [['{"a":1}', null, null]]],
  ];
  it.each(cases)('%s', async (_, chunks, events) => {
    expect(await read(chunks)).toEqual(events);
  });

  it('is the same for every cut, also through a character', async () => {
    const bytes = new TextEncoder().encode(
      'retry: 5\n\nid: 1\ndata: ä€😀\n\n: x\r\nid: 2\r\ndata: b\r\n\r\n',
    );
    const whole = await read([bytes]);
    expect(whole).toHaveLength(3);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(await read([bytes.subarray(0, at), bytes.subarray(at)]), `cut at ${at}`).toEqual(whole);
    }
  });
});
