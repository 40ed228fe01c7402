import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBase64url, encodeBase64url } from '@zegel/core';
import { LogError } from '../../errors.ts';
import type { RemoteVault } from '../../port.ts';
import type { HandleRow } from '../handle.ts';
import { SQL } from '../statements.ts';
import {
  createVault,
  KEY_NAMES,
  openKeys,
  openVaultFile,
  VAULT_FILE,
  type VaultFile,
} from '../vault-file.ts';

const EMPTY = new Uint8Array(0);

type Secrets = Readonly<Record<string, string>>;

/** The vault's own keys as one object: JSON, the envelopes of the vault's file in base64url. */
export function encodeSecrets({ db }: VaultFile): Uint8Array {
  const get = db.prepare<[string], { box: Buffer }>(SQL.secret);
  const entries = KEY_NAMES.map((name) => [name, encodeBase64url(get.get(name)?.box ?? Buffer.alloc(0))]);
  return Buffer.from(JSON.stringify(Object.fromEntries(entries)));
}

/** The envelopes by name. @throws LogError `VAULT_DAMAGED` */
export function decodeSecrets(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  try {
    const read = JSON.parse(Buffer.from(bytes).toString()) as Secrets;
    return new Map(KEY_NAMES.map((name) => [name, decodeBase64url(read[name] ?? '')]));
  } catch (cause) {
    throw new LogError('VAULT_DAMAGED', "the keys of the log's vault are not what a vault writes", { cause });
  }
}

/**
 * Makes the vault of a new log, or takes over the one that an earlier attempt made there: a file on this machine that has the
 * same keys.
 */
export async function makeMirror(dir: string, kek: Uint8Array, remote: RemoteVault): Promise<void> {
  if ((await remote.secrets()) === undefined) {
    dropMirror(dir);
    createMirror(dir, kek);
    const vault = openVaultFile(dir, kek, true);
    const own = encodeSecrets(vault);
    vault.db.close();
    await remote.keepSecrets(own); // of two at once one is first, and the other takes over its keys
  }
  await ensureMirror(dir, kek, remote);
}

/**
 * Makes sure that this machine has a vault with the log's keys: it holds what was needed here so far, and can be dropped.
 *
 * @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `KEY_MISMATCH`
 */
export async function ensureMirror(dir: string, kek: Uint8Array, remote: RemoteVault): Promise<void> {
  const bytes = await remote.secrets();
  if (bytes === undefined) throw new LogError('VAULT_MISSING', 'the log has no vault where its URL says');
  const secrets = decodeSecrets(bytes);
  if (hasSecrets(dir, kek, secrets)) return;
  // This machine's file may be the last that has the log's keys: it goes only for others that are whole.
  openKeys(kek, (name) => secrets.get(name));
  dropMirror(dir);
  createMirror(dir, kek, secrets);
  openVaultFile(dir, kek, true).db.close(); // or it says which key is missing
}

function hasSecrets(dir: string, kek: Uint8Array, secrets: ReadonlyMap<string, Uint8Array>): boolean {
  if (!existsSync(join(dir, VAULT_FILE))) return false;
  try {
    const vault = openVaultFile(dir, kek, true);
    try {
      const own = decodeSecrets(encodeSecrets(vault));
      return KEY_NAMES.every((name) => Buffer.from(own.get(name) ?? '').equals(secrets.get(name) ?? EMPTY));
    } finally {
      vault.db.close();
    }
  } catch (error) {
    // What is derived is made again; a wrong key is no reason to.
    if (error instanceof LogError && error.code === 'VAULT_DAMAGED') return false;
    throw error;
  }
}

function createMirror(dir: string, kek: Uint8Array, secrets?: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  createVault(dir, kek, secrets);
}

function dropMirror(dir: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dir, VAULT_FILE + suffix), { force: true });
}

/** Takes handles into this machine's vault. */
export function takeIn({ db }: VaultFile, rows: readonly HandleRow[]): void {
  const add = db.prepare(SQL.addHandle);
  const all = db.transaction(() => {
    for (const { number, person, activity, sort, scope, month, opened, box } of rows)
      add.run(number, person, activity, sort, scope, month, opened, box);
  });
  all.immediate();
}
