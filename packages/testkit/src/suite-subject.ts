import type { Batch, LogStore, StoredEntry } from '@zegel/log/port';
import { expect, onTestFinished } from 'vitest';
import { type BatchParts, batchAfter } from './batch.ts';

/** The store under test, and how to get at one. */
export interface StoreSubject {
  readonly name: string;
  /** Makes an empty store in a place of its own. */
  open(): Promise<LogStore>;
  /** Another store object on the place of one that `open` gave; that one may be open or closed. */
  reopen(store: LogStore): Promise<LogStore>;
  /** Removes the place of a store that `open` gave. All store objects on it have been closed. */
  destroy(store: LogStore): Promise<void>;
}

/** Store objects on one place, closed and removed when the test ends. */
export interface Fresh {
  readonly store: LogStore;
  another(): Promise<LogStore>;
}

/** An empty store for one test. */
export async function fresh(subject: StoreSubject): Promise<Fresh> {
  const store = await subject.open();
  const opened = [store];
  onTestFinished(async () => {
    for (const each of opened) await each.close();
    await subject.destroy(store);
  });
  const another = async () => {
    const other = await subject.reopen(store);
    opened.push(other);
    return other;
  };
  return { store, another };
}

/** Appends entries in one commit. */
export async function append(
  store: LogStore,
  entries: readonly Uint8Array[],
  parts?: BatchParts,
): Promise<Batch> {
  const batch = await store.commit((view) => batchAfter(view, entries, parts));
  expect(batch).toBeDefined();
  return batch as Batch;
}

/** Everything that an async iterable of chunks gives, in one list. */
export async function collect<T>(chunks: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const chunk of chunks) {
    expect(chunk.length).toBeGreaterThan(0);
    all.push(...chunk);
  }
  return all;
}

/** Checks that a store gives exactly these entries for a range. Compared as text, which is quick and readable. */
export async function expectEntries(
  store: LogStore,
  from: number,
  to: number,
  expected: readonly (Uint8Array | undefined)[],
): Promise<StoredEntry[]> {
  const found = await collect(store.read(from, to));
  expect(found.map(({ index }) => index)).toEqual(expected.map((_, n) => from + n));
  expect(found.map(({ bytes }) => hex(bytes))).toEqual(expected.map(hex));
  expect(found.filter(({ damage }) => damage !== undefined)).toEqual([]);
  return found;
}

/** Bytes as hexadecimal text. */
export function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
}

/** The 32-byte hashes in a run of them. */
export function hashesIn(run: Uint8Array): string[] {
  return Array.from({ length: run.length / 32 }, (_, n) => hex(run.subarray(32 * n, 32 * n + 32)) ?? '');
}
