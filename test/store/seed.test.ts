import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { loadSeeds } from '../../src/transfer/seed.js';
import { openRegister, type TestRegister } from '../support/engines.js';

const folder = join(mkdtempSync(join(tmpdir(), 'attested-')), '/');
afterAll(() => rmSync(folder, { recursive: true }));

const AT = '2026-01-31T09:00:00.000Z';
const claim = (key: string, more = {}) => JSON.stringify({ claim: { key, text: 'A claim.', ...more } });
const write = (...lines: string[]) => writeFileSync(join(folder, '1.ndjson'), lines.join('\n'));

describe('loadSeeds', () => {
  let register: TestRegister;
  beforeEach(async () => {
    register = await openRegister('sqlite');
  });
  afterEach(() => register.close());

  it('names the line that is at fault', async () => {
    const { store } = register;
    write(claim('one'), claim('two', { subject: 'nobody' }));
    await expect(loadSeeds(store, AT, folder)).rejects.toThrow(/^1\.ndjson:2: /);
    write(claim('one'), claim('two'));
    expect(await loadSeeds(store, AT, folder)).toEqual({ created: 2, present: 0 });
  });

  it('a fault of the service is not tried again', async () => {
    const { store } = register;
    let failed = 0;
    const ids: typeof newId = (noun) => {
      if (noun === 'claim' && failed++ === 0) throw new Error('no id');
      return newId(noun);
    };
    write(claim('one'), claim('two'));
    await expect(loadSeeds(store, AT, folder, ids)).rejects.toThrow('no id');
    expect(failed).toBe(1);
  });
});
