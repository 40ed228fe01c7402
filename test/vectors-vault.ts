/** The vault's questions, answered with the packages' functions for mentions and sealed parts. */
import {
  type ActorMention,
  decodeBase64url,
  type Entry,
  encodeBase64url,
  type Mention,
  mentionOpening,
  mentionRef,
  openPart,
  openPtr,
  parseUuid,
  type SealedPart,
  type SubjectMention,
} from '@zegel/core';
import type { VaultFile } from './reference/check-vault.ts';
import { type Found, inOrder, type LogFile } from './reference/log-file.ts';

interface Persons {
  readonly actor?: ActorMention;
  readonly onBehalfOf?: Mention;
  readonly subjects?: readonly SubjectMention[];
  readonly sealed?: readonly SealedPart[];
}
type Handle = VaultFile['handles'][number];

/** Handles by number, and by position in an event (`id position`). */
interface Known {
  readonly vault: VaultFile;
  readonly live: ReadonlyMap<string, Handle>;
  readonly destroyed: ReadonlyMap<string, number>;
  readonly behind: Map<string, Handle>;
  readonly unknown: Set<string>;
}

export function vaultFindings(log: LogFile, vault: VaultFile): readonly Found[] {
  const texts = log.entries.filter((stored) => typeof stored === 'string');
  const entries = texts.map((text) => JSON.parse(text) as Entry);
  const numbers = entries.flatMap((entry, at) =>
    entry.kind === 'retention' ? entry.handles.map((n) => [n, at] as const) : [],
  );
  const live = new Map(vault.handles.map((handle) => [handle.number, handle]));
  const known: Known = { vault, live, destroyed: new Map(numbers), behind: new Map(), unknown: new Set() };
  const undead = numbers.flatMap(([number, index]) =>
    live.has(number) ? [{ code: 'handle-undead', index }] : [],
  );
  const subjects = new Map<string, number>();
  const mentions = entries.flatMap((entry, at) => {
    const earlier = subjects.get(entry.id) ?? 0;
    subjects.set(entry.id, earlier + ((entry as Persons).subjects?.length ?? 0));
    return mentionFindings(entry, at, earlier, known);
  });
  const [genesis] = entries;
  const origin = genesis?.kind === 'genesis' ? genesis.origin : '';
  return inOrder([
    ...undead,
    ...mentions,
    ...entries.flatMap((entry, at) => partFindings(entry, at, origin, known)),
  ]);
}

function mentionFindings(entry: Entry, index: number, earlier: number, known: Known): readonly Found[] {
  const { actor, onBehalfOf, subjects = [] } = entry as Persons;
  const at: readonly (readonly [number, Mention | undefined])[] = [
    [0, actor?.person],
    [1, onBehalfOf],
    ...subjects.map((subject, i) => [2 + earlier + i, subject] as const),
  ];
  return at.flatMap(([position, mention]) => {
    const code = mention === undefined ? undefined : mentionCode(entry.id, index, position, mention, known);
    return code === undefined ? [] : [{ code, index }];
  });
}

function mentionCode(
  id: string,
  index: number,
  position: number,
  mention: Mention,
  known: Known,
): string | undefined {
  const entryId = parseUuid(id);
  const number = encodeBase64url(
    openPtr(mention.ptr, decodeBase64url(known.vault.pointerKey), entryId, position),
  );
  const handle = known.live.get(number);
  const end = known.destroyed.get(number);
  if (end !== undefined && end < index) return 'handle-reused';
  if (handle === undefined) {
    if (end !== undefined || known.unknown.has(number)) return undefined;
    known.unknown.add(number);
    return 'handle-unknown';
  }
  const opening = mentionOpening(decodeBase64url(handle.salt), entryId, position);
  if (mentionRef(opening, handle.type, handle.id) !== mention.ref) return 'mention-unopened';
  known.behind.set(`${id} ${position}`, handle);
  return undefined;
}

function partFindings(entry: Entry, index: number, origin: string, { behind }: Known): readonly Found[] {
  const parts = (entry as Persons).sealed ?? [];
  return parts.flatMap((sealed, position) => {
    const handles = sealed.persons.map((person) => behind.get(`${entry.id} ${person}`));
    const keys = handles.flatMap((handle) => (handle === undefined ? [] : [decodeBase64url(handle.key)]));
    if (keys.length < handles.length) return [];
    const place = { origin, entryId: entry.id, partNumber: entry.part?.number ?? 0, position };
    return openPart({ ...place, sealed, keys }).ok ? [] : [{ code: 'commitment-wrong', index }];
  });
}
