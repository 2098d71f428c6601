// Lets the pool run the worker from its TypeScript source, in development and in tests: the loader that the
// main program runs under does not reach worker threads. Not part of a build.
import { register } from 'tsx/esm/api';

register();
const { default: run } = await import('../worker.ts');
// biome-ignore lint/style/noDefaultExport: the pool calls a worker's default export
export default run;
