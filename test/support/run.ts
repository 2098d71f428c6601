import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANNEL, type Message, type Shared } from './shared.js';

/** Each project loads this file anew; the first makes what all of them share. */
const holder = globalThis as { attestedTestRun?: true };

/** Makes what test files ask for, each once, until all tests are over. What makes it is loaded only when asked. */
export function setup() {
  if (holder.attestedTestRun) return undefined;
  holder.attestedTestRun = true;
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  const removals: (() => Promise<void> | void)[] = [];
  const made = new Map<Shared, Promise<unknown>>();

  async function make(what: Shared): Promise<unknown> {
    if (what === 'program') {
      const { buildProgram } = await import('./program.js');
      const program = buildProgram();
      removals.push(program.remove);
      return program.folder;
    }
    const { makeTemplates } = await import('./templates.js');
    const { templates, remove } = await makeTemplates(what, folder);
    removals.push(remove);
    return templates;
  }

  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async (event) => {
    const message = (event as MessageEvent<Message>).data;
    if (!('wanted' in message)) return;
    const what = message.wanted;
    if (!made.has(what)) made.set(what, make(what));
    const answer = await made.get(what)!.then(
      (value) => ({ value }),
      (error) => ({ error: String(error?.stack ?? error) }),
    );
    channel.postMessage({ made: what, ...answer } satisfies Message);
  };

  return async () => {
    channel.close();
    for (const remove of removals) await remove();
    rmSync(folder, { recursive: true, force: true });
    holder.attestedTestRun = undefined;
  };
}
