import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LogError } from '../errors.ts';
import { entropy } from '../entropy.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { SCHEMA, SQL } from './statements.ts';

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

const NAMES = ['lookup', 'pointer', 'id', 'same'] as const;

/** An open `vault.db`: the connection and the keys that were sealed in it. */
export interface VaultFile {
  readonly db: Database.Database;
  readonly keys: VaultKeys;
  readonly kek: Uint8Array;
}

/** Makes a new vault. @throws LogError `LOG_EXISTS` when the folder has one. */
export function createVault(dir: string, kek: Uint8Array): void {
  const path = join(dir, VAULT_FILE);
  if (existsSync(path)) throw new LogError('LOG_EXISTS', `${path} exists already`);
  const db = new Database(path);
  configure(db);
  db.transaction(() => {
    db.exec(SCHEMA);
    const add = db.prepare(SQL.addSecret);
    for (const name of NAMES) add.run(name, sealEnvelope(kek, Uint8Array.from(entropy(32)), `zegel/secret/v1 ${name}`));
  })();
  db.close();
}

/** Opens the vault of a folder. @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `KEY_MISMATCH` */
export function openVaultFile(dir: string, kek: Uint8Array, readonly: boolean): VaultFile {
  const path = join(dir, VAULT_FILE);
  if (!existsSync(path)) throw new LogError('VAULT_MISSING', `there is no vault at ${path}`);
  try {
    const db = new Database(path, { readonly, timeout: 10_000 });
    if (!readonly) configure(db);
    return { db, kek, keys: readKeys(db, kek) };
  } catch (cause) {
    if (cause instanceof LogError) throw cause;
    throw new LogError('VAULT_DAMAGED', `${path} can't be read as a vault`, { cause });
  }
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON'); // what is destroyed is overwritten in place (format v1 §6)
}

function readKeys(db: Database.Database, kek: Uint8Array): VaultKeys {
  const get = db.prepare<[string], { box: Buffer }>(SQL.secret);
  const open = (name: (typeof NAMES)[number]): Uint8Array => {
    const row = get.get(name);
    if (row === undefined) throw new LogError('VAULT_DAMAGED', `the vault has no ${name} key`);
    const key = openEnvelope(kek, row.box, `zegel/secret/v1 ${name}`);
    if (key === undefined) throw new LogError('KEY_MISMATCH', "the key-encryption key does not open this log's vault");
    return key;
  };
  return { lookup: open('lookup'), pointer: open('pointer'), id: open('id'), same: open('same') };
}
