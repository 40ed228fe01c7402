import type Database from 'better-sqlite3';

const kept = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** A statement of a connection, made ready once: every search and every commit asks for the same few. */
export function prepared(db: Database.Database, sql: string): Database.Statement {
  const statements = kept.get(db) ?? new Map<string, Database.Statement>();
  if (statements.size === 0) kept.set(db, statements);
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const made = db.prepare(sql);
  statements.set(sql, made);
  return made;
}
