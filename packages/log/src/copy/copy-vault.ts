import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { equalBytes } from '@zegel/core';
import { LogError } from '../errors.ts';
import { isRemote, type Location } from '../location.ts';
import { syncMirrorOf } from '../open-vault.ts';
import type { RemoteVault } from '../port.ts';
import { openRemoteVault } from '../stores.ts';
import type { HandleRow } from '../vault/handle.ts';
import { encodeHandle } from '../vault/remote/handle-object.ts';
import { decodeSecrets, encodeSecrets, ensureMirror, takeIn } from '../vault/remote/mirror.ts';
import type { SameRow } from '../vault/sameness.ts';
import { SQL } from '../vault/statements.ts';
import { createVault, KEY_NAMES, openVaultFile, VAULT_FILE, type VaultFile } from '../vault/vault-file.ts';

/**
 * Copies a vault as it is: its own keys, handles and what tells events apart, each in its envelope. What is there already stays.
 * Returns how many handles were new.
 *
 * @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `KEY_MISMATCH` (the target has another vault)
 */
export async function copyVault(source: Location, target: Location, kek: Uint8Array): Promise<number> {
  if (isRemote(source)) await syncMirrorOf(source, kek);
  const from = openVaultFile(source.dir, kek, true);
  const remote = await openRemoteVault(target);
  try {
    await makeVault(from, target, remote);
    const to = openVaultFile(target.dir, kek, false);
    try {
      requireSame(from, to);
      return await copyRows(from, to, remote);
    } finally {
      to.db.close();
    }
  } finally {
    remote?.close();
    from.db.close();
  }
}

async function makeVault(from: VaultFile, { dir }: Location, remote: RemoteVault | undefined): Promise<void> {
  const secrets = encodeSecrets(from);
  if (remote !== undefined) {
    await remote.keepSecrets(secrets);
    await ensureMirror(dir, from.kek, remote);
    return;
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!existsSync(join(dir, VAULT_FILE))) createVault(dir, from.kek, decodeSecrets(secrets));
}

function requireSame(from: VaultFile, to: VaultFile): void {
  if (KEY_NAMES.every((name) => equalBytes(from.keys[name], to.keys[name]))) return;
  throw new LogError('KEY_MISMATCH', 'the target has the vault of another log');
}

async function copyRows(from: VaultFile, to: VaultFile, remote: RemoteVault | undefined): Promise<number> {
  const there = remote === undefined ? undefined : await numbersIn(remote);
  let made = 0;
  for (const rows of pages<HandleRow & { readonly rowid: number }, number>(
    from.db,
    SQL.handlesFrom,
    0,
    (row) => row.rowid,
  )) {
    const missing = rows.filter(({ number }) => there?.has(number.toString('latin1')) !== true);
    await remote?.put(missing.map((row) => ({ number: row.number, body: encodeHandle(row) })));
    made += remote === undefined ? countNew(to, rows) : missing.length;
    takeIn(to, rows);
  }
  const addSame = to.db.prepare(SQL.addSame);
  for (const rows of pages<SameRow, Buffer>(from.db, SQL.samesFrom, Buffer.alloc(0), (row) => row.id))
    to.db.transaction(() => {
      for (const { id, mac, numbers } of rows) addSame.run(id, mac, numbers);
    })();
  return made;
}

function countNew({ db }: VaultFile, rows: readonly HandleRow[]): number {
  const has = db.prepare<[Uint8Array]>(SQL.hasHandle);
  return rows.filter(({ number }) => has.get(number) === undefined).length;
}

/** Pages of a table, each read whole before the next, so that no journal is held open. */
function* pages<T, K>(
  db: Database.Database,
  sql: string,
  from: K,
  keyOf: (row: T) => K,
): Generator<readonly T[], void> {
  const page = db.prepare<[K], T>(sql);
  for (let after = from; ; ) {
    const rows = page.all(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = keyOf(last);
  }
}

async function numbersIn(remote: RemoteVault): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for await (const chunk of remote.numbers())
    for (const number of chunk) there.add(Buffer.from(number).toString('latin1'));
  return there;
}
