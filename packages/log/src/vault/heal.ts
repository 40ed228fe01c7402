import { decodeBase64url } from '@zegel/core';
import { controlsBack } from '../controls.ts';
import type { LogStore } from '../port.ts';
import { destroyHandles } from './destroy.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';

/**
 * Destroys what the log says is destroyed and the vault still has, after a crash between the two steps of an erasure or
 * after an old vault was put back (format v1 §3). Called on opening, before the vault answers anything.
 */
export async function healVault(vault: VaultFile, store: LogStore): Promise<void> {
  const head = await store.head();
  if (head === undefined) return;
  const healed = vault.db.prepare<[string], { value: number }>(SQL.state).get('healed')?.value ?? 0;
  if (head.control < healed) return; // nothing but accesses since
  const numbers = await namedSince(store, head.control, healed);
  destroyHandles(vault, numbers, head.size);
}

/** Handle numbers that `retention` entries from index `from` on name. */
async function namedSince(store: LogStore, newest: number, from: number): Promise<Uint8Array[]> {
  const numbers: Uint8Array[] = [];
  for await (const entry of controlsBack(store, newest)) {
    if (entry.index < from) break;
    if (entry.kind !== 'retention') continue;
    for (const handle of entry.body['handles'] as readonly string[]) numbers.push(decodeBase64url(handle));
  }
  return numbers;
}
