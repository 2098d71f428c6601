import { defineConfig } from 'drizzle-kit';

/**
 * Drafts migrations from `src/db/tables.ts` (`DIALECT=sqlite|postgres npm run db:generate`). A draft is read
 * and copied by hand into `migrations/`, never applied as it is: the tool's table rebuild drops triggers and
 * cascades deletes.
 */
const postgres = process.env.DIALECT === 'postgres';

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: postgres ? './src/db/schema.postgres.ts' : './src/db/schema.sqlite.ts',
  out: postgres ? './migrations/drafts/postgres' : './migrations/drafts/sqlite',
});
