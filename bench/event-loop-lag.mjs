// Loaded into a server that is measured: tells for how long at most its event loop was held since it was last asked, by
// the clock and in processor time of its thread, of which a busy machine takes nothing away.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

/** Milliseconds that the thread has run, as Linux counts them. */
const ran = () =>
  Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6;
let [before, most] = [ran(), 0];
setInterval(() => {
  const now = ran();
  most = Math.max(most, now - before);
  before = now;
}, 1).unref();

process.on('message', () => {
  process.send({ ms: delay.max / 1e6, cpu: most });
  delay.reset();
  most = 0;
});
process.channel.unref();
