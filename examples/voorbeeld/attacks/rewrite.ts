import {
  canonicalize,
  CompactRange,
  type Entry,
  encodeBase64url,
  formatCheckpoint,
  type JsonValue,
  leafHash,
  parseUuid,
  type Signer,
  treeSize,
} from '@zegel/core';
import type { Batch, LogStore, StoredEntry, StoredHead, Subtree } from '@zegel/log';
import { openStore } from '@zegel/store-sqlite';

/** How a log is written anew by somebody who has its file, and knows the format as well as we do. */
export interface Rewriting {
  /** Gives the entry as the attacker would have it; the same object leaves it alone. */
  readonly edit: (entry: Entry) => Entry;
  /** Recomputes chain, hashes and tree over what was edited; else the old ones stay. */
  readonly rechain?: boolean;
  /** Signs the checkpoints anew; else the old ones stay. */
  readonly signer?: Signer;
  /** Leaves out every commit beyond this size. */
  readonly until?: number;
}

const BATCH = 1000;

/** Writes the log in `from` anew to the folder `to`, edited. */
export async function rewrite(from: string, to: string, rewriting: Rewriting): Promise<void> {
  const old = await openStore(from, { mode: 'read' });
  const made = await openStore(to, { mode: 'create' });
  try {
    const forger = new Forger(rewriting);
    for await (const head of headsOf(old)) {
      if (head.size > (rewriting.until ?? Number.POSITIVE_INFINITY)) break;
      const entries: StoredEntry[] = [];
      for await (const chunk of old.read(forger.size, head.size)) entries.push(...chunk);
      const batch = forger.batch(entries, head);
      await made.commit(() => batch);
    }
  } finally {
    await old.close();
    await made.close();
  }
}

async function* headsOf(store: LogStore): AsyncGenerator<StoredHead> {
  for (let from = 1; ; ) {
    const heads = await store.heads(from, Number.MAX_SAFE_INTEGER, BATCH);
    yield* heads;
    const last = heads.at(-1);
    if (last === undefined) return;
    from = last.size + 1;
  }
}

class Forger {
  readonly #rewriting: Rewriting;
  readonly #range = CompactRange.empty();
  #prev = '';
  #control = { index: 0, leaf: '' };

  constructor(rewriting: Rewriting) {
    this.#rewriting = rewriting;
  }

  get size(): number {
    return this.#range.size;
  }

  batch(stored: readonly StoredEntry[], head: StoredHead): Batch {
    const subtrees: Subtree[] = [];
    const rows = stored.map((each) => this.#forge(each, subtrees));
    return batchOf(rows, subtrees, this.#head(head));
  }

  #forge({ bytes, leafHash: hash }: StoredEntry, subtrees: Subtree[]): Row {
    const old = JSON.parse(Buffer.from(bytes ?? []).toString()) as Entry;
    const entry = this.#chained(this.#rewriting.edit(old));
    const forged = new TextEncoder().encode(canonicalize(entry as unknown as JsonValue));
    const leaf = this.#rewriting.rechain === true ? leafHash(forged) : hash;
    this.#range.append(leaf, (level, n, above) => subtrees.push({ level, n, hash: above }));
    this.#prev = encodeBase64url(leaf);
    if (entry.kind !== 'access') this.#control = { index: entry.index, leaf: this.#prev };
    return { bytes: forged, leaf, id: parseUuid(entry.id), part: entry.part?.number ?? 0 };
  }

  #chained(entry: Entry): Entry {
    if (this.#rewriting.rechain !== true || this.size === 0) return entry;
    const chained = { ...entry, prev: this.#prev };
    return 'control' in chained ? { ...chained, control: this.#control } : chained;
  }

  #head(head: StoredHead): StoredHead {
    const { signer } = this.#rewriting;
    if (signer === undefined) return head;
    const root = this.#range.root();
    const text = formatCheckpoint({ origin: signer.name, size: treeSize(head.size), root });
    const signature = signer.sign(new TextEncoder().encode(text));
    return { ...head, root, signatures: Buffer.concat([Buffer.from(signer.keyId, 'hex'), signature]) };
  }
}

interface Row {
  readonly bytes: Uint8Array;
  readonly leaf: Uint8Array;
  readonly id: Uint8Array;
  readonly part: number;
}

function batchOf(rows: readonly Row[], subtrees: readonly Subtree[], head: StoredHead): Batch {
  return {
    entries: rows.map(({ bytes }) => bytes),
    leafHashes: Buffer.concat(rows.map(({ leaf }) => leaf)),
    ids: Buffer.concat(rows.map(({ id }) => id)),
    parts: rows.map(({ part }) => part),
    subtrees,
    head,
  };
}
