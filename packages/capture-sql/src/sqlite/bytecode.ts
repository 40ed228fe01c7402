import type { Database } from 'better-sqlite3';
import type { DataMap, MappedTable } from '../data-map.ts';
import { fold } from '../data-map.ts';
import type { Root, Schema } from './schema.ts';

/** Columns of mapped tables that a statement reads or looks up by; undefined means any of them. */
export type Reads = ReadonlyMap<MappedTable, ReadonlySet<string> | undefined>;

interface Instruction {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
}

interface PlanStep {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** The part of better-sqlite3 that its types leave out: EXPLAIN without values for the parameters. */
interface Explaining {
  explain(sql: string): readonly unknown[];
}

const OPENS = new Set(['OpenRead', 'OpenWrite', 'ReopenIdx']);
const ROW_NUMBER = new Set(['Rowid', 'IdxRowid', 'SeekRowid', 'NotExists']);
/** Comparing with the columns of an index tells of them as much as reading them. */
const COMPARES = /^(?:Seek(?!Rowid|End|Scan|Hit)|Idx(?:GT|GE|LT|LE)$|Found$|NotFound$|NoConflict$|IfNoHope$)/;

/**
 * What a statement reads, from SQLite's own bytecode: each cursor is opened on the root page of a
 * b-tree, and columns are read by cursor and place. Exact but for cursors shared by subprograms.
 *
 * @throws SqliteError where the statement can't be explained
 */
export function readsOf(db: Database, sql: string, schema: Schema, map: DataMap): Reads {
  const code = (db as unknown as Explaining).explain(sql) as readonly Instruction[];
  const cursors = new Map<number, Root[]>();
  for (const { opcode, p1, p2, p3 } of code) {
    const root = OPENS.has(opcode) ? schema.root(p3, p2) : undefined;
    if (root !== undefined) cursors.set(p1, [...(cursors.get(p1) ?? []), root]);
  }
  const reads = new Map<MappedTable, Set<string> | undefined>();
  for (const instruction of code) {
    for (const root of cursors.get(instruction.p1) ?? []) note(reads, map, root, instruction);
  }
  return reads;
}

function note(
  reads: Map<MappedTable, Set<string> | undefined>,
  map: DataMap,
  root: Root,
  { opcode, p2 }: Instruction,
): void {
  const table = map.find(root.table, root.schema);
  if (table === undefined) return;
  if (!reads.has(table)) reads.set(table, new Set());
  const columns = columnsOf(opcode, p2, root);
  if (columns === undefined) reads.set(table, undefined);
  const known = reads.get(table);
  for (const column of columns ?? []) if (column !== undefined) known?.add(fold(column));
}

/** Columns that an instruction on a b-tree makes use of; undefined: any. */
function columnsOf(
  opcode: string,
  place: number,
  { columns, rowid }: Root,
): readonly (string | undefined)[] | undefined {
  if (ROW_NUMBER.has(opcode)) return [rowid];
  if (COMPARES.test(opcode)) return columns === undefined ? undefined : [...columns, rowid];
  if (opcode === 'Column') return columns && [columns[place]];
  return [];
}

/**
 * Whether rows of the result come from several branches. Compounds inside `in (…)` only decide which
 * rows count.
 */
export function isCompound(db: Database, sql: string): boolean {
  const steps = (db as unknown as Explaining).explain(`QUERY PLAN ${sql}`) as readonly PlanStep[];
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.some((step) => {
    if (!/^(?:COMPOUND QUERY|MERGE \(|UNION|RECURSIVE STEP|INTERSECT|EXCEPT)/.test(step.detail)) return false;
    for (let up = byId.get(step.parent); up !== undefined; up = byId.get(up.parent)) {
      if (/LIST SUBQUERY/.test(up.detail)) return false;
    }
    return true;
  });
}
