import { assert } from '@zegel/core';
import type { Connection } from './connection.ts';
import * as sql from './sql.ts';
import { StoreError } from './store-error.ts';

/**
 * Does `work` in a transaction that holds the write lock from its start, all or nothing.
 *
 * @throws SQLite's error of BEGIN when another writer holds the lock; whatever `work` throws
 */
export function writing<T>(connection: Connection, work: () => T): T {
  if (connection.db.readonly) throw new StoreError('STORE_READ_ONLY', 'the log was opened for reading');
  // Only a call from within `build` could get here.
  assert(!connection.db.inTransaction, 'a commit does not contain another one');
  connection.statement(sql.BEGIN).run();
  try {
    const value = work();
    connection.statement(sql.COMMIT).run();
    return value;
  } catch (cause) {
    // On a full disk SQLite has rolled back by itself.
    if (connection.db.inTransaction) connection.statement(sql.ROLLBACK).run();
    throw cause;
  }
}
