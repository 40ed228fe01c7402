import { chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Connection, connect } from './connection.ts';

/** A private copy of a log. */
export interface Copy {
  readonly connection: Connection;
  close(): void;
}

/** Opens a copy of a log, with the commits that still wait in its WAL, in the folder for temporary files. */
export function copyAside(file: string): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-'));
  try {
    const connection = connect(settled(file, join(folder, 'log.db')), 'read');
    removeOpen(folder);
    const close = () => {
      connection.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { connection, close };
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw cause;
  }
}

function settled(file: string, copy: string): string {
  for (const suffix of ['', '-wal', '-journal']) {
    if (!existsSync(file + suffix)) continue;
    copyFileSync(file + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    chmodSync(copy + suffix, 0o600);
  }
  const db = new Database(copy);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  return copy;
}

// What is open needs no name: so not even a crash leaves a copy behind. Windows can't do that.
function removeOpen(folder: string): void {
  if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true });
}
