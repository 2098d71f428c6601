import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const SEED = 11;

/**
 * One of `every` lines of a folder's files, as patterns for Stryker, which mutates what begins and ends on them.
 * The text of a line decides, not its place, so that the sample stays the same when code moves.
 */
export function sampleOf(folder, every) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return files.sort().flatMap((file) =>
    readFileSync(`${folder}/${file}`, 'utf8')
      .split('\n')
      .flatMap((line, i) => (isChosen(line.trim(), every) ? [`${folder}/${file}:${i + 1}-${i + 1}`] : [])),
  );
}

const isChosen = (line, every) =>
  createHash('sha256').update(`${SEED} ${line}`).digest().readUInt32BE() % every === 0;
