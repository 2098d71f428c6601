import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../sdk/register.js';
import { checkAgainstPublished } from './published.js';

/**
 * Holds `/reconcile` to what others made of the Reconciliation API 0.2, on a sample register of its own. `SPECS` names the folder
 * `0.2` of https://github.com/reconciliation-api/specs, whose JSON schemas and examples are tried; `PYTHON` an interpreter with
 * `reconciler` (PyPI), whose results are printed. Neither belongs to this repository.
 */

const { SPECS, PYTHON } = process.env;
if (!SPECS && !PYTHON) throw new Error('set SPECS, PYTHON or both; see test/reconcile/run.ts');

const demo = await startDemo();
let failures = 0;
if (SPECS) {
  const { checks, faults } = await checkAgainstPublished(demo.base, SPECS);
  for (const fault of faults) console.log(fault);
  console.log(`published schemas and examples: ${checks} checks, ${faults.length} faults`);
  failures += faults.length;
}
if (PYTHON) {
  const script = fileURLToPath(new URL('./client.py', import.meta.url));
  const { status } = spawnSync(PYTHON, [script, demo.base], { stdio: 'inherit' });
  if (status !== 0) failures += 1;
}
await demo.stop();
process.exitCode = failures > 0 ? 1 : 0;
