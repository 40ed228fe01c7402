import { join } from 'node:path';
import Database from 'better-sqlite3';
import { change } from './raw.ts';
import type { Scene } from './scene.ts';

/** Changes what the verifier's machine keeps of the log's segments: a statement that changes one row. */
export function inReplica({ machine }: Scene, sql: string, ...values: readonly unknown[]): void {
  const db = new Database(join(machine, 's3.db'));
  change(db, sql, ...values);
  db.close();
}
