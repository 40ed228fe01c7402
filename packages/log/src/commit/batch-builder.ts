import { assert, formatCheckpoint, sha256Latin1, type Signer, timeText, treeSize } from '@zegel/core';
import { draftLength, type Drafts, type Fill, fillDraft, isControl } from '../drafts.ts';
import type { Batch, StoredHead } from '../port.ts';
import { type ChainState, SubtreeCollector } from './chain-state.ts';

const HASH = 32;
const LEAF_PREFIX = 0; // RFC 6962 §2.1: leaves are hashed after a zero byte

/** Entries of a full commit at most, usually. */
const MOST_BUFFER = 4_194_304;

/** Longest fill: a control link, an index, prev, recorded. */
const FILL = 200;

/**
 * Bytes of all entries of a commit, each after its leaf prefix. One is used for commit after commit: memory that is
 * given to the collector and taken anew costs more than what is written into it.
 */
export class EntryBuffer {
  #buffer = Buffer.alloc(0);
  #used = 0;

  /** Forgets what it holds. Where a commit outgrew it, those before had too little as well. */
  reset(): void {
    this.#used = 0;
  }

  /** Writes the draft with its gaps filled and returns prefix and entry. */
  push(drafts: Drafts, n: number, fill: Fill): Uint8Array {
    const room = 1 + draftLength(drafts, n) + FILL;
    if (this.#used + room > this.#buffer.length) {
      const size = Math.min(Math.max(2048, 2 * this.#buffer.length), MOST_BUFFER);
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(room, size)); // what was handed out keeps the old one alive
      this.#used = 0;
    }
    const start = this.#used;
    this.#buffer[start] = LEAF_PREFIX;
    this.#used = fillDraft(drafts, n, fill, this.#buffer, start + 1);
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
  readonly #buffer: EntryBuffer;
  readonly #entries: Uint8Array[] = [];
  readonly #leaves: string[] = [];
  readonly #ids: Uint8Array[] = [];
  readonly #parts: number[] = [];
  readonly #subtrees = new SubtreeCollector();
  readonly #scratch = Buffer.alloc(HASH);

  /**
   * @param now the log's clock, ms: `recorded` = max(own clock, previous)
   * @param buffer for the entries; what it held before is overwritten
   */
  constructor(state: ChainState, now: number, buffer: EntryBuffer = new EntryBuffer()) {
    buffer.reset();
    this.#buffer = buffer;
    this.#state = state;
    state.recorded = Math.max(now, state.recorded);
    this.#recorded = timeText(state.recorded);
  }

  get count(): number {
    return this.#entries.length;
  }

  /** Adds the entry of draft `n`. Returns its index; its leaf hash is then `state.prev`. */
  add(drafts: Drafts, n: number, id: Uint8Array, part: number): number {
    const state = this.#state;
    const index = state.size;
    const controlled = isControl(drafts, n);
    const control = controlled ? this.#control() : '';
    const bytes = this.#buffer.push(drafts, n, {
      control,
      index: String(index),
      prev: state.prev,
      recorded: this.#recorded,
    });
    const leaf = sha256Latin1(bytes);
    this.#scratch.write(leaf, 'latin1');
    state.range.append(this.#scratch, this.#subtrees.add);
    state.prev = this.#scratch.toString('base64url');
    if (controlled || index === 0) state.control = { index, leaf: state.prev };
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

  #control(): string {
    const { control } = this.#state;
    assert(control !== undefined, 'only the first entry has no control entry before it');
    return `{"index":${control.index},"leaf":"${control.leaf}"}`;
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
