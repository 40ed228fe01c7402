import { LogError } from '../errors.ts';
import { failure, failureError } from '../failure.ts';
import { SQL } from './statements.ts';
import { BUSY_TIMEOUT, type VaultFile } from './vault-file.ts';
import { grow } from './vault-state.ts';

const WIDTH = 16;

/**
 * Destroys handles and the sameness of the events that used them. The caller has made the `retention` entry that names
 * them durable (format v1 §3). Old pages still stand in the journal until {@link writeAnew} returned. Idempotent.
 *
 * @returns how many handles were still there
 */
export function destroyHandles(vault: VaultFile, numbers: readonly Uint8Array[]): number {
  const { db } = vault;
  const destroy = db.transaction(() => {
    const drop = db.prepare<[Uint8Array]>(SQL.dropHandle);
    let count = 0;
    for (const number of numbers) count += drop.run(number).changes;
    if (numbers.length > 0) dropSameness(vault, numbers);
    if (count > 0) grow(vault);
    return count;
  });
  return destroy.immediate();
}

/**
 * Moves the journal into the file, overwritten pages and all, and cuts it to nothing.
 *
 * @param wait milliseconds to wait for other processes
 * @throws LogError `VAULT_BUSY` when another process keeps reading the journal that must be emptied
 */
export function emptyJournal({ db }: VaultFile, wait: number = BUSY_TIMEOUT): void {
  db.pragma(`busy_timeout = ${wait}`);
  try {
    const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (row?.busy !== 0)
      throw new LogError(
        'VAULT_BUSY',
        'another process reads the vault, so what was destroyed is still in its journal',
      );
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

/**
 * Writes the file anew and empties its journal. Overwriting reaches deleted rows, not what SQLite left behind when it
 * split and moved pages: only a file written anew has none of that.
 *
 * @param wait milliseconds to wait for other processes
 * @throws LogError `VAULT_BUSY`; StoreFailure `STORE_FULL` when there is no room for a second copy
 */
export function writeAnew(vault: VaultFile, wait: number = BUSY_TIMEOUT): void {
  const { db } = vault;
  db.pragma(`busy_timeout = ${wait}`);
  try {
    db.exec('VACUUM');
  } catch (cause) {
    throw failureError(failure(cause));
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  }
  emptyJournal(vault, wait);
}

function dropSameness(vault: VaultFile, numbers: readonly Uint8Array[]): void {
  const gone = new Set(numbers.map((n) => Buffer.from(n).toString('latin1')));
  const drop = vault.db.prepare<[Uint8Array]>(SQL.dropSame);
  const rows = vault.db.prepare<[], { id: Buffer; numbers: Buffer }>(SQL.allSame).iterate();
  const ids: Buffer[] = []; // nothing may be deleted while rows are read
  for (const row of rows) if (usesAny(row.numbers, gone)) ids.push(row.id);
  for (const id of ids) drop.run(id);
}

function usesAny(numbers: Buffer, gone: ReadonlySet<string>): boolean {
  for (let at = 0; at < numbers.length; at += WIDTH)
    if (gone.has(numbers.toString('latin1', at, at + WIDTH))) return true;
  return false;
}
