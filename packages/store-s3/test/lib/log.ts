import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash } from '@zegel/core';
import type { CommitView, LogStore, StoredEntry, StoreOptions } from '@zegel/log/port';
import { openStore } from '../../src/index.ts';
import { batchAfter, SUITE_SIGNER } from '@zegel/testkit';
import { expect, onTestFinished } from 'vitest';

/** A folder that goes when the test ends. */
export async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'zegel-s3-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** A store with the key of the suite, closed when the test ends. */
export async function open(
  url: string,
  mode: StoreOptions['mode'],
  options: Partial<StoreOptions> = {},
): Promise<LogStore> {
  const store = await openStore(url, {
    mode,
    ...(mode === 'read' ? {} : { signer: SUITE_SIGNER }),
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

/** Appends entries of these texts. */
export function append(store: LogStore, ...entries: readonly string[]): Promise<unknown> {
  return store.commit((view) =>
    batchAfter(
      view,
      entries.map((text) => new TextEncoder().encode(text)),
    ),
  );
}

/** Appends `count` entries that name the one before the first of them, as a chain does. */
export function link(store: LogStore, writer: string, count = 1): Promise<unknown> {
  return store.commit((view: CommitView) => {
    const prev = view.read(view.size - 1, view.size)[0]?.leafHash;
    const entry = (n: number) => JSON.stringify({ index: view.size + n, prev: hex(prev), writer, n });
    return batchAfter(
      view,
      Array.from({ length: count }, (_, n) => new TextEncoder().encode(entry(n))),
    );
  });
}

/** All entries of a store. */
export async function everything(store: LogStore): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  for await (const chunk of store.read(0, Number.MAX_SAFE_INTEGER)) all.push(...chunk);
  return all;
}

/** The texts of all entries, undefined where a body is gone. */
export async function texts(store: LogStore): Promise<(string | undefined)[]> {
  const entries = await everything(store);
  return entries.map(({ bytes }) => (bytes === undefined ? undefined : Buffer.from(bytes).toString()));
}

/** Checks that entries which {@link link} made are one chain; returns who wrote how many. */
export async function checkChain(store: LogStore): Promise<Map<string, number>> {
  const entries = await everything(store);
  const counts = new Map<string, number>();
  let before = 'none';
  let last = 'none';
  for (const [index, { bytes = new Uint8Array(), leafHash: stored }] of entries.entries()) {
    const { writer, n, ...rest } = JSON.parse(Buffer.from(bytes).toString()) as {
      writer: string;
      n: number;
    };
    if (n === 0) before = last;
    expect(rest).toEqual({ index, prev: before });
    expect(hex(stored)).toBe(hex(leafHash(bytes)));
    counts.set(writer, (counts.get(writer) ?? 0) + 1);
    last = hex(stored);
  }
  return counts;
}

/** Bytes as text. */
export function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? 'none' : Buffer.from(bytes).toString('hex');
}
