/** What differs between the engines, and nothing else. */
export interface Dialect {
  engine: 'sqlite' | 'postgres';
  isUniqueViolation(error: unknown): boolean;
  isForeignKeyViolation(error: unknown): boolean;
}

/** Drizzle wraps some driver errors; the driver's own code is what counts. */
const codeOf = (error: unknown): string => {
  const inner = (error as { cause?: unknown })?.cause ?? error;
  return String((inner as { code?: unknown })?.code ?? '');
};

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error)),
  isForeignKeyViolation: (error) => codeOf(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY',
};
