import { readKek } from './keys/key-files.ts';
import { LogError } from './errors.ts';
import { isRemote, type Location, parseLocation } from './location.ts';
import type { LogStore } from './port.ts';
import { type LogReader, StoreReader } from './reader.ts';
import { openRemoteVault, openStoreAt } from './stores.ts';
import { damageOf, type VaultDamage, vaultError } from './vault/damage.ts';
import { healVault } from './vault/heal.ts';
import { HandleFetcher } from './vault/remote/fetcher.ts';
import { ensureMirror } from './vault/remote/mirror.ts';
import { syncMirror } from './vault/remote/sync-mirror.ts';
import { VaultFileReader, type VaultReader } from './vault/reader.ts';
import { openVaultFile, type VaultFile } from './vault/vault-file.ts';

/** The key folder of a log: as given, as the environment says, or where its location has it. */
export function keyFolder(location: Pick<Location, 'keys'>, given: string | undefined): string {
  return given ?? process.env['ZEGEL_KEYS'] ?? location.keys;
}

/**
 * Opens the vault of a log for reading persons, after destroying in it what the log says is destroyed. Verification wants it
 * as it is: `heal: false`, which answers for handles that should be gone and is for nothing else.
 *
 * @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `KEY_MISSING`, `KEY_MISMATCH`
 */
export async function openVaultReader(
  url: string,
  options: { readonly keys?: string | undefined; readonly heal?: boolean } = {},
): Promise<VaultReader> {
  const location = parseLocation(url);
  const kek = readKek(keyFolder(location, options.keys));
  if (options.heal === false) {
    return readerOf(location, kek, await syncMirrorOf(location, kek, true));
  }
  const store = await openStoreAt(location, { mode: 'read' });
  try {
    await healAt(location, kek, store);
  } finally {
    await store.close();
  }
  return readerOf(location, kek);
}

/**
 * Gives this machine all handles of a log's vault that is elsewhere, and takes those that are gone there: before an index is
 * made, and before everything about a person is sought. Nothing where the vault is in the log's folder.
 *
 * @throws LogError `VAULT_MISSING`, `VAULT_DAMAGED`, `KEY_MISSING`, `KEY_MISMATCH`; `STORE_IO`
 */
export async function syncVault(
  url: string,
  options: { readonly keys?: string | undefined } = {},
): Promise<void> {
  const location = parseLocation(url);
  await syncMirrorOf(location, readKek(keyFolder(location, options.keys)));
}

/**
 * As {@link syncVault}, with the key itself.
 *
 * @param isWhole also looks at handles that this machine has already: each is fetched
 * @returns what is there and is not as it was sealed
 */
export async function syncMirrorOf(
  location: Location,
  kek: Uint8Array,
  isWhole = false,
): Promise<readonly VaultDamage[]> {
  const remote = await openRemoteVault(location);
  if (remote === undefined) return [];
  try {
    await ensureMirror(location.dir, kek, remote);
    const vault = openVaultFile(location.dir, kek, false);
    try {
      return await syncMirror(vault, remote, { isWhole });
    } catch (cause) {
      if (!isWhole) throw vaultError(cause);
      return [{ message: damageOf(cause) }];
    } finally {
      vault.db.close();
    }
  } finally {
    remote.close();
  }
}

/**
 * Destroys on this machine what a log says is destroyed: what is kept here of a vault that is elsewhere must not outlive it while
 * a process goes on. Nothing where the vault is in the log's folder: opening did that, and who destroys does.
 */
export async function healAlong(
  log: LogReader,
  url: string,
  options: { readonly keys?: string | undefined } = {},
): Promise<void> {
  const location = parseLocation(url);
  if (!isRemote(location) || !(log instanceof StoreReader)) return;
  await healAt(location, readKek(keyFolder(location, options.keys)), log.store);
}

/** A vault can lack a table and still give its keys. */
function readerOf(location: Location, kek: Uint8Array, elsewhere: readonly VaultDamage[] = []): VaultReader {
  const vault = openVaultFile(location.dir, kek, true);
  try {
    return vaultReader(location, vault, elsewhere);
  } catch (cause) {
    vault.db.close();
    throw new LogError('VAULT_DAMAGED', damageOf(cause));
  }
}

/** A reader over an open vault, which fetches what the log's vault has elsewhere. */
export function vaultReader(
  location: Location,
  vault: VaultFile,
  elsewhere: readonly VaultDamage[] = [],
): VaultFileReader {
  const fetcher = isRemote(location) ? new HandleFetcher(location, vault.kek) : undefined;
  return new VaultFileReader(vault, fetcher, elsewhere);
}

/** Heals the vault of a log by what its store names, having made sure that there is one. Returns up to which size. */
export async function healAt(location: Location, kek: Uint8Array, store: LogStore): Promise<number> {
  const remote = await openRemoteVault(location);
  if (remote !== undefined) await ensureMirror(location.dir, kek, remote);
  const vault = openVaultFile(location.dir, kek, false);
  try {
    return await healVault(vault, store, remote);
  } catch (cause) {
    throw vaultError(cause);
  } finally {
    vault.db.close();
    remote?.close();
  }
}
