import type { EntryIndex } from '@zegel/core';
import { showEntry, type ShownEntry } from '@zegel/reading';
import type { Plan } from '@zegel/search';
import type { Searched } from '../logs/searching.ts';

/** Hits as the log has them, with their persons; what the log does not bear out, or has no body, is left out. */
export async function shownHits(
  { log, index }: Pick<Searched, 'log' | 'index'>,
  plan: Plan,
  indexes: readonly EntryIndex[],
): Promise<readonly ShownEntry[]> {
  const { entries } = await index.fetch(plan, indexes);
  const shown = await Promise.all(entries.map((entry) => showEntry(log, log.vault, entry)));
  return shown.filter((one) => one !== undefined);
}
