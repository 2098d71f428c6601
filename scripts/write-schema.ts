import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { schemaSql } from '../src/db/schema/schema-sql.js';

/** Writes the schema of both engines from `src/db/schema/tables.ts`, as the first migration. */
for (const engine of ['sqlite', 'postgres'] as const) {
  const file = fileURLToPath(new URL(`../migrations/${engine}/0001_register.sql`, import.meta.url));
  writeFileSync(file, schemaSql(engine));
}
