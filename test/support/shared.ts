import type { Engine } from './engines.js';

/**
 * What is made once for a whole run, when the first test file asks for it: test files run in threads, and ask the
 * thread that started them (`run.ts`) through a channel.
 */
export const CHANNEL = 'attested-test-run';

/** Registers to copy: SQLite files, dumps of PGlite, or the names of databases on the PostgreSQL server. */
export interface Templates {
  empty: string;
  sample: string;
}

export type Shared = Engine | 'program';
export type Message = { wanted: Shared } | { made: Shared; value?: unknown; error?: string };

const asked = new Map<Shared, Promise<unknown>>();

function ask(what: Shared): Promise<unknown> {
  const answer = new Promise((resolve, reject) => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (event) => {
      const message = (event as MessageEvent<Message>).data;
      if (!('made' in message) || message.made !== what) return;
      channel.close();
      if (message.error === undefined) resolve(message.value);
      else reject(new Error(message.error));
    };
    channel.postMessage({ wanted: what } satisfies Message);
  });
  asked.set(what, answer);
  return answer;
}

export const templatesOf = (engine: Engine) => (asked.get(engine) ?? ask(engine)) as Promise<Templates>;

/** The folder of the program that processes run. */
export const program = () => (asked.get('program') ?? ask('program')) as Promise<string>;
