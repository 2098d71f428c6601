import { mkdirSync, writeFileSync } from 'node:fs';
import { defineConfig } from 'drizzle-kit';
import { sqliteKit } from './src/db/schema/columns.js';
import { defineTables } from './src/db/schema/tables.js';

/**
 * Drafts a migration from what changed in `src/db/schema/tables.ts` (`DIALECT=sqlite|postgres npm run db:generate`). A draft
 * is read and copied by hand into `migrations/`, never applied as it is: the tool's table rebuild drops triggers and
 * cascades deletes. Keys, indexes and tables of the past come from `npm run schema`.
 */
const postgres = process.env.DIALECT === 'postgres';
const drafts = './migrations/drafts';

/** The tables as drizzle-kit wants to see them: exported one by one. */
const [kit, file] = postgres ? ['postgresKit', 'postgres-columns'] : ['sqliteKit', 'columns'];
mkdirSync(drafts, { recursive: true });
writeFileSync(
  `${drafts}/schema.ts`,
  `import { ${kit} } from '../../src/db/schema/${file}';
import { defineTables } from '../../src/db/schema/tables';

export const { ${Object.keys(defineTables(sqliteKit)).join(', ')} } = defineTables(${kit});
`,
);

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: `${drafts}/schema.ts`,
  out: `${drafts}/${postgres ? 'postgres' : 'sqlite'}`,
});
