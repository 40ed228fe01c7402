import { encodeBase64url } from '@zegel/core';
import type { Log, StoredEntry } from '@zegel/log';
import { type EntryObject, type Person, showEntry } from '@zegel/reading';
import { withOpenParts } from '../entries/open-parts.ts';
import { pseudonymous } from '../entries/pseudonyms.ts';

/** An entry as the API gives it, and whom it names. */
export interface ApiEntry {
  readonly json: EntryObject;
  readonly persons: readonly Person[];
}

/**
 * An entry for the API: persons as `{type, token}`, or `{ref}` where the vault can't tell. Revealed, they are `{type, id}`
 * and sealed parts have their `value`. A body that is gone is `{index, leaf, pruned: true}`.
 */
export async function apiEntry(log: Log, stored: StoredEntry, isRevealed: boolean): Promise<ApiEntry> {
  const shown = await showEntry(log, log.vault, stored);
  if (shown === undefined) {
    const { index, leafHash } = stored;
    return { json: { index, leaf: encodeBase64url(leafHash), bodyGone: true }, persons: [] };
  }
  const { object, persons } = shown;
  const json = isRevealed ? await withOpenParts(log, stored, object) : pseudonymous(log.vault, object);
  return { json, persons };
}
