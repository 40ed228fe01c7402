import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CheckError } from './check-error.ts';

const FILE = 'lock.db';
const MODE = 0o600;

/** A folder that this viewer has for itself. */
export interface FolderLock {
  /** Lets the next one have it. */
  release(): void;
}

/**
 * Takes a state folder for one viewer: two that remember in one place would each take what the other has written for its own.
 * It is a transaction of SQLite that stays open, so that the operating system gives the folder back however this process ends.
 *
 * @throws CheckError `STATE_TAKEN`
 */
export function lockFolder(dir: string): FolderLock {
  const path = join(dir, FILE);
  // Opening one that is there, and closing it again, would drop a lock that this very process has on it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', MODE));
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new CheckError(
      'STATE_TAKEN',
      `${dir} is in use by another viewer; name another folder with --state`,
      {
        cause,
      },
    );
  }
  return { release: () => void db.close() };
}
