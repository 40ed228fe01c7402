import type { Database, Statement } from 'better-sqlite3';
import type { Gate, StatementPlan } from '../gate.ts';
import { type PlanInput, planResult, type ResultColumn } from '../result-plan.ts';
import { type TextFacts, textFacts } from '../sql/facts.ts';
import type { Token } from '../sql/tokens.ts';
import { planWrites, type WasRead } from '../write-plan.ts';
import { isCompound, type Reads, readsOf } from './bytecode.ts';
import type { Schema } from './schema.ts';

/** How a statement hands rows out. */
export type Mode = 'flat' | 'raw' | 'pluck' | 'expand';

/** What is known of one statement under one schema. */
export interface Analysis {
  readonly facts: TextFacts;
  readonly columns: readonly ResultColumn[];
  readonly plan: (mode: Mode) => StatementPlan;
  /** It may touch personal data, now or once a view it names is made anew. */
  readonly isConcerned: boolean;
}

/** Verbs that change the schema. */
export const CHANGES: ReadonlySet<string> = new Set(
  'create alter drop attach detach reindex vacuum'.split(' '),
);

/** Verbs that read and change no rows. */
const IDLE = new Set(
  'pragma explain begin commit end rollback savepoint release attach detach analyze reindex'.split(' '),
);

/** Analyses one statement. `statement` is it, prepared; undefined inside a script. */
export function analyse(
  db: Database,
  gate: Gate,
  schema: Schema,
  words: readonly Token[],
  sql: string,
  statement: Statement | undefined,
): Analysis {
  const facts = textFacts(words, 'sqlite', schema.sources);
  const columns = statement?.reader === true ? statement.columns().map((each) => origin(each, schema)) : [];
  const idle = IDLE.has(facts.verb);
  const told = idle ? NOTHING : explained(db, gate, schema, sql, facts);
  const meaning = { map: gate.map, meaningOf: gate.meaningOf, facts, ...told };
  const plans = new Map<Mode, StatementPlan>();
  const plan = (mode: Mode): StatementPlan => {
    const known = plans.get(mode) ?? planFor(mode, columns, meaning, told.wasRead);
    plans.set(mode, known);
    return known;
  };
  // What changes the schema is followed too: analyses made before it are void.
  const isConcerned =
    CHANGES.has(facts.verb) ||
    (!idle && (facts.mentions.length > 0 || told.carries || words.some(({ text }) => schema.isView(text))));
  return { facts, columns, plan, isConcerned };
}

interface Told {
  readonly carries: boolean;
  readonly compound: boolean;
  readonly wasRead: WasRead;
}

const NOTHING: Told = { carries: false, compound: false, wasRead: () => false };

function explained(db: Database, gate: Gate, schema: Schema, sql: string, facts: TextFacts): Told {
  try {
    const reads = readsOf(db, sql, schema, gate.map);
    const virtual = facts.mentions.some(({ tables }) => tables.some((table) => !reads.has(table)));
    return {
      carries: carries(reads) || (virtual && isVirtual(facts, reads)),
      compound: isCompound(db, sql),
      wasRead: (table, column) => !reads.has(table) || (reads.get(table)?.has(column) ?? true),
    };
  } catch {
    // A script's statement on a table that an earlier one makes can't be explained yet: then anything may be read.
    const mentioned = facts.mentions.length > 0;
    return { carries: mentioned, compound: mentioned, wasRead: () => true };
  }
}

/** A mapped table that the statement names and no cursor is on: a virtual one, of whose columns nothing is told. */
function isVirtual({ mentions, writes }: TextFacts, reads: Reads): boolean {
  return mentions.some(({ at, tables, filter }) => {
    const isTarget = writes.some((write) => write.at === at);
    return !filter && !isTarget && tables.some((table) => !reads.has(table));
  });
}

/** Whether a column that holds personal data or names a person was made use of. */
function carries(reads: Reads): boolean {
  for (const [table, columns] of reads) {
    if (columns === undefined || columns.has(table.id)) return true;
    for (const column of columns) if (table.fields.has(column)) return true;
  }
  return false;
}

/** An origin counts if its table exists: a `with` or a table-valued function gives names of its own. */
function origin(column: ReturnType<Statement['columns']>[number], schema: Schema): ResultColumn {
  const { name, database, table } = column;
  const known = database !== null && table !== null && column.column !== null && schema.has(database, table);
  return known ? { name, schema: database, table, column: column.column ?? undefined } : { name };
}

function planFor(
  mode: Mode,
  columns: readonly ResultColumn[],
  input: Omit<PlanInput, 'columns'>,
  wasRead: WasRead,
): StatementPlan {
  const seen =
    columns.length === 0 ? undefined : columns.map((each, at) => visible(mode, columns, each, at, input));
  const result = seen && planResult({ ...input, columns: seen });
  const facts = input.facts as TextFacts;
  return { operation: facts.operation, result, writes: planWrites(facts, result, wasRead) };
}

/** Columns of one name hide each other where rows are objects; `pluck` hands on the first alone. */
function visible(
  mode: Mode,
  columns: readonly ResultColumn[],
  column: ResultColumn,
  at: number,
  { map }: Pick<PlanInput, 'map'>,
): ResultColumn | undefined {
  if (mode === 'raw') return column;
  if (mode === 'pluck') {
    const isId = map.find(column.table ?? '', column.schema)?.id === column.column?.toLowerCase();
    return at === 0 || (isId && column.table !== undefined) ? column : undefined;
  }
  const isSame = (other: ResultColumn): boolean =>
    other.name === column.name && (mode === 'flat' || other.table === column.table);
  return columns.findLastIndex(isSame) === at ? column : undefined;
}
