import Database from 'better-sqlite3';
import { failure, failureError } from '../failure.ts';

/** Something of a vault that is not as a vault is made. */
export interface VaultDamage {
  readonly message: string;
  /** The handle concerned. */
  readonly number?: Uint8Array;
  /** Whether it is in the place of the log's vault, and not in the file of this machine. */
  readonly isElsewhere?: true;
}

/**
 * What is wrong with a vault that can't be read.
 *
 * @throws what tells of no damage: `VAULT_BUSY`, StoreFailure, a mistake of ours
 */
export function damageOf(cause: unknown): string {
  const told = failure(cause);
  if (told.code === 'LOG_FAILED') throw cause;
  if (told.code !== 'VAULT_DAMAGED') throw failureError(told);
  return told.message;
}

/** An error met while working on a vault; SQLite's are told as the vault's. */
export function vaultError(cause: unknown): unknown {
  return cause instanceof Database.SqliteError ? failureError(failure(cause)) : cause;
}
