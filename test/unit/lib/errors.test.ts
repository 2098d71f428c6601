import { describe, expect, it } from 'vitest';
import { bodyFailure, Failure, type Fault } from '../../../src/lib/errors.js';

const fault = (pointer: string): Fault => ({ pointer, code: 'invalid_date', detail: `mend ${pointer}` });
const faults = ['/a', '/b', '/c', '/d', '/e'].map(fault);

describe('Failure', () => {
  it('has no faults, members and headers where none are given', () => {
    expect(new Failure('gone', 'removed')).toMatchObject({
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
    const failure = bodyFailure(faults.slice(0, n));
    expect(failure.message).toBe(message);
    expect(failure).toMatchObject({ name: 'Failure', code: 'invalid_body', extra: {}, headers: {} });
    expect(failure.faults).toEqual(faults.slice(0, n));
  });

  it('names the body where a fault lies in all of it', () => {
    expect(bodyFailure([{ pointer: '', code: 'not_an_object', detail: 'send an object' }]).message).toBe(
      '(body): send an object',
    );
  });
});
