import { type Finding, RangeInspector } from '@zegel/core';
import type { LogStore, StoredEntry } from '../port.ts';
import type { Slice } from './inspect-protocol.ts';

/** Entries in one slice, about: what posting one costs is then little beside what inspecting them does. */
const SLICE = 2048;

/**
 * Reads entries `from` to `to` and inspects each. The last slice says what of the range is missing.
 */
export async function* inspectRange(store: LogStore, from: number, to: number): AsyncGenerator<Slice> {
  const inspector = new RangeInspector();
  let damages: Finding[] = [];
  let next = from;
  for await (const entries of store.read(from, to)) {
    for (const entry of entries) {
      if (entry.index !== next || entry.damage !== undefined) damages.push(...damagesOf(entry, next));
      next = entry.index + 1;
      inspector.next(entry.index, entry.bytes, entry.leafHash);
    }
    if (inspector.count < SLICE) continue;
    yield sliceOf(inspector, damages, false);
    damages = [];
  }
  damages.push(...missing(next, to));
  yield sliceOf(inspector, damages, true);
}

function sliceOf(inspector: RangeInspector, damages: readonly Finding[], end: boolean): Slice {
  return { kind: 'slice', count: inspector.count, items: inspector.take(), damages, end };
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
