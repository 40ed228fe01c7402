import type { SealedPart } from '@zegel/core';
import type { Log, StoredEntry } from '@zegel/log';
import { type EntryObject, mentionsOf, openSealed, parseBody } from '@zegel/reading';

/** An entry with the `value` of each sealed part that the vault still opens beside its box. */
export async function withOpenParts(
  log: Log,
  stored: StoredEntry,
  object: EntryObject,
): Promise<EntryObject> {
  const body = parseBody(stored);
  const sealed = object['sealed'];
  if (body === undefined || !Array.isArray(sealed)) return object;
  const mentions = await mentionsOf(log, stored.index, body);
  const parts = (sealed as readonly SealedPart[]).map((part, at) => {
    const value = openSealed(log.vault, log.origin, body, mentions, part, at);
    return value === undefined ? part : { ...part, value };
  });
  return { ...object, sealed: parts };
}
