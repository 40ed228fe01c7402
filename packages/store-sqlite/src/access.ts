import { statSync } from 'node:fs';
import { Connection, connect } from './connection.ts';
import { StoreError, translated } from './store-error.ts';

/** The way to the file for one store object: gives the connection, and replaces it where it must. */
export interface Access {
  /** Does `work` on a good connection; it may be done twice. */
  use<T>(work: (connection: Connection) => T): T;
  /** Differs when someone else may have committed since. */
  version(): string;
  close(): void;
}

/** Access with SQLite's own locks, for writers and for readers beside them. */
export function liveAccess(file: string, manner: 'write' | 'read'): Access {
  const connection = connect(file, manner);
  return {
    use: (work) => work(connection),
    version: () => dataVersion(connection),
    close: () => connection.close(),
  };
}

/**
 * Access for a reader, who must neither make files nor need a medium that can be written. While the WAL is
 * empty the file holds everything and is read as it is, without locks; that the file was the same after each
 * piece of work as when it was opened makes up for them. Once a writer is there, SQLite's locks take over.
 */
export function readAccess(file: string): Access {
  let reading = openReading(file, 0);
  return {
    use: (work) => {
      for (;;) {
        const outcome = attempt(() => work(reading.connection));
        if (reading.isGood()) return outcome.value();
        reading.connection.close();
        reading = openReading(file, reading.generation + 1);
      }
    },
    version: () => (reading.isGood() ? `${reading.generation}:${dataVersion(reading.connection)}` : 'changed'),
    close: () => reading.connection.close(),
  };
}

interface Reading {
  readonly connection: Connection;
  readonly generation: number;
  /** Whether what was read with this connection can be relied on. */
  isGood(): boolean;
}

function openReading(file: string, generation: number): Reading {
  for (;;) {
    if (walSize(file) > 0) return { connection: openLive(file), generation, isGood: () => true };
    const stamp = stampOf(file);
    const isGood = () => walSize(file) === 0 && stampOf(file) === stamp;
    const connection = attempt(() => connect(file, 'still'));
    if (isGood()) return { connection: connection.value(), generation, isGood };
    connection.dispose();
  }
}

function openLive(file: string): Connection {
  try {
    return connect(file, 'read');
  } catch (cause) {
    const error = translated(cause);
    if (!(error instanceof StoreError) || (error.code !== 'STORE_IO' && error.code !== 'STORE_READ_ONLY')) throw error;
    const message = 'log.db-wal holds commits that can not be read on a read-only medium: copy both files elsewhere';
    throw new StoreError('STORE_READ_ONLY', message, { cause });
  }
}

interface Attempt<T> {
  /** What the work gave, or throws what it threw. */
  value(): T;
  dispose(): void;
}

function attempt<T>(work: () => T): Attempt<T> {
  try {
    const value = work();
    return { value: () => value, dispose: () => (value instanceof Connection ? value.close() : undefined) };
  } catch (cause) {
    return {
      value: () => {
        throw cause;
      },
      dispose: () => undefined,
    };
  }
}

function walSize(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function stampOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}

function dataVersion(connection: Connection): string {
  return String(connection.statement('PRAGMA data_version').pluck().get());
}

