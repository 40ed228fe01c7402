import { equalBytes } from '@zegel/core';
import type { LogSource } from '../log-port.ts';
import { readOne } from './part-base.ts';
import type { IndexState } from '../store/state.ts';
import type { IndexVault } from '../vault-port.ts';

const NO_BYTES = new Uint8Array();

/** A token of the vault: another vault knows persons by other keys. Empty for no vault. */
function vaultToken(vault: IndexVault | undefined): Uint8Array {
  return vault === undefined
    ? NO_BYTES
    : Uint8Array.from(vault.personKey('zegel-index', 'vault').subarray(0, 16));
}

/** The state of an index that covers nothing yet. */
export function emptyState(log: LogSource, vault: IndexVault | undefined, epoch: number): IndexState {
  return { origin: log.origin, next: 0, leaf: NO_BYTES, vault: vaultToken(vault), epoch };
}

/**
 * Why an index does not belong to this log as it is now; undefined when it does. An index made with a vault serves
 * without one, but for persons; one made without a vault does not serve with one.
 */
export async function mismatch(
  state: IndexState | undefined,
  log: LogSource,
  vault: IndexVault | undefined,
): Promise<string | undefined> {
  if (state === undefined) return 'the index has no state';
  if (state.origin !== log.origin) return 'the index is of another log';
  if (vault !== undefined && !equalBytes(state.vault, vaultToken(vault)))
    return 'the index is of another vault';
  if (state.next === 0) return undefined;
  if ((await log.size()) < state.next) return 'the log is shorter than the index';
  const last = await readOne(log, state.next - 1);
  const same = last !== undefined && equalBytes(last.leafHash, state.leaf);
  return same ? undefined : 'the log is not the one that was indexed';
}
