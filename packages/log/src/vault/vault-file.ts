import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LogError } from '../errors.ts';
import { entropy } from '../entropy.ts';
import { failure, failureError } from '../failure.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { SCHEMA, SQL } from './statements.ts';
import { UNKNOWN_STATE, writeState } from './vault-state.ts';

/** File name of the vault in a log's folder. */
export const VAULT_FILE = 'vault.db';

/** The vault's own keys, 32 bytes each (format v1 §1, §3). */
export interface VaultKeys {
  /** Finds a person's handles, and keys people in the index. */
  readonly lookup: Uint8Array;
  /** Leads from a mention to its handle. */
  readonly pointer: Uint8Array;
  /** Makes entry ids of the caller's ids. */
  readonly id: Uint8Array;
  /** Tells whether two events are the same. */
  readonly same: Uint8Array;
}

/** Milliseconds to wait for other processes. */
export const BUSY_TIMEOUT = 10_000;

/** Names of the vault's keys. */
export const KEY_NAMES = ['lookup', 'pointer', 'id', 'same'] as const;

/** An open `vault.db`: the connection and the keys that were sealed in it. */
export interface VaultFile {
  readonly db: Database.Database;
  readonly keys: VaultKeys;
  readonly kek: Uint8Array;
  /** @throws LogError `VAULT_MISSING` when the file was moved away or replaced since it was opened */
  readonly checkPlace: () => void;
}

/**
 * Makes a vault in a folder that has none, or only what a crash left of one.
 *
 * @param secrets enveloped keys of a vault that is elsewhere; left out, new ones are drawn
 */
export function createVault(dir: string, kek: Uint8Array, secrets?: ReadonlyMap<string, Uint8Array>): void {
  const db = new Database(join(dir, VAULT_FILE), { timeout: BUSY_TIMEOUT });
  try {
    db.transaction(() => {
      if (db.prepare(SQL.hasSecrets).get() !== undefined) return;
      db.exec(SCHEMA);
      const add = db.prepare(SQL.addSecret);
      for (const name of KEY_NAMES)
        add.run(
          name,
          secrets?.get(name) ?? sealEnvelope(kek, Uint8Array.from(entropy(32)), `zegel/secret/v1 ${name}`),
        );
      writeState({ db, kek }, UNKNOWN_STATE);
    }).immediate();
  } catch (cause) {
    throw failureError(failure(cause));
  } finally {
    db.close();
  }
}

/**
 * Opens the vault of a folder.
 *
 * @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `VAULT_BUSY`, `KEY_MISMATCH`; StoreFailure `STORE_FULL`, `STORE_READ_ONLY`
 */
export function openVaultFile(dir: string, kek: Uint8Array, readonly: boolean): VaultFile {
  const path = join(dir, VAULT_FILE);
  if (!existsSync(path)) throw new LogError('VAULT_MISSING', `there is no vault at ${path}`);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly, timeout: BUSY_TIMEOUT });
    distrust(db);
    if (!readonly) configure(db);
    return { db, kek, keys: readKeys(db, kek), checkPlace: placeCheck(path) };
  } catch (cause) {
    db?.close();
    if (cause instanceof LogError) throw cause;
    throw failureError(failure(cause));
  }
}

function placeCheck(path: string): () => void {
  const identity = (): string => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}`;
  };
  const before = identity();
  return () => {
    if (identity() !== before)
      throw new LogError('VAULT_MISSING', `${path} was moved or replaced while it was open`);
  };
}

/** The file may have been edited: a page that is none is told as damage, and nothing in the schema may have effects. */
function distrust(db: Database.Database): void {
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma('trusted_schema = OFF');
}

function configure(db: Database.Database): void {
  turnOnWal(db);
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON'); // what is destroyed is overwritten in place (format v1 §6)
  // New handles touch pages all over the file: moved less often, a page is moved once for many of them.
  db.pragma('wal_autocheckpoint = 16000');
  db.pragma('cache_size = -65536');
}

/** SQLite does not wait for others when it changes the journal's mode, which it does once in the life of a vault. */
function turnOnWal(db: Database.Database): void {
  const deadline = performance.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function readKeys(db: Database.Database, kek: Uint8Array): VaultKeys {
  const get = db.prepare<[string], { box: unknown }>(SQL.secret);
  return openKeys(kek, (name) => get.get(name)?.box);
}

/**
 * The vault's own keys, out of their envelopes. All four not opening is another key-encryption key; one of them is damage.
 *
 * @throws LogError `KEY_MISMATCH`, `VAULT_DAMAGED`
 */
export function openKeys(kek: Uint8Array, boxOf: (name: string) => unknown): VaultKeys {
  const opened = KEY_NAMES.map((name) => {
    const box = boxOf(name);
    if (!(box instanceof Uint8Array)) throw new LogError('VAULT_DAMAGED', `the vault has no ${name} key`);
    return openEnvelope(kek, box, `zegel/secret/v1 ${name}`);
  });
  const [lookup, pointer, id, same] = opened;
  if (lookup !== undefined && pointer !== undefined && id !== undefined && same !== undefined)
    return { lookup, pointer, id, same };
  if (opened.every((key) => key === undefined))
    throw new LogError('KEY_MISMATCH', "the key-encryption key does not open this log's vault");
  throw new LogError('VAULT_DAMAGED', 'a key of the vault does not open: it was edited');
}
