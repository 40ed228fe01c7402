import { randomBytes } from 'node:crypto';
import { leafHash } from '@zegel/core';
import type { CommitView, LogStore } from '@zegel/log/port';
import { describe, expect, test } from 'vitest';
import { batchAfter, someEntries } from './batch.ts';
import { append, collect, expectEntries, fresh, hex, type StoreSubject } from './suite-subject.ts';

/** Several store objects on one log, waiting for growth, closing. */
export function lifeSuite(subject: StoreSubject): void {
  describe('concurrent commits', () => concurrencyTests(subject));
  describe('grown', () => grownTests(subject));
  describe('close', () => closeTests(subject));
}

/** Appends an entry that names the one before it, as a chain does. */
function link(store: LogStore, writer: number): Promise<unknown> {
  return store.commit((view: CommitView) => {
    const prev = view.read(view.size - 1, view.size)[0]?.leafHash;
    const text = JSON.stringify({ index: view.size, prev: hex(prev) ?? 'none', writer });
    return batchAfter(view, [new TextEncoder().encode(text)]);
  });
}

function concurrencyTests(subject: StoreSubject): void {
  test('racing builders make one chain, whichever store object they use', async () => {
    const { store, another } = await fresh(subject);
    const stores = [store, await another(), await another(), await another()];
    await Promise.all(stores.flatMap((each, writer) => Array.from({ length: 20 }, () => link(each, writer))));
    const entries = await collect(store.read(0, 1000));
    expect(entries).toHaveLength(80);
    let prev = 'none';
    for (const [index, { bytes = new Uint8Array(), leafHash: stored }] of entries.entries()) {
      expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ index, prev });
      expect(hex(stored)).toBe(hex(leafHash(bytes)));
      prev = hex(stored) ?? '';
    }
    expect(await store.heads(0, 1000, 1000)).toHaveLength(80);
  });

  test('what one store object commits, the others see', async () => {
    const { store, another } = await fresh(subject);
    const other = await another();
    const entries = someEntries(130);
    await append(store, entries.slice(0, 65));
    expect((await other.head())?.size).toBe(65);
    await append(other, entries.slice(65));
    await expectEntries(store, 0, 200, entries);
    await store.close();
    await expectEntries(other, 0, 200, entries);
    await expectEntries(await another(), 0, 200, entries);
  });
}

function grownTests(subject: StoreSubject): void {
  test('resolves at once when there are entries already', async () => {
    const { store } = await fresh(subject);
    await append(store, someEntries(3));
    await expect(store.grown(2)).resolves.toBeUndefined();
  });

  test.each(['its own', "another store object's"])('resolves after %s commit', async (whose) => {
    const { store, another } = await fresh(subject);
    const writer = whose === 'its own' ? store : await another();
    let resolved = 0;
    const waits = [0, 1, 2].map((size) => store.grown(size).then(() => resolved++));
    await append(writer, someEntries(1));
    await waits[0];
    await append(writer, someEntries(1, 1));
    await waits[1];
    expect(resolved).toBe(2);
    await append(writer, someEntries(5, 2));
    await waits[2];
  });

  test('resolves when the signal aborts, before or meanwhile', async () => {
    const { store } = await fresh(subject);
    await store.grown(0, AbortSignal.abort());
    const abort = new AbortController();
    const waiting = store.grown(0, abort.signal);
    setTimeout(() => abort.abort(), 10);
    await waiting;
    expect(await store.head()).toBeUndefined();
  });

  test('ends with STORE_CLOSED when the store is closed', async () => {
    const { store } = await fresh(subject);
    const waiting = store.grown(0).catch((error: unknown) => error);
    await store.close();
    expect(await waiting).toMatchObject({ code: 'STORE_CLOSED' });
  });
}

function closeTests(subject: StoreSubject): void {
  test('a closed store refuses everything, and may be closed again', async () => {
    const { store } = await fresh(subject);
    await append(store, someEntries(1));
    await store.close();
    await store.close();
    const calls: (() => Promise<unknown>)[] = [
      () => append(store, someEntries(1)),
      () => store.head(),
      () => store.heads(0, 1, 1),
      () => collect(store.read(0, 1)),
      () => store.leafHashes(0, 1),
      () => store.subtrees([]),
      () => store.findById(randomBytes(16)),
      () => collect(store.idRows()),
      () => store.prune({ by: 0, ranges: [] }),
      () => store.grown(0),
      () => store.inspect(),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });
}
