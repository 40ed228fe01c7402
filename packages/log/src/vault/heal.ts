import { decodeBase64url } from '@zegel/core';
import { controlsBack } from '../controls.ts';
import type { LogStore } from '../port.ts';
import { destroyHandles, noteHealed, writeAnew } from './destroy.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/**
 * Destroys what the log says is destroyed and the vault still has, after a crash between the two steps of an erasure or
 * after an old vault was put back (format v1 §3). Called on opening, before the vault answers anything.
 *
 * @returns the size of the log up to which every `retention` entry is applied
 * @throws LogError `VAULT_BUSY` when another process keeps reading what must go
 */
export async function healVault(vault: VaultFile, store: LogStore): Promise<number> {
  const head = await store.head();
  const healed = vault.db.prepare<[string], { value: number }>(SQL.state).get('healed')?.value ?? 0;
  if (head === undefined || head.control < healed) return healed; // nothing but accesses since
  const numbers = await destroyedSince(store, head.control, healed);
  if (numbers.length > 0) {
    destroyHandles(vault, numbers);
    // If we crash here, the next opening does this again: `healed` stands for what is gone from every page.
    writeAnew(vault);
  }
  noteHealed(vault, head.size);
  return head.size;
}

/** Handle numbers that `retention` entries from index `from` on name, back from the newest control entry. */
export async function destroyedSince(store: LogStore, newest: number, from: number): Promise<Uint8Array[]> {
  const numbers: Uint8Array[] = [];
  for await (const entry of controlsBack(store, newest)) {
    if (entry.index < from) break;
    if (entry.kind !== 'retention') continue;
    for (const handle of entry.body['handles'] as readonly string[]) numbers.push(decodeBase64url(handle));
  }
  return numbers;
}
