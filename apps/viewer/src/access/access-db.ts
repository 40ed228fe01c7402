import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AccessError } from './access-error.ts';
import { APPLICATION_ID, SCHEMA } from './access-sql.ts';

/** File name in a log's folder. */
const ACCESS_FILE = 'access.db';
const BUSY_TIMEOUT = 5000;

/** Opens `access.db`, made with mode 0600 where there is none. @throws AccessError `ACCESS_UNREADABLE` */
export function openAccessDb(dir: string): Database.Database {
  const path = join(dir, ACCESS_FILE);
  try {
    // SQLite gives its journal the same mode. Opening one that is there would drop this process's locks on it.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    const db = new Database(path, { timeout: BUSY_TIMEOUT });
    db.pragma('trusted_schema = OFF');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec(SCHEMA);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    return db;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AccessError('ACCESS_UNREADABLE', `${path} can't be used: ${why}`, { cause });
  }
}
