import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Who may import whom, and who may do what: the order of the source, held by reading it. */

interface Import {
  /** A path within `src`, or the name of a package. */
  to: string;
  names: { name: string; type: boolean }[];
  /** Whether it is still there at run time. */
  real: boolean;
}

interface File {
  path: string;
  folder: string;
  lines: number;
  imports: Import[];
  defaultExport: boolean;
  /** Calls of `store.read`, also as it was at an instant, and of `store.write`. */
  transactions: ('read' | 'write')[];
  readsEnvironment: boolean;
}

const root = fileURLToPath(new URL('../../src/', import.meta.url));
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.d)\.tsx?$/.test(path),
);
const files = new Map(paths.map((path) => [path, readFile(path)]));
const all = [...files.values()];

function readFile(path: string): File {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const file: File = {
    path,
    folder: dirname(path),
    lines: text.trimEnd().split('\n').length,
    imports: [],
    defaultExport: false,
    transactions: [],
    readsEnvironment: false,
  };
  const resolve = (specifier: string) => {
    if (!specifier.startsWith('.')) return specifier;
    const bare = normalize(join(file.folder, specifier)).replace(/\.js$/, '');
    return paths.includes(`${bare}.tsx`) ? `${bare}.tsx` : `${bare}.ts`;
  };

  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
      const bindings = ts.isExportDeclaration(node) ? node.exportClause : clause?.namedBindings;
      const elements = bindings && 'elements' in bindings ? [...bindings.elements] : [];
      const type = ts.isExportDeclaration(node) ? node.isTypeOnly : (clause?.isTypeOnly ?? false);
      file.imports.push({
        to: resolve((node.moduleSpecifier as ts.StringLiteral).text),
        names: elements.map((one) => ({
          name: (one.propertyName ?? one.name).text,
          type: type || one.isTypeOnly,
        })),
        real: !type,
      });
    }
    if (ts.isCallExpression(node)) {
      const { expression: callee } = node;
      if (callee.kind === ts.SyntaxKind.ImportKeyword) {
        const [specifier] = node.arguments;
        if (specifier && ts.isStringLiteral(specifier)) {
          file.imports.push({ to: resolve(specifier.text), names: [], real: true });
        }
      }
      if (
        ts.isPropertyAccessExpression(callee) &&
        /(^|\.)(store|reader)$|^storeAsOf\(/i.test(callee.expression.getText())
      ) {
        const name = callee.name.text;
        if (name === 'read' || name === 'write') file.transactions.push(name);
      }
    }
    if (ts.isPropertyAccessExpression(node) && node.getText() === 'process.env') file.readsEnvironment = true;
    if (ts.isExportAssignment(node)) file.defaultExport = true;
    if (ts.canHaveModifiers(node)) {
      const modifiers = ts.getModifiers(node) ?? [];
      if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) file.defaultExport = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return file;
}

const isOurs = (to: string) => files.has(to);
const folderOf = (path: string) => dirname(path);
/** Whether a folder is this one or stands in it. */
const isIn = (folder: string, outer: string) => folder === outer || folder.startsWith(`${outer}/`);
/** The top folder that a folder stands in. */
const partOf = (folder: string) => folder.split('/', 1)[0]!;
const roleOf = (path: string) => /\.(\w+)\.tsx?$/.exec(path)?.[1] ?? null;

/** Imports that a rule forbids, as `from → to`. */
function broken(
  of: (file: File) => boolean,
  allowed: (to: string, one: Import, file: File) => boolean,
): string[] {
  const found: string[] = [];
  let looked = 0;
  for (const file of all.filter(of)) {
    looked++;
    for (const one of file.imports) {
      if (!allowed(one.to, one, file)) found.push(`${file.path} → ${one.to}`);
    }
  }
  expect(looked, 'the rule is about no file at all').toBeGreaterThan(0);
  return found;
}

/** Ways along imports that lead back to where they begin. */
function circlesIn(imported: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (at: string, trail: string[]): void => {
    const start = trail.indexOf(at);
    if (start >= 0) circles.push([...trail.slice(start), at].join(' → '));
    if (start >= 0 || done.has(at)) return;
    for (const to of imported.get(at) ?? []) follow(to, [...trail, at]);
    done.add(at);
  };
  for (const at of imported.keys()) follow(at, []);
  return circles;
}

