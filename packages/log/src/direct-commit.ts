import type { EntryDraft, Signer } from '@zegel/core';
import { BatchBuilder } from './commit/batch-builder.ts';
import type { ChainState } from './commit/chain-state.ts';
import { DraftWriter } from './drafts.ts';
import type { Batch, LogStore } from './port.ts';

/** One event's drafts with their common id. */
export interface Drafted {
  readonly id: Uint8Array;
  readonly drafts: readonly EntryDraft[];
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
    for (const { id, drafts } of drafted) addAll(builder, id, drafts);
    return builder.finish(signers);
  });
}

function addAll(builder: BatchBuilder, id: Uint8Array, drafts: readonly EntryDraft[]): void {
  const writer = new DraftWriter(new ArrayBuffer(drafts.reduce((sum, d) => sum + d.byteLength, 0)));
  for (const draft of drafts) writer.push(draft);
  const written = writer.take();
  drafts.forEach((_, i) => {
    builder.add(written, i, id, drafts.length === 1 ? 0 : i + 1);
  });
}
