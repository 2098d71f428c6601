import type { Server } from 'node:http';

/** How long a silent connection stays open when the server closes. */
const LINGER_MS = 1_000;
/** How long an answer may still take; below the time after which the process is ended. */
const LAST_MS = 8_000;

/**
 * When a server closes, Node ends all idle connections at once, and with them requests that were sent but not yet read.
 * Here they stay open for a moment; each answer on them says `Connection: close`. What still hangs is cut at last.
 */
export function registerShutdown(server: Server): void {
  const closeIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    const idle = setInterval(closeIdle, LINGER_MS).unref();
    const all = setTimeout(() => server.closeAllConnections(), LAST_MS).unref();
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(all);
    });
  };
}
