import type { HeldCheckpoint } from '@zegel/core';
import type { LogStore } from '../port.ts';

/** Checkpoints that a store knows from before: the log there now has to answer for them (format v1 §5). */
export async function rememberedBy(store: LogStore): Promise<readonly HeldCheckpoint[]> {
  const notes = (await store.remembered?.()) ?? [];
  return notes.map((note) => ({ note, from: 'what this machine keeps of the log' }));
}
