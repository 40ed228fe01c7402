import { b64, fromHex, unb64 } from './bytes.ts';
import { splitEvents } from './check-parts.ts';
import type { JsonObject } from './json.ts';
import {
  type Found,
  type Item,
  inOrder,
  itemsOf,
  type LogFile,
  memberOf,
  numberOf,
  stringsOf,
  subjectsOf,
  textOf,
} from './log-file.ts';
import { type Handle, isMention, numberOf as numberBehind, openingOf } from './persons.ts';
import { openPart, type SealedText } from './sealed.ts';

/** A vault as vectors hold it: bytes as b64. */
export interface VaultFile {
  readonly pointerKey: string;
  readonly handles: readonly {
    readonly number: string;
    readonly salt: string;
    readonly key: string;
    readonly type: string;
    readonly id: string;
  }[];
}

interface Vault {
  readonly origin: string;
  readonly pointerKey: Uint8Array;
  readonly live: ReadonlyMap<string, Handle>;
  /** Index of the retention entry that names a handle. */
  readonly destroyed: ReadonlyMap<string, number>;
  /** Handles told of as unknown. */
  readonly unknown: Set<string>;
}

/** What verification finds when the vault is at hand (format v1, chapter Verification, "With the vault"). */
export function checkVault(log: LogFile, file: VaultFile): readonly Found[] {
  const items = itemsOf(log);
  const vault = openVault(items, file);
  const undead = [...vault.live.keys()].flatMap((number) => {
    const at = vault.destroyed.get(number);
    return at === undefined ? [] : [{ code: 'handle-undead', index: at }];
  });
  const before = subjectsBefore(items);
  // By id and position: a sealed part may be about persons whom another part of its event mentions.
  const opened = new Map<string, Handle>();
  const mentions = items.flatMap((item) => checkMentions(item, before.get(item.at), vault, opened));
  return inOrder([...undead, ...mentions, ...items.flatMap((item) => checkSealed(item, vault, opened))]);
}

function openVault(items: readonly Item[], file: VaultFile): Vault {
  const live = file.handles.map(({ number, salt, key, type, id }): [string, Handle] => {
    return [number, { number: unb64(number), salt: unb64(salt), key: unb64(key), type, id }];
  });
  const destroyed = new Map<string, number>();
  for (const { at, entry } of items) {
    if (entry?.['kind'] !== 'retention') continue;
    for (const number of stringsOf(entry['handles'])) if (!destroyed.has(number)) destroyed.set(number, at);
  }
  return {
    origin: textOf(items[0]?.entry?.['origin']),
    pointerKey: unb64(file.pointerKey),
    live: new Map(live),
    destroyed,
    unknown: new Set(),
  };
}

// Positions run over all parts: subjects in earlier parts, undefined when those are not all there.
function subjectsBefore(items: readonly Item[]): ReadonlyMap<number, number | undefined> {
  const before = new Map<number, number | undefined>();
  for (const { at, entry } of items)
    if (entry !== undefined && entry['part'] === undefined) before.set(at, 0);
  for (const { parts, isWhole } of splitEvents(items)) {
    let sum = 0;
    for (const { at, number, entry } of parts) {
      before.set(at, isWhole || number === 1 ? sum : undefined);
      sum += subjectsOf(entry).length;
    }
  }
  return before;
}

function checkMentions(
  { at, entry }: Item,
  earlier: number | undefined,
  vault: Vault,
  opened: Map<string, Handle>,
): readonly Found[] {
  if (entry === undefined || earlier === undefined) return [];
  const id = fromHex(textOf(entry['id']).replaceAll('-', ''));
  const found: Found[] = [];
  for (const [position, mention] of mentionsOf(entry, earlier)) {
    const number = b64(numberBehind(textOf(mention['ptr']), vault.pointerKey, id, position));
    const handle = vault.live.get(number);
    const end = vault.destroyed.get(number);
    if (end !== undefined && end < at) found.push({ code: 'handle-reused', index: at });
    if (handle === undefined) {
      // The first mention tells of a handle; the others would say the same.
      if (end === undefined && !vault.unknown.has(number)) found.push({ code: 'handle-unknown', index: at });
      vault.unknown.add(number);
    } else if (isMention(textOf(mention['ref']), openingOf(handle.salt, id, position), handle)) {
      opened.set(`${textOf(entry['id'])} ${position}`, handle);
    } else found.push({ code: 'mention-unopened', index: at });
  }
  return found;
}

// Parts of which every mention opens must open, and to what was committed to.
function checkSealed(
  { at, entry }: Item,
  vault: Vault,
  opened: ReadonlyMap<string, Handle>,
): readonly Found[] {
  const found: Found[] = [];
  const parts = (entry?.['sealed'] ?? []) as unknown as readonly SealedText[];
  for (const [position, sealed] of parts.entries()) {
    if (entry === undefined) continue;
    const entryId = textOf(entry['id']);
    const handles = sealed.persons.map((person) => opened.get(`${entryId} ${person}`));
    const keys = handles.flatMap((handle) => (handle === undefined ? [] : [handle.key]));
    if (keys.length < handles.length) continue;
    const place = { origin: vault.origin, entryId, partNumber: numberIn(entry), position };
    if (typeof openPart(place, sealed, keys) === 'string')
      found.push({ code: 'commitment-wrong', index: at });
  }
  return found;
}

function numberIn(entry: JsonObject): number {
  const part = memberOf(entry, 'part');
  return part === undefined ? 0 : numberOf(part['number']);
}

function mentionsOf(entry: JsonObject, earlier: number): readonly (readonly [number, JsonObject])[] {
  const person = memberOf(memberOf(entry, 'actor'), 'person');
  const behalf = memberOf(entry, 'onBehalfOf');
  return [
    ...(person === undefined ? [] : [[0, person] as const]),
    ...(behalf === undefined ? [] : [[1, behalf] as const]),
    ...subjectsOf(entry).map((subject, i) => [2 + earlier + i, subject] as const),
  ];
}

/** A handle as vectors hold it. */
export function handleText(handle: Handle): VaultFile['handles'][number] {
  const { number, salt, key, type, id } = handle;
  return { number: b64(number), salt: b64(salt), key: b64(key), type, id };
}