const shared = ['lib', 'db', 'http', 'resources', 'rendering', 'workers'];
const isFeature = ({ folder }: File) => folder !== '.' && !shared.some((one) => isIn(folder, one));

describe('folders of src', () => {
  it('every relative import leads to a file', () => {
    const lost = all.flatMap(({ path, imports }) =>
      imports.filter(({ to }) => /\.tsx?$/.test(to) && !isOurs(to)).map(({ to }) => `${path} → ${to}`),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ['lib', ['lib']],
    // It draws what provenance describes; a worker holds no database.
    ['rendering', ['rendering', 'lib', 'provenance']],
    ['workers', ['workers', 'http', 'db', 'lib']],
    ['db', ['db', 'lib']],
    ['http', ['http', 'db', 'lib']],
    ['resources', ['resources', 'search/words', 'http', 'db', 'lib']],
    ['search/words', ['search/words', 'db', 'lib']],
  ])('%s imports from no folder of src but %j', (folder, allowed) => {
    expect(
      broken(
        (file) => isIn(file.folder, folder),
        (to) =>
          !isOurs(to) ||
          allowed.some((one) => (one === '.' ? folderOf(to) === '.' : isIn(folderOf(to), one))),
      ),
    ).toEqual([]);
  });

  it('rendering, which runs in a worker, reaches nothing that holds a database', () => {
    expect(
      broken(
        ({ folder }) => isIn(folder, 'rendering'),
        (to, one) => !one.real || !['store', 'service', 'routes'].includes(roleOf(to) ?? ''),
      ),
    ).toEqual([]);
  });

  it('no folder imports a file of the top folder, which puts all together', () => {
    expect(
      broken(
        ({ folder }) => folder !== '.',
        (to) => !isOurs(to) || folderOf(to) !== '.',
      ),
    ).toEqual([]);
  });

  it('no folders form a circle, not even by types', () => {
    const imported = new Map<string, Set<string>>();
    for (const { folder, imports } of all) {
      const others = imports.flatMap(({ to }) =>
        isOurs(to) && folderOf(to) !== folder ? [folderOf(to)] : [],
      );
      imported.set(folder, new Set([...(imported.get(folder) ?? []), ...others]));
    }
    expect(circlesIn(imported)).toEqual([]);
  });
});

describe('roles of files', () => {
  it('a noun imports only lib, references, schemas, other nouns, and types of what is computed', () => {
    const nouns = [
      'party',
      'source',
      'predicate',
      'claim',
      'attribution',
      'relation',
      'assessment',
      'judgement',
    ];
    const isNounPath = (path: string) => nouns.some((noun) => path.endsWith(`/${noun}.ts`));
    const isNoun = ({ path }: File) => isNounPath(path);
    expect(all.filter(isNoun).length).toBeGreaterThanOrEqual(5);
    expect(
      broken(
        isNoun,
        (to, one, { folder }) =>
          !isOurs(to) ||
          folderOf(to) === 'lib' ||
          to === 'db/query/references.ts' ||
          isNounPath(to) ||
          roleOf(to) === 'schemas' ||
          (roleOf(to) === null && !one.real) ||
          (folderOf(to).startsWith(`${folder}/`) && roleOf(to) === null),
      ),
    ).toEqual([]);
  });

  it('a file without a role in its name imports no store, service or route', () => {
    const isPlain = (file: File) =>
      isFeature(file) && roleOf(file.path) === null && !['resource-types', 'transfer'].includes(file.folder);
    const bad = ['store', 'service', 'routes'];
    const jobs = ['provenance/standing/queue.ts'];
    expect(
      broken(
        (file) => isPlain(file) && !jobs.includes(file.path),
        (to, one) => !isOurs(to) || !one.real || !bad.includes(roleOf(to) ?? ''),
      ),
    ).toEqual([]);
  });

  it('schemas import neither stores nor services nor routes', () => {
    expect(
      broken(
        ({ path }) => roleOf(path) === 'schemas',
        (to, one) => !one.real || !['store', 'service', 'routes'].includes(roleOf(to) ?? ''),
      ),
    ).toEqual([]);
  });

  it('stores import no HTTP, no service, no route', () => {
    expect(
      broken(
        ({ path, folder }) => roleOf(path) === 'store' && !isIn(folder, 'http'),
        (to) => !isIn(folderOf(to), 'http') && !['service', 'routes'].includes(roleOf(to) ?? ''),
      ),
    ).toEqual([]);
  });

  it('services import no route, and only types from http', () => {
    expect(
      broken(
        ({ path }) => roleOf(path) === 'service',
        (to, one) => roleOf(to) !== 'routes' && (!isIn(folderOf(to), 'http') || !one.real),
      ),
    ).toEqual([]);
  });

  it('routes import stores of their own part of the source only', () => {
    expect(
      broken(
        ({ path }) => roleOf(path) === 'routes',
        (to, one, { folder }) => roleOf(to) !== 'store' || isIn(folderOf(to), partOf(folder)) || !one.real,
      ),
    ).toEqual([]);
  });

  it('routes are imported by app.ts and by other routes only', () => {
    expect(
      broken(
        ({ path }) => roleOf(path) !== 'routes' && path !== 'app.ts',
        (to, one) => roleOf(to) !== 'routes' || !one.real,
      ),
    ).toEqual([]);
  });
});

describe('access to the database', () => {
  const drivers = ['better-sqlite3', 'pg', '@electric-sql/pglite'];

  it('only stores and db import drizzle-orm', () => {
    expect(
      broken(
        ({ path, folder }) => !isIn(folder, 'db') && roleOf(path) !== 'store',
        (to) => !/^drizzle-orm(\/|$)/.test(to),
      ),
    ).toEqual([]);
  });

  it('only db imports drivers', () => {
    expect(
      broken(
        ({ folder }) => !isIn(folder, 'db'),
        (to) => !drivers.includes(to),
      ),
    ).toEqual([]);
  });

  it('stores, schemas, lib and rendering begin no transaction', () => {
    const silent = all.filter(
      ({ path, folder }) =>
        isIn(folder, 'lib') || isIn(folder, 'rendering') || /\.(store|schemas)\.ts$/.test(path),
    );
    expect(silent.filter(({ transactions }) => transactions.length > 0).map(({ path }) => path)).toEqual([]);
  });

  it('store.write is called only by the files listed here', () => {
    const writers = all.filter(({ transactions }) => transactions.includes('write')).map(({ path }) => path);
    const known = [
      'cli.ts',
      'db/store/settings.ts',
      // Of an instant that is read, it sees to it that nothing more is recorded.
      'http/request/write-handler.ts',
      'provenance/standing/standing.service.ts',
      'transfer/seed.ts',
    ];
    expect(writers.sort()).toEqual(known);
  });

  it('a file without a role in its name begins no transaction, but for those listed here', () => {
    const known = [
      'cli.ts',
      'db/store/limits.ts',
      'db/store/settings.ts',
      'http/request/as-of.ts',
      'http/request/write-handler.ts',
      'resources/exports.ts',
      'resources/list-routes.ts',
      'resources/list-page.ts',
      'resources/routes.ts',
      'transfer/entries.ts',
      'transfer/seed.ts',
      'transfer/verify.ts',
      'provenance/standing/queue.ts',
    ];
    const openers = all.filter(({ path, transactions }) => transactions.length > 0 && roleOf(path) === null);
    expect(openers.map(({ path }) => path).filter((path) => !known.includes(path))).toEqual([]);
  });
});

describe('files of src', () => {
  it('cli.ts alone uses process.env, and only to pass it to readConfig', () => {
    expect(all.filter(({ readsEnvironment }) => readsEnvironment).map(({ path }) => path)).toEqual([
      'cli.ts',
    ]);
    const text = readFileSync(join(root, 'cli.ts'), 'utf8');
    const handed = text.match(/readConfig\(\s*(process\.env|\{[^}]*\.\.\.process\.env\s*\})/g) ?? [];
    expect(handed).toHaveLength(text.split('process.env').length - 1);
  });

  it('no file has a default export but the worker, whose pool needs one', () => {
    expect(all.filter(({ defaultExport }) => defaultExport).map(({ path }) => path)).toEqual(['worker.ts']);
  });

  it('no file has more than 300 lines', () => {
    expect(all.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('no imports form a circle', () => {
    const imported = all.map(({ path, imports }): [string, string[]] => [
      path,
      imports.flatMap(({ to, real }) => (real && isOurs(to) ? [to] : [])),
    ]);
    expect(circlesIn(new Map(imported))).toEqual([]);
  });
});
