import { connect } from 'node:net';

/**
 * A load generator in a process of its own, as light as can be, so that the server is what is measured: it
 * writes ready-made requests to sockets and reads no more of the answers than where they end. Node's own HTTP
 * client would cost more than the servers. Run as a child process it takes a `Load` as message and answers
 * with a `Result`.
 */

export interface Load {
  port: number;
  paths: string[];
  connections: number;
  milliseconds: number;
  /** Pause between an answer and the next request of the connection. */
  pauseMs?: number;
}

export interface Result {
  requests: number;
  seconds: number;
  /** Milliseconds of every request. */
  latencies: number[];
  /** Share of one processor that this process used: near 1 the client is what was measured. */
  busy: number;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const END_OF_CHUNKS = '\r\n0\r\n\r\n';

/** Reads the answers off one socket and tells when one is complete. */
function answers(done: () => void): (data: Buffer) => void {
  let head: Buffer | null = Buffer.alloc(0);
  /** Bytes that are still to come; null where the answer comes in chunks. */
  let missing: number | null = 0;
  let tail = '';
  return (data) => {
    let body = data;
    if (head) {
      head = head.length > 0 ? Buffer.concat([head, data]) : data;
      const end = head.indexOf(END_OF_HEAD);
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      const length = /content-length: (\d+)/i.exec(text)?.[1];
      const chunked = /transfer-encoding: chunked/i.test(text);
      if (!text.startsWith('HTTP/1.1 200') || (length === undefined && !chunked)) {
        throw new Error(`the server answered ${text.slice(0, 200)}`);
      }
      body = head.subarray(end + END_OF_HEAD.length);
      missing = length === undefined ? null : Number(length);
      tail = '';
      head = null;
    }
    if (missing === null) {
      tail = (tail + body.toString('latin1', Math.max(0, body.length - END_OF_CHUNKS.length))).slice(
        -END_OF_CHUNKS.length,
      );
      if (tail !== END_OF_CHUNKS) return;
    } else {
      missing -= body.length;
      if (missing > 0) return;
    }
    head = Buffer.alloc(0);
    done();
  };
}

async function run({ port, paths, connections, milliseconds, pauseMs = 0 }: Load): Promise<Result> {
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();

  const connection = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let next = Math.floor((index * requests.length) / connections);
      let sent = 0;
      const send = () => {
        sent = performance.now();
        socket.write(requests[next++ % requests.length]!);
      };
      const read = answers(() => {
        const now = performance.now();
        latencies.push(now - sent);
        if (now - start >= milliseconds) {
          socket.destroy();
          resolve();
        } else if (pauseMs > 0) setTimeout(send, pauseMs);
        else send();
      });
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the server closed the connection')));
      socket.on('data', (data) => {
        try {
          read(data);
        } catch (error) {
          reject(error as Error);
        }
      });
    });

  await Promise.all(Array.from({ length: connections }, (_, index) => connection(index)));
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { requests: latencies.length, seconds, latencies, busy: (user + system) / 1e6 / seconds };
}

process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
