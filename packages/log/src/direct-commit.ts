import type { Signer } from '@zegel/core';
import { BatchBuilder } from './commit/batch-builder.ts';
import type { ChainState } from './commit/chain-state.ts';
import type { Batch, LogStore } from './port.ts';

/** One event's drafts with their common id. */
export interface Drafted {
  readonly id: Uint8Array;
  readonly drafts: readonly (readonly string[])[];
}

/**
 * Appends what opening a log needs (genesis, register) without the workers. `what` sees the state at the true head, under
 * the store's lock, and returns undefined when another process was first.
 */
export async function commitDirectly(
  store: LogStore,
  from: ChainState,
  signers: readonly Signer[],
  what: (state: ChainState) => readonly Drafted[] | undefined,
): Promise<Batch | undefined> {
  return store.commit((view) => {
    const state = from.clone();
    state.catchUp(view);
    const drafted = what(state);
    if (drafted === undefined) return undefined;
    const builder = new BatchBuilder(state, Date.now());
    for (const { id, drafts } of drafted)
      drafts.forEach((pieces, i) => {
        builder.add(pieces, id, drafts.length === 1 ? 0 : i + 1);
      });
    return builder.finish(signers);
  });
}
