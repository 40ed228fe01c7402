import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { copyAside } from './aside.ts';
import { type Connection, connect } from './connection.ts';
import { StoreError, translated } from './store-error.ts';

/** The way to the file for one store object: gives the connection, and replaces it where it must. */
export interface Access {
  /** Does `work` on a good connection; it may be done twice. */
  use<T>(work: (connection: Connection) => T): T;
  /** Differs when someone else may have committed since. */
  version(): string;
  close(): void;
}

/**
 * Access for a writer. What it writes into a file that has been moved away or replaced would be lost: it looks before the
 * work and, so that nothing is acknowledged that nobody finds again, after it.
 */
export function writeAccess(file: string): Access {
  const before = identity(file);
  const connection = connect(file, 'write');
  const check = () => {
    if (identity(file) !== before)
      throw new StoreError('STORE_NOT_FOUND', 'log.db was moved or replaced while it was open');
  };
  return {
    use: (work) => {
      check();
      const value = work(connection);
      check();
      return value;
    },
    version: () => dataVersion(connection),
    close: () => {
      atRest(connection);
      connection.close();
    },
  };
}

/** Device and inode. */
function identity(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}`;
}

/**
 * The last to close turns the WAL off, so that the file at rest can be read from any medium without making
 * files. While others have the log open, this fails and is left to them.
 */
function atRest(connection: Connection): void {
  try {
    connection.db.pragma('journal_mode = DELETE');
  } catch (cause) {
    if (!(translated(cause) instanceof StoreError)) throw cause;
  }
}

/**
 * Access for a reader, who must neither make files nor need a medium that can be written. SQLite does that
 * with a file at rest, and beside a running writer. A file that was copied away from under its writer, or
 * left on a read-only medium by a crash, is read from a copy as long as it stays the same.
 */
export function readAccess(file: string): Access {
  let reading = openReading(file, 0);
  const renew = () => {
    reading.close();
    reading = openReading(file, reading.generation + 1);
  };
  return {
    use: (work) => {
      if (!reading.isCurrent()) renew();
      return work(reading.connection);
    },
    version: () =>
      reading.isCurrent() ? `${reading.generation}:${dataVersion(reading.connection)}` : 'another',
    close: () => reading.close(),
  };
}

interface Reading {
  readonly connection: Connection;
  readonly generation: number;
  /** Whether the connection still shows what the file holds. */
  isCurrent(): boolean;
  close(): void;
}

function openReading(file: string, generation: number): Reading {
  if (needsCopy(file)) return openCopy(file, generation);
  try {
    const connection = connect(file, 'read');
    return { connection, generation, isCurrent: () => true, close: () => connection.close() };
  } catch (cause) {
    const error = translated(cause);
    if (error instanceof StoreError && (error.code === 'STORE_IO' || error.code === 'STORE_READ_ONLY')) {
      return openCopy(file, generation);
    }
    throw error;
  }
}

function openCopy(file: string, generation: number): Reading {
  for (;;) {
    const stamp = stampOf(file);
    const copy = copyAside(file);
    const isCurrent = () => stampOf(file) === stamp;
    if (isCurrent()) return { ...copy, generation, isCurrent };
    // A writer came in between: what was copied may be half of the one and half of the other.
    copy.close();
  }
}

const WAL_FORMAT = 2;

/** Whether SQLite, opening the file for reading, would have to make the files of a WAL that is not there. */
function needsCopy(file: string): boolean {
  // Beside a writer both are there. It also matters not to open the file then: closing it would drop the
  // locks that a writer of this process has (https://sqlite.org/howtocorrupt.html §2.2).
  if (existsSync(`${file}-wal`) && existsSync(`${file}-shm`)) return false;
  const header = new Uint8Array(20);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  return header[18] === WAL_FORMAT || header[19] === WAL_FORMAT;
}

function stampOf(file: string): string {
  const stamps = [file, `${file}-wal`].map((path) => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`;
  });
  return stamps.join(' ');
}

function dataVersion(connection: Connection): string {
  return String(connection.statement('PRAGMA data_version').pluck().get());
}
