import { assert, formatCheckpoint, sha256Latin1, type Signer, timeText, treeSize } from '@zegel/core';
import type { Batch, StoredHead } from '../port.ts';
import { type ChainState, SubtreeCollector } from './chain-state.ts';

const HASH = 32;
const LEAF_PREFIX = 0; // RFC 6962 §2.1: leaves are hashed after a zero byte

/** Bytes of all entries of a commit, each after its leaf prefix, in one buffer that grows. */
class EntryBuffer {
  #buffer: Buffer;
  #used = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** Writes the text and returns prefix and bytes. */
  push(text: string): Buffer {
    const need = this.#used + 1 + text.length * 3;
    if (need > this.#buffer.length) {
      this.#buffer = Buffer.allocUnsafe(Math.max(need, 262_144)); // what was handed out keeps the old one alive
      this.#used = 0;
    }
    const start = this.#used;
    this.#buffer[start] = LEAF_PREFIX;
    this.#used = start + 1 + this.#buffer.write(text, start + 1);
    return this.#buffer.subarray(start, this.#used);
  }
}

/**
 * Chains drafts onto a state: fills index, `prev`, `recorded` and `control`, hashes, extends the tree, signs. The state
 * it was given is advanced; the caller keeps a clone until the store has the batch.
 */
export class BatchBuilder {
  readonly #state: ChainState;
  readonly #recorded: string;
  readonly #buffer = new EntryBuffer(262_144);
  readonly #entries: Uint8Array[] = [];
  readonly #leaves: string[] = [];
  readonly #ids: Uint8Array[] = [];
  readonly #parts: number[] = [];
  readonly #subtrees = new SubtreeCollector();
  readonly #scratch = Buffer.alloc(HASH);

  /** @param now the log's clock, ms: `recorded` = max(own clock, previous) */
  constructor(state: ChainState, now: number) {
    this.#state = state;
    state.recorded = Math.max(now, state.recorded);
    this.#recorded = timeText(state.recorded);
  }

  get count(): number {
    return this.#entries.length;
  }

  /** Adds an entry of four pieces (five where it carries `control`). Returns its index; its leaf hash is then `state.prev`. */
  add(pieces: readonly string[], id: Uint8Array, part: number): number {
    const index = this.#state.size;
    const bytes = this.#buffer.push(this.#splice(pieces, index));
    const leaf = sha256Latin1(bytes);
    this.#scratch.write(leaf, 'latin1');
    this.#state.range.append(this.#scratch, this.#subtrees.add);
    this.#state.prev = this.#scratch.toString('base64url');
    if (pieces.length === 5 || index === 0) this.#state.control = { index, leaf: this.#state.prev };
    this.#entries.push(bytes.subarray(1));
    this.#leaves.push(leaf);
    this.#ids.push(id);
    this.#parts.push(part);
    return index;
  }

  /** The batch with its checkpoint, signed by every signer given (format v1 §2). */
  finish(signers: readonly Signer[]): Batch {
    return {
      entries: this.#entries,
      leafHashes: Buffer.from(this.#leaves.join(''), 'latin1'),
      ids: Buffer.concat(this.#ids),
      parts: this.#parts,
      subtrees: this.#subtrees.subtrees,
      head: signHead(this.#state, signers),
    };
  }

  #splice(pieces: readonly string[], index: number): string {
    const [a, b, c, d, e] = pieces;
    assert(d !== undefined, 'a draft has four or five pieces');
    if (e === undefined) return `${a}${index}${b}${this.#state.prev}${c}${this.#recorded}${d}`;
    const control = this.#state.control;
    assert(control !== undefined, 'only the first entry has no control entry before it');
    return `${a}{"index":${control.index},"leaf":"${control.leaf}"}${b}${index}${c}${this.#state.prev}${d}${this.#recorded}${e}`;
  }
}

/** Signs the head of a state. The key name of a log is its origin. */
function signHead(state: ChainState, signers: readonly Signer[]): StoredHead {
  const root = state.range.root();
  const origin = signers[0]?.name;
  assert(origin !== undefined && state.control !== undefined, 'a head needs a signer and a first entry');
  const text = formatCheckpoint({ origin, size: treeSize(state.size), root });
  const message = Buffer.from(text);
  const signatures = signers.map((s) => Buffer.concat([Buffer.from(s.keyId, 'hex'), s.sign(message)]));
  return {
    size: treeSize(state.size),
    root,
    signatures: Buffer.concat(signatures),
    control: state.control.index,
  };
}
