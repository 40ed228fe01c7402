import { type Mention, parseUuid, type SealedPart } from '@zegel/core';
import { openPart } from '@zegel/core';
import type { LogReader, VaultReader } from '@zegel/log';
import { type Mentions, parseBody, POSITION } from './shown-entry.ts';

/** Mentions of a whole event by position, over all its parts (format v1 §3). */
export type MentionMap = ReadonlyMap<number, Mention>;

/** Gathers the mentions of the event that an entry is a part of. */
export async function mentionsOf(log: LogReader, index: number, body: Mentions): Promise<MentionMap> {
  const { part } = body;
  const first = index - (part?.number ?? 1) + 1;
  const mentions = new Map<number, Mention>();
  let next: number = POSITION.subjects;
  for await (const chunk of log.read(Math.max(0, first), first + (part?.of ?? 1)))
    for (const entry of chunk) {
      const one = parseBody(entry);
      if (one?.id !== body.id) continue;
      if (one.actor?.person) mentions.set(POSITION.actor, one.actor.person);
      if (one.onBehalfOf) mentions.set(POSITION.onBehalfOf, one.onBehalfOf);
      for (const subject of one.subjects ?? []) mentions.set(next++, subject);
    }
  return mentions;
}

/** Opens a sealed part where the vault has the keys of all its persons; undefined where it does not. */
export function openSealed(
  vault: VaultReader,
  origin: string,
  body: Mentions,
  mentions: MentionMap,
  sealed: SealedPart,
  position: number,
): unknown {
  const entryId = parseUuid(body.id);
  const keys: Uint8Array[] = [];
  for (const person of sealed.persons) {
    const mention = mentions.get(person);
    const handle = mention && vault.handle(vault.numberOf(entryId, person, mention.ptr));
    if (handle === undefined || handle === 'damaged') return undefined;
    keys.push(handle.key);
  }
  if (keys.length === 0) return undefined;
  const opened = openPart({
    origin,
    entryId: body.id,
    partNumber: body.part?.number ?? 0,
    position,
    sealed,
    keys,
  });
  return opened.ok ? opened.value : undefined;
}
