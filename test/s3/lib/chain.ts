import { createHash } from 'node:crypto';
import { CompactRange, formatCheckpoint, leafHash, type Signer } from '@zegel/core';
import type { Batch, CommitView, StoredHead, Subtree } from '@zegel/log/port';

/** What one writer wants in the log, by a name that nobody else uses. */
export type Item = string;

/** The id of an item: always the same, so that an item which got there all the same is found again. */
export function idOf(item: Item): Uint8Array {
  const id = new Uint8Array(createHash('sha256').update(item).digest().subarray(0, 16));
  id[6] = 0x80 | ((id[6] ?? 0) & 0x0f);
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f);
  return id;
}

/** The entry of an item at an index. */
function entryOf(item: Item, index: number, id: Uint8Array): Uint8Array {
  const hex = Buffer.from(id).toString('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const noise = createHash('sha512').update(item).digest('base64url');
  return Buffer.from(
    `{"id":"${uuid}","index":${index},"item":"${item}","kind":"access","noise":"${noise}","v":1}`,
  );
}

/** Builds batches as a log does: with the edge of the tree that it knows, and heads that are truly signed. */
export class Chain {
  readonly #signer: Signer;
  #edge = CompactRange.empty();

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** The batch of those items that are not below the head, undefined where all are; `found` takes where each of them is. */
  build(view: CommitView, items: readonly Item[], found: Map<Item, number>): Batch | undefined {
    if (view.size < this.#edge.size)
      throw new Error(`the head went back from ${this.#edge.size} to ${view.size}`);
    for (const { leafHash: hash } of view.read(this.#edge.size, view.size)) this.#edge.append(hash);
    found.clear();
    const entries: Uint8Array[] = [];
    const ids: Uint8Array[] = [];
    for (const item of items) {
      const id = idOf(item);
      const known = view.find(id);
      found.set(item, known ?? view.size + entries.length);
      if (known !== undefined) continue;
      entries.push(entryOf(item, view.size + entries.length, id));
      ids.push(id);
    }
    return entries.length === 0 ? undefined : this.#batch(entries, ids);
  }

  #batch(entries: readonly Uint8Array[], ids: readonly Uint8Array[]): Batch {
    const range = this.#edge.clone();
    const subtrees: Subtree[] = [];
    const hashes = entries.map(leafHash);
    for (const hash of hashes)
      range.append(hash, (level, n, subtree) => subtrees.push({ level, n, hash: subtree }));
    return {
      entries,
      leafHashes: new Uint8Array(Buffer.concat(hashes)),
      ids: new Uint8Array(Buffer.concat(ids)),
      parts: entries.map(() => 0),
      subtrees,
      head: signedHead(this.#signer, range),
    };
  }
}

function signedHead(signer: Signer, range: CompactRange): StoredHead {
  const root = range.root();
  const text = formatCheckpoint({ origin: signer.name, size: range.size, root });
  const signatures = Buffer.concat([Buffer.from(signer.keyId, 'hex'), signer.sign(Buffer.from(text))]);
  return { size: range.size, root, signatures: new Uint8Array(signatures), control: 0 };
}
