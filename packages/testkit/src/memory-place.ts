import { CompactRange } from '@zegel/core';
import type { Batch, Cover, StoredHead } from '@zegel/log/port';
import { checkBatch, checkCover, idKey } from './memory-checks.ts';

/** An entry as kept in memory. */
export interface KeptEntry {
  readonly leafHash: Uint8Array;
  readonly id: Uint8Array;
  readonly part: number;
  bytes: Uint8Array | undefined;
}

/** Where memory stores keep a log: several store objects may share one, like processes share a file. */
export class MemoryPlace {
  readonly entries: KeptEntry[] = [];
  readonly heads: StoredHead[] = [];
  readonly subtrees: Map<string, Uint8Array> = new Map();
  /** Index of every (id, part). */
  readonly ids: Map<string, number> = new Map();
  readonly covers: Cover[] = [];
  /** Called after each commit. */
  readonly watchers: Set<() => void> = new Set();
  #edge: CompactRange = CompactRange.empty();

  get head(): StoredHead | undefined {
    return this.heads.at(-1);
  }

  /** Appends a batch whole, after every check that a test could want. */
  add(batch: Batch): void {
    this.#edge = checkBatch(this, this.#edge, batch);
    for (const [n, entry] of batch.entries.entries()) {
      const id = batch.ids.slice(16 * n, 16 * n + 16);
      const part = batch.parts[n] ?? 0;
      this.ids.set(idKey(id, part), this.entries.length);
      // Copies, so that a writer who reuses its buffers is found out.
      const leafHash = batch.leafHashes.slice(32 * n, 32 * n + 32);
      this.entries.push({ leafHash, id, part, bytes: entry?.slice() });
    }
    for (const { level, n, hash } of batch.subtrees) this.subtrees.set(`${level}/${n}`, hash.slice());
    const { size, root, signatures, control } = batch.head;
    this.heads.push({ size, root: root.slice(), signatures: signatures.slice(), control });
    for (const watcher of this.watchers) watcher();
  }

  prune(cover: Cover): void {
    checkCover(this, cover);
    this.covers.push(cover);
    for (const [first, last] of cover.ranges) {
      for (const entry of this.entries.slice(first, last + 1)) entry.bytes = undefined;
    }
  }

  /** Index of the first entry with an id. */
  find(id: Uint8Array): number | undefined {
    return this.ids.get(idKey(id, 0)) ?? this.ids.get(idKey(id, 1));
  }
}
