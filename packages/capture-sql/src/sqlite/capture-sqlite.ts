import type { Database, Statement } from 'better-sqlite3';
import { Gate, isPersonal, type StatementPlan } from '../gate.ts';
import type { CaptureSqlOptions } from '../options.ts';
import { statements, tokens } from '../sql/tokens.ts';
import { analyse } from './analysis.ts';
import { CapturedStatement } from './captured-statement.ts';
import { none } from './parameters.ts';
import { Source } from './source.ts';

/** A database of better-sqlite3 by its methods: who uses another driver need not have its types. */
export interface SqliteTarget {
  prepare(...given: never[]): unknown;
  exec(...given: never[]): unknown;
  readonly inTransaction: boolean;
}

/**
 * A better-sqlite3 database whose statements tell the current context what they read and changed.
 * Hand it to Kysely, Drizzle or your own code in place of the one given, and keep that to yourself.
 *
 * - What a result holds is read off the origin of its columns; what has none must be declared
 *   (`expressions`) where the statement makes use of a mapped column.
 * - `exec` is cut into statements; a script whose changes name no persons is refused under `strict`.
 * - `backup` and `serialize` hand out everything: they work in {@link withoutCapture} only.
 *
 * @throws CaptureError from its statements: `NO_CONTEXT`, `SUBJECT_UNKNOWN`, `UNDECLARED`, `BULK_UNKNOWN`
 */
export function captureSqlite<T extends SqliteTarget>(target: T, options: CaptureSqlOptions): T {
  const db = target as unknown as Database;
  const source = new Source(db, new Gate(options));
  const own: Record<string, unknown> = {
    prepare: (sql: string) => prepare(source, sql, captured),
    exec(sql: string) {
      exec(source, sql);
      return captured;
    },
    serialize: (...given: Parameters<Database['serialize']>) => whole(source, () => db.serialize(...given)),
    backup: async (...given: Parameters<Database['backup']>) => whole(source, () => db.backup(...given)),
  };
  const captured: Database = new Proxy(db, {
    get: (whose, key) =>
      typeof key === 'string' && Object.hasOwn(own, key) ? own[key] : (Reflect.get(whose, key) as unknown),
  });
  return captured as unknown as T;
}

function prepare(source: Source, sql: string, captured: Database): Statement {
  const raw = source.db.prepare(sql);
  const analysis = source.analysis(sql, raw);
  if (analysis.isConcerned) return new CapturedStatement(source, captured, raw, analysis).asStatement();
  // Prepared in the name of the captured database, which `statement.database` gives.
  return source.db.prepare.call(captured, sql);
}

/** A script returns nothing, but it may change personal data, or put it where the register does not see it. */
function exec(source: Source, sql: string): void {
  const parts = statements(tokens(sql, 'sqlite'));
  const schema = source.schema();
  for (const words of parts) {
    const text = parts.length === 1 ? sql : words.map(({ kind, text: each }) => quoted(kind, each)).join(' ');
    const { plan, isConcerned } = analyse(source.db, source.gate, schema, words, text, undefined);
    if (isConcerned) enter(source, plan('raw'));
  }
  try {
    source.db.exec(sql);
  } finally {
    source.ran({ verb: 'create' });
  }
}

function enter(source: Source, plan: StatementPlan): void {
  if (!isPersonal(plan)) return;
  const context = source.gate.enter(plan.operation);
  if (context !== undefined) source.gate.beforeWrites(context, plan, none, false);
}

/** A token as it stood in the text, or as good. */
function quoted(kind: string, text: string): string {
  if (kind === 'name') return `"${text.replaceAll('"', '""')}"`;
  return kind === 'text' && !/^[xX]'/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

function whole<T>({ gate }: Source, work: () => T): T {
  if (gate.map.tables.length > 0) gate.whole('a copy of the database');
  return work();
}
