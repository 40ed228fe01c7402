import { equalBytes, HASH_BYTES, leafHash } from '@zegel/core';
import type { LogReader, StoredEntry } from '@zegel/log';
import type { Notice } from './notice.ts';
import { BLOCK, blockHash, EMPTY_TREE, hashOf, type TrustedTree } from './trusted-tree.ts';

/** Blocks whose leaf hashes are kept once they were found good: 8 kB each. */
const MOST_BLOCKS = 64;

/** Holds every entry that somebody is about to see against the tree that was found good last. */
export class ShownEntries {
  #tree: TrustedTree = EMPTY_TREE;
  readonly #leaves = new Map<number, Uint8Array>();

  /** What is trusted from now on. Complete blocks of a log never change, so that what is kept of them stays good. */
  set tree(tree: TrustedTree) {
    this.#tree = tree;
  }

  get tree(): TrustedTree {
    return this.#tree;
  }

  /** What is wrong with these entries. A missing body is not judged here: whether it may go, other entries say. */
  async check(log: LogReader, entries: readonly StoredEntry[]): Promise<readonly Notice[]> {
    const tree = this.#tree;
    const notices: Notice[] = [];
    for (const entry of entries) {
      const notice =
        ownHash(entry) ?? (entry.index < tree.size ? await this.#trusted(log, tree, entry) : undefined);
      if (notice !== undefined) notices.push(notice);
    }
    return notices;
  }

  async #trusted(
    log: LogReader,
    tree: TrustedTree,
    { index, leafHash: leaf }: StoredEntry,
  ): Promise<Notice | undefined> {
    const block = Math.floor(index / BLOCK);
    const complete = (block + 1) * BLOCK <= tree.size;
    const leaves = complete ? await this.#block(log, tree, block) : tree.tail;
    const at = (index % BLOCK) * HASH_BYTES;
    if (leaves !== undefined && equalBytes(leaves.subarray(at, at + HASH_BYTES), leaf)) return undefined;
    if (leaves !== undefined)
      return { code: 'leaf-hash', index, message: 'not the entry that was found good before' };
    const message = 'the entry, or one near it, is not the one that was found good before';
    return { code: 'tree-hash', index, message };
  }

  async #block(log: LogReader, tree: TrustedTree, block: number): Promise<Uint8Array | undefined> {
    const kept = this.#leaves.get(block);
    if (kept !== undefined) return kept;
    const leaves = await log.leafHashes(block * BLOCK, (block + 1) * BLOCK).catch(ofMissing);
    if (leaves.length !== BLOCK * HASH_BYTES || !equalBytes(blockHash(leaves), hashOf(tree, block)))
      return undefined;
    const [oldest] = this.#leaves.keys();
    if (this.#leaves.size >= MOST_BLOCKS && oldest !== undefined) this.#leaves.delete(oldest);
    this.#leaves.set(block, leaves);
    return leaves;
  }
}

function ownHash({ index, bytes, leafHash: stored }: StoredEntry): Notice | undefined {
  if (bytes === undefined || equalBytes(leafHash(bytes), stored)) return undefined;
  return { code: 'leaf-hash', index, message: 'the stored leaf hash is not the hash of the entry bytes' };
}

/** Where the store lacks hashes there are none to hold an entry against. */
function ofMissing(error: unknown): Uint8Array {
  if (!(error instanceof Error && 'code' in error && error.code === 'STORE_CORRUPT')) throw error;
  return new Uint8Array(0);
}
