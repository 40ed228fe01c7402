import { readKek } from './keys/key-files.ts';
import { LogError } from './errors.ts';
import { type Location, parseLocation } from './location.ts';
import type { LogStore } from './port.ts';
import { openStoreAt } from './stores.ts';
import { damageOf, vaultError } from './vault/damage.ts';
import { healVault } from './vault/heal.ts';
import { VaultFileReader, type VaultReader } from './vault/reader.ts';
import { openVaultFile } from './vault/vault-file.ts';

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
  if (options.heal === false) return readerOf(location.dir, kek);
  const store = await openStoreAt(location, { mode: 'read' });
  try {
    await healFolder(location.dir, kek, store);
  } finally {
    await store.close();
  }
  return readerOf(location.dir, kek);
}

/** A vault can lack a table and still give its keys. */
function readerOf(dir: string, kek: Uint8Array): VaultReader {
  const vault = openVaultFile(dir, kek, true);
  try {
    return new VaultFileReader(vault);
  } catch (cause) {
    vault.db.close();
    throw new LogError('VAULT_DAMAGED', damageOf(cause));
  }
}

/** Heals the vault of a folder by what a store's log names. Returns up to which size. */
export async function healFolder(dir: string, kek: Uint8Array, store: LogStore): Promise<number> {
  const vault = openVaultFile(dir, kek, false);
  try {
    return await healVault(vault, store);
  } catch (cause) {
    throw vaultError(cause);
  } finally {
    vault.db.close();
  }
}
