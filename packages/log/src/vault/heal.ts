import { decodeBase64url, equalBytes, treeRoot, treeSize, ZegelError } from '@zegel/core';
import { type ControlEntry, controlsBack, readControl } from '../controls.ts';
import { hashReader } from '../hashes.ts';
import type { LogStore, RemoteVault } from '../port.ts';
import { destroyHandles, writeAnew } from './destroy.ts';
import { SQL } from './statements.ts';
import type { VaultFile } from './vault-file.ts';
import { noteHealed, readState, UNKNOWN_STATE, type VaultState } from './vault-state.ts';

/**
 * Destroys what the log says is destroyed and the vault still has, after a crash between the two steps of an erasure or
 * after an old vault was put back (format v1 §3). Called on opening, before the vault answers anything.
 *
 * @param remote where the log's vault is, if that is not this machine's file
 * @returns the size of the log up to which every `retention` entry is applied
 * @throws LogError `VAULT_BUSY` when another process keeps reading what must go
 */
export async function healVault(vault: VaultFile, store: LogStore, remote?: RemoteVault): Promise<number> {
  const head = await store.head();
  if (head === undefined) return 0;
  const believed = await believedState(vault, store, head.size);
  const { healed, retentions } = believed ?? UNKNOWN_STATE;
  if (head.control < healed) return healed; // nothing but accesses since
  const since = await retentionsSince(store, head.control, healed);
  const numbers = since.flatMap(numbersOf);
  if (numbers.length > 0) {
    await remote?.remove(numbers);
    destroyHandles(vault, numbers);
    // If we crash here, the next opening does this again: `healed` stands for what is gone from every page.
    writeAnew(vault);
  }
  const newest = [...since.map(({ index }) => index), ...retentions];
  const { size, root } = head;
  noteHealed(vault, { healed: size, root, retentions: newest }, believed !== undefined);
  return size;
}

/** Handle numbers that `retention` entries from index `from` on name, back from the newest control entry. */
export async function destroyedSince(store: LogStore, newest: number, from: number): Promise<Uint8Array[]> {
  return (await retentionsSince(store, newest, from)).flatMap(numbersOf);
}

async function retentionsSince(store: LogStore, newest: number, from: number): Promise<ControlEntry[]> {
  const found: ControlEntry[] = [];
  for await (const entry of controlsBack(store, newest)) {
    if (entry.index < from) break;
    if (entry.kind === 'retention') found.push(entry);
  }
  return found;
}

function numbersOf({ body }: ControlEntry): Uint8Array[] {
  return (body['handles'] as readonly string[]).map((handle) => decodeBase64url(handle));
}

/**
 * The vault's word on how far it is healed, where it can be believed: sealed in this vault, about this log, and without a
 * live handle that the newest destructions named, which an old vault has although somebody gave it a newer word.
 */
async function believedState(
  vault: VaultFile,
  store: LogStore,
  size: number,
): Promise<VaultState | undefined> {
  const state = readState(vault);
  if (state === undefined || state.healed > size) return undefined;
  if (state.healed === 0) return state;
  try {
    if (!equalBytes(await treeRoot(treeSize(state.healed), hashReader(store)), state.root)) return undefined;
    const live = vault.db.prepare<[Uint8Array]>(SQL.hasHandle);
    for (const index of state.retentions)
      if (numbersOf(await readControl(store, index)).some((number) => live.get(number) !== undefined))
        return undefined;
  } catch (error) {
    if (error instanceof ZegelError) return undefined; // a log that can't tell is gone through from the start
    throw error;
  }
  return state;
}
