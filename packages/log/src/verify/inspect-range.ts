import {
  CompactRange,
  type Finding,
  inspectEntry,
  type Inspection,
  packInspections,
  prunedLeaf,
  type PrunedLeaf,
} from '@zegel/core';
import type { LogStore, StoredEntry } from '../port.ts';
import type { Slice } from './inspect-protocol.ts';

const GROUP = 256;

/**
 * Reads entries `from` to `to`, `from` a multiple of 256 unless it is the first of all, and inspects each. The last
 * slice is empty and says what of the range is missing.
 */
export async function* inspectRange(store: LogStore, from: number, to: number): AsyncGenerator<Slice> {
  const groups = new Groups();
  let next = from;
  for await (const entries of store.read(from, to)) {
    const damages: Finding[] = [];
    const items: (Inspection | PrunedLeaf)[] = [];
    for (const entry of entries) {
      damages.push(...damagesOf(entry, next));
      next = entry.index + 1;
      items.push(inspect(entry));
      groups.add(entry.leafHash);
    }
    yield {
      kind: 'slice',
      items: packInspections(items),
      first: entries[0]?.index ?? from,
      damages,
      subtrees: groups.take(),
      end: false,
    };
  }
  yield {
    kind: 'slice',
    items: packInspections([]),
    first: next,
    damages: missing(next, to),
    subtrees: new Uint8Array(0),
    end: true,
  };
}

function damagesOf({ index, damage }: StoredEntry, expected: number): Finding[] {
  const found: Finding[] = [];
  if (index !== expected)
    found.push({
      code: 'store-damaged',
      index: Math.min(expected, index),
      message: `entry ${index} is stored where ${expected} belongs`,
    });
  if (damage !== undefined) found.push({ code: 'store-damaged', index, message: damage });
  return found;
}

function missing(next: number, to: number): Finding[] {
  if (next >= to || to === Number.MAX_SAFE_INTEGER) return [];
  return [{ code: 'store-damaged', index: next, message: `entries ${next} to ${to - 1} are not stored` }];
}

function inspect(entry: StoredEntry): Inspection | PrunedLeaf {
  return entry.bytes === undefined ? prunedLeaf(entry.leafHash) : inspectEntry(entry.bytes, entry.leafHash);
}

/** Roots of full groups of 256 leaves. */
class Groups {
  #range = CompactRange.empty();
  #roots: Uint8Array[] = [];

  add(leaf: Uint8Array): void {
    this.#range.append(leaf);
    if (this.#range.size < GROUP) return;
    this.#roots.push(this.#range.root());
    this.#range = CompactRange.empty();
  }

  take(): Uint8Array {
    const roots = Buffer.concat(this.#roots);
    this.#roots = [];
    return roots;
  }
}
