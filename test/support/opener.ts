import { openStore } from '../../src/db/open.js';

/** A process that opens and closes each register it is told of, and says how that went. */
process.on('message', async (url: string) => {
  try {
    const store = await openStore({
      url,
      onFatal(error) {
        throw error;
      },
    });
    await store.close();
    process.send?.('opened');
  } catch (error) {
    process.send?.(String(error));
  }
});
process.send?.('ready');
