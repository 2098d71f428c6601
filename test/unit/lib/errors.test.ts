import { describe, expect, it } from 'vitest';
import { ApiError, type FieldError, together, validationError } from '../../../src/lib/errors.js';

const fault = (pointer: string): FieldError => ({ pointer, code: 'invalid_date', detail: `mend ${pointer}` });
const faults = ['/a', '/b', '/c', '/d', '/e'].map(fault);

describe('Failure', () => {
  it('has no faults, members and headers where none are given', () => {
    expect(new ApiError('gone', 'removed')).toMatchObject({
      message: 'removed',
      faults: [],
      extra: {},
      headers: {},
    });
  });
});

describe('bodyFailure', () => {
  it.each([
    [1, '/a: mend /a'],
    [3, '/a: mend /a; /b: mend /b; /c: mend /c'],
    [4, '/a: mend /a; /b: mend /b; /c: mend /c; and 1 more'],
    [5, '/a: mend /a; /b: mend /b; /c: mend /c; and 2 more'],
  ])('%i faults: the message tells three of them and counts the others', (n, message) => {
    const failure = validationError(faults.slice(0, n));
    expect(failure.message).toBe(message);
    expect(failure).toMatchObject({ name: 'Failure', code: 'invalid_body', extra: {}, headers: {} });
    expect(failure.faults).toEqual(faults.slice(0, n));
  });

  it('names the body where a fault lies in all of it', () => {
    expect(validationError([{ pointer: '', code: 'not_an_object', detail: 'send an object' }]).message).toBe(
      '(body): send an object',
    );
  });
});

describe('together', () => {
  const fails = (error: Error) => async () => {
    throw error;
  };
  const bad = (...pointers: string[]) => fails(validationError(pointers.map(fault)));
  const other = fails(new ApiError('in_use', 'used'));

  it('gives what each task gives', async () => {
    expect(
      await together(
        () => 1,
        async () => 'a',
      ),
    ).toEqual([1, 'a']);
  });

  it.each<[what: string, tasks: (() => Promise<unknown>)[], code: string, pointers: string[]]>([
    ['the faults of all', [bad('/a', '/b'), async () => 1, bad('/c')], 'invalid_body', ['/a', '/b', '/c']],
    [
      'no other failure after a fault',
      [bad('/a'), other, fails(new Error('x')), bad('/b')],
      'invalid_body',
      ['/a', '/b'],
    ],
    ['another failure before any fault', [async () => 1, other, bad('/a')], 'in_use', []],
  ])('throws %s', async (_, tasks, code, pointers) => {
    const failure = await together(...tasks).catch((error) => error);
    expect([failure.code, failure.faults.map(({ pointer }: FieldError) => pointer)]).toEqual([
      code,
      pointers,
    ]);
  });
});
