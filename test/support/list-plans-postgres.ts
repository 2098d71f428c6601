import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../src/db/store/store.js';
import type { Explained } from './list-plans.js';

/** A node of a plan of PostgreSQL. */
interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Parent Relationship'?: string;
  Plans?: Node[];
}

const AVOIDED = ['enable_seqscan', 'enable_sort', 'enable_hashjoin'].map(
  (name) => sql`set_config(${name}, 'off', true)`,
);

/** Explains a statement where PostgreSQL goes through no table and sorts nothing if it can do without. */
export async function explainedByPostgres(tx: Tx, query: SQL): Promise<Explained> {
  await tx.rows(sql`select ${sql.join(AVOIDED, sql`, `)}`);
  const [row] = await tx.rows<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    sql`explain (format json, costs off) ${query}`,
  );
  const nodes = nodesOf(row!['QUERY PLAN'][0].Plan);
  const arrays = nodes.filter((node) => node['Parent Relationship'] === 'InitPlan');
  if (arrays.length > 1) throw new Error('an array of ids is gone through for each row');
  const scans = nodes.filter((node) => node['Node Type'].includes('Scan'));
  const isList = scans.some(isOfHistory);
  const ways = [...new Set(scans.flatMap((node) => (isOfHistory(node) ? [] : wayOf(node))))].sort();
  const sorts = nodes.flatMap((node) => sortOf(node) ?? []);
  return { plan: isList ? [...ways, ...new Set(sorts)].join(', ') : null, ways };
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const isOfHistory = (node: Node): boolean =>
  node['Relation Name'] === 'history' || node['Index Name']?.startsWith('history_') === true;

/** By the index that is looked into; heaps behind bitmaps are read by row. */
function wayOf(node: Node): string[] {
  if (node['Index Name']) return [node['Index Name']];
  return node['Node Type'] === 'Seq Scan' ? [`all of ${node['Relation Name']}`] : [];
}

function sortOf(node: Node): string | null {
  if (node['Node Type'] === 'Sort') return 'sorted';
  return node['Node Type'] === 'Incremental Sort' ? 'alike ones sorted' : null;
}
