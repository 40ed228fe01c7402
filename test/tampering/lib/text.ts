import type { Loot } from './loot.ts';

/**
 * Changes the text of an entry and chains the others on to it, each by its text too: a thief who wants bytes that
 * say the same in another way.
 */
export function replaceText(
  loot: Loot,
  index: number,
  change: (text: string) => string,
  encoding: BufferEncoding = 'utf8',
): Loot {
  const entry = loot.entry(index);
  entry.bytes = Buffer.from(change(Buffer.from(entry.bytes ?? []).toString()), encoding);
  loot.rehash(index);
  return loot.rechain(index + 1);
}
