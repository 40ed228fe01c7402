import { b64, fromHex, unb64, utf8 } from './bytes.ts';
import { readEntry } from './entry-rules.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { leafHash } from './tree.ts';
import { type EntryCode, msOf } from './values.ts';

/** A stored entry in a vector: its text; or text and the leaf hash stored with it; or bytes in hex; or a leaf without its body. */
export type StoredItem = string | { readonly text?: string; readonly hex?: string; readonly leaf?: string };

/** A log as vectors hold it. */
export interface LogFile {
  readonly entries: readonly StoredItem[];
  /** Signed notes, ascending. */
  readonly checkpoints: readonly string[];
}

/** One entry, read as far as it can be. */
export interface Item {
  readonly at: number;
  readonly leaf: Uint8Array;
  readonly isPruned: boolean;
  readonly wrongLeaf: boolean;
  readonly problem: EntryCode | undefined;
  /** What the JSON says, also of an entry with a problem; undefined when there is none. */
  readonly object: JsonObject | undefined;
  /** The entry, when nothing is wrong with it. */
  readonly entry: JsonObject | undefined;
}

export function itemsOf(log: LogFile): readonly Item[] {
  return log.entries.map(itemOf);
}

function itemOf(stored: StoredItem, at: number): Item {
  const { text, hex, leaf } = typeof stored === 'string' ? { text: stored } : stored;
  const bytes = hex !== undefined ? fromHex(hex) : text !== undefined ? utf8(text) : undefined;
  if (bytes === undefined) {
    const missing = {
      isPruned: true,
      wrongLeaf: false,
      problem: undefined,
      object: undefined,
      entry: undefined,
    };
    return { at, leaf: unb64(leaf ?? ''), ...missing };
  }
  const computed = leafHash(bytes);
  const { problem, object } = readEntry(bytes);
  return {
    at,
    leaf: leaf === undefined ? computed : unb64(leaf),
    isPruned: false,
    wrongLeaf: leaf !== undefined && leaf !== b64(computed),
    problem,
    object,
    entry: problem === undefined ? object : undefined,
  };
}

/** A member that is an object. */
export function memberOf(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

export function stringsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((one: Json) => textOf(one)) : [];
}

/** `recorded` of an item, where it can be read. */
export function recordedOf(item: Item): number | undefined {
  return msOf(textOf(item.object?.['recorded']));
}

/** Subjects that an entry carries. */
export function subjectsOf(entry: JsonObject | undefined): readonly JsonObject[] {
  const subjects = entry?.['subjects'];
  return Array.isArray(subjects) ? subjects.filter((one: Json): one is JsonObject => isObject(one)) : [];
}

/** What is found, with the position of the entry concerned where there is one. */
export interface Found {
  readonly code: string;
  readonly index?: number;
}

/** Found things in one order: by index, then by code. */
export function inOrder(found: readonly Found[]): readonly Found[] {
  return [...found].sort(
    (a, b) => (a.index ?? -1) - (b.index ?? -1) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
