import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../src/app.js';
import { openStore } from '../src/db/open.js';
import { newId } from '../src/lib/ids.js';
import { loadSeeds } from '../src/transfer/seed.js';
import { openBrowser } from '../test/support/browser.js';
import { readsHere } from '../test/support/reads.js';

/** Takes the pictures of the README from the pages of the sample register: npm run pictures */

const AT = '2026-01-31T09:00:00.000Z';
const MOST_BYTES = 150_000;
const pictures = [
  { name: 'claim', address: '/claims/ttp-operates-in-afghanistan', colorScheme: 'light', height: 1150 },
  { name: 'conflicts', address: '/conflicts', colorScheme: 'dark', height: 1150 },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'attested-pictures-'));
const store = await openStore({
  url: `file:${join(folder, 'sample.db')}`,
  onFatal(error) {
    throw error;
  },
});
await loadSeeds(store, AT);
const app = await buildApp({
  config: { openReads: true, corsOrigins: [] },
  store,
  clock: () => AT,
  ids: newId,
  logger: pino({ level: 'silent' }),
  ...readsHere(store, { clock: () => AT }),
});
const origin = await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await openBrowser();
mkdirSync('docs/pictures', { recursive: true });
for (const { name, address, colorScheme, height } of pictures) {
  const page = await browser.newPage({ viewport: { width: 1100, height }, colorScheme });
  await page.goto(origin + address, { waitUntil: 'networkidle' });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const picture = Buffer.from(data, 'base64');
  if (picture.length > MOST_BYTES)
    throw new Error(`${name} has ${picture.length} bytes, at most ${MOST_BYTES}`);
  writeFileSync(`docs/pictures/${name}.webp`, picture);
  process.stdout.write(`docs/pictures/${name}.webp: ${picture.length} bytes\n`);
}
await browser.close();
await app.close();
await store.close();
rmSync(folder, { recursive: true });
