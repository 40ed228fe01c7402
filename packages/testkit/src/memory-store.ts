import { setTimeout as sleep } from 'node:timers/promises';
import { assert, entryIndex, ZegelError } from '@zegel/core';
import type { Batch, CommitView, LogStore, StoredEntry, StoreErrorCode } from '@zegel/log/port';
import { MemoryPlace } from './memory-place.ts';

/** What the memory store refuses, with the codes of every store. */
export class MemoryStoreError extends ZegelError {
  override readonly name = 'MemoryStoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** How a memory store may be told to make it hard. */
export interface MemoryStoreOptions {
  /** Asked before each commit: true makes it lose a race, so that `build` is called again. */
  readonly loseRace?: () => boolean;
}

const CHUNK = 100;

/**
 * A store in memory that fails loudly when a writer breaks the port's contract: gaps, wrong lengths, a head
 * that does not cover the entries, wrong leaf hashes, roots and subtrees, ids used twice, a view kept after
 * its callback. Several on one {@link MemoryPlace} behave like several processes on one log.
 */
export function memoryStore(
  place: MemoryPlace = new MemoryPlace(),
  options: MemoryStoreOptions = {},
): LogStore {
  const life = new AbortController();
  // A real store answers later, too: tests that rely on an answer in the same tick are found out.
  const turn = async (): Promise<void> => {
    await Promise.resolve();
    if (life.signal.aborted) throw new MemoryStoreError('STORE_CLOSED', 'the store was closed');
  };
  return {
    async commit(build) {
      await turn();
      if (options.loseRace?.() === true) whileViewing(place, build);
      const batch = whileViewing(place, build);
      if (batch !== undefined) place.add(batch);
      return batch;
    },
    head: () => turn().then(() => place.head),
    heads: (from, to, limit) =>
      turn().then(() => place.heads.filter(({ size }) => from <= size && size < to).slice(0, limit)),
    async *read(from, to) {
      await turn();
      for (let at = from; at < Math.min(to, place.entries.length); at += CHUNK) {
        yield entriesOf(place, at, Math.min(at + CHUNK, to));
        await turn();
      }
    },
    leafHashes: (from, to) =>
      turn().then(
        () => new Uint8Array(Buffer.concat(place.entries.slice(from, to).map((entry) => entry.leafHash))),
      ),
    subtrees: (nodes) => turn().then(() => nodes.map(({ level, n }) => place.subtrees.get(`${level}/${n}`))),
    findById: (id) =>
      turn().then(() => {
        const index = place.find(id);
        return index === undefined ? undefined : entryIndex(index);
      }),
    async *idRows() {
      await turn();
      const rows = place.entries.map(({ id, part }, index) => ({ id, part, index }));
      if (rows.length > 0) yield rows.sort((a, b) => Buffer.compare(a.id, b.id) || a.part - b.part);
    },
    prune: (cover) => turn().then(() => place.prune(cover)),
    grown: (size, signal) => grown(place, size, signal, life.signal, turn),
    inspect: () => turn().then(() => []),
    close: () => {
      life.abort();
      return Promise.resolve();
    },
  };
}

function entriesOf(place: MemoryPlace, from: number, to: number): StoredEntry[] {
  return place.entries
    .slice(from, to)
    .map(({ leafHash, bytes }, n) => ({ index: entryIndex(from + n), leafHash, bytes }));
}

function whileViewing(place: MemoryPlace, build: (view: CommitView) => Batch | undefined): Batch | undefined {
  let open = true;
  const inside = () => assert(open, 'memory store: a commit view is used after its callback');
  try {
    return build({
      head: place.head,
      size: place.entries.length,
      find: (id) => {
        inside();
        return place.find(id);
      },
      read: (from, to) => {
        inside();
        return entriesOf(place, from, Math.min(to, place.entries.length));
      },
    });
  } finally {
    open = false;
  }
}

async function grown(
  place: MemoryPlace,
  size: number,
  signal: AbortSignal | undefined,
  life: AbortSignal,
  turn: () => Promise<void>,
): Promise<void> {
  const ends = signal === undefined ? life : AbortSignal.any([life, signal]);
  await turn();
  while (place.entries.length <= size && signal?.aborted !== true) {
    await nextCommit(place, ends);
    await turn();
  }
}

async function nextCommit(place: MemoryPlace, ends: AbortSignal): Promise<void> {
  const wake = new AbortController();
  const watcher = () => wake.abort();
  place.watchers.add(watcher);
  const forever = 2 ** 31 - 1;
  await sleep(forever, undefined, { signal: AbortSignal.any([ends, wake.signal]) }).catch(() => undefined);
  place.watchers.delete(watcher);
}
