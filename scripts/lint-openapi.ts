import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldenText, openApiDocuments } from '../test/support/write-openapi.js';

/**
 * Lints both OpenAPI documents with Spectral by the rules of spectral.yaml: npm run openapi:lint
 *
 * It is fetched on demand, since it would bring 242 packages (68 MB) into every installation.
 */

const SPECTRAL = '@stoplight/spectral-cli@6.16.3';
const rules = fileURLToPath(new URL('../spectral.yaml', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'attested-lint-'));
try {
  // Which file a rule is for is told from where the rules are.
  cpSync(rules, join(folder, '.spectral.yaml'));
  const files = Object.entries(await openApiDocuments()).map(([version, document]) => {
    const file = `openapi-${version}.json`;
    writeFileSync(join(folder, file), goldenText(document));
    return file;
  });
  const { status, error } = spawnSync(
    'npx',
    ['--yes', '--ignore-scripts', SPECTRAL, 'lint', ...files, '--fail-severity', 'hint'],
    { cwd: folder, stdio: 'inherit', env: { ...process.env, SCARF_ANALYTICS: 'false' } },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
