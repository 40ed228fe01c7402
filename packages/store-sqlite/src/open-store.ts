import { accessSync, constants, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LogStore, StoreOptions } from '@zegel/log/port';
import { type Access, readAccess, writeAccess } from './access.ts';
import { createFile } from './create-file.ts';
import { patiently } from './patience.ts';
import { SqliteStore } from './sqlite-store.ts';
import { messageOf, StoreError } from './store-error.ts';

const BUSY_TIMEOUT = 10_000;

/**
 * Opens the log in the file `log.db` of a folder (format v1 §6). Mode `create` makes the folder and the file,
 * `write` needs both writable, `read` works on a read-only medium too and makes and changes nothing there.
 *
 * Beside a running writer SQLite keeps `log.db-wal` and `log.db-shm`; a copy of `log.db` alone has everything
 * once the last writer has closed. A copy taken before that needs room for another one in the folder for
 * temporary files when it is read.
 *
 * @param location folder of the log
 * @throws StoreError `STORE_EXISTS`, `STORE_NOT_FOUND`, `STORE_READ_ONLY`, `STORE_CORRUPT`, `STORE_VERSION`,
 *   `STORE_FULL`, `STORE_BUSY`, `STORE_IO`
 */
export async function openStore(location: string, options: StoreOptions): Promise<LogStore> {
  const busyTimeout = options.busyTimeout ?? BUSY_TIMEOUT;
  const file = join(resolve(location), 'log.db');
  if (options.mode === 'create') createFile(file);
  // Waiting matters here, too: the last writer to close holds the file alone for a moment.
  const access = await patiently(busyTimeout, () => open(file, options.mode));
  return new SqliteStore(access, busyTimeout);
}

function open(file: string, mode: StoreOptions['mode']): Access {
  if (!existsSync(file)) throw new StoreError('STORE_NOT_FOUND', `there is no log in ${file}`);
  if (mode === 'read') return readAccess(file);
  requireWritable(file);
  return writeAccess(file);
}

// SQLite would open the file for reading only, and say so at the first commit.
function requireWritable(file: string): void {
  try {
    for (const path of [file, join(file, '..')]) accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new StoreError('STORE_READ_ONLY', `${file} can not be written: ${messageOf(cause)}`, { cause });
  }
}
