import { entryIndex } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { leafHashesOf } from '../replica/hashes.ts';
import type { SegmentRow } from '../replica/rows.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { truthOf } from '../truth.ts';
import { type Body, fetched, unpacked } from './bodies.ts';
import { type Context, trustNext } from './context.ts';
import type { Follower } from './follower.ts';
import { letGo } from './let-go.ts';
import { segmentKey } from './keys.ts';
import { segmentsIn } from './rows-of.ts';
import { withinBytes } from './within-bytes.ts';

const HASH = 32;
/** Objects on their way or waiting, packed. */
const AHEAD = { width: 6, bytes: 8 * 2 ** 20, weigh: ({ size }: SegmentRow): number => size };
const NO_HASH = new Uint8Array(HASH);

/** Reads entries as they stand in the bucket. */
export class Scanner {
  readonly #context: Context;
  readonly #follower: Follower;

  constructor(context: Context, follower: Follower) {
    this.#context = context;
    this.#follower = follower;
  }

  /** Entries of a range; beyond a hole in the log, those of segments that the log's key has signed. */
  async *entries(from: number, to: number): AsyncGenerator<readonly StoredEntry[], void> {
    if (!(from < to)) return;
    await this.#upTo(to);
    const { replica } = this.#context;
    const rows = segmentsIn(replica, from, to);
    const objects = withinBytes(rows, AHEAD, async (row) => ({
      row,
      found: await fetched(this.#context, row),
    }));
    for await (const { row, found } of objects) {
      const body = await unpacked(this.#context, row, found);
      if (found instanceof Uint8Array) letGo(found.buffer);
      // Whoever asks for a piece of one often asks for more of it; who reads on and on does not.
      const isPiece = row.first <= from && to <= row.first + row.count;
      if (body.kind === 'segment' && isPiece) this.#context.cache.put(body.version, body.segment);
      const entries = this.#entriesOf(row, body, from, to);
      if (entries.length > 0) yield entries;
    }
    for (const first of this.#beyond(to)) {
      const segment = await this.#stray(first);
      const entries = segment === undefined ? [] : entriesOf(segment, from, to);
      if (entries.length > 0) yield entries;
    }
  }

  /** Leaf hashes of a range, clipped at the last entry. @throws StoreError `STORE_CORRUPT` where a segment before it is missing */
  async leafHashes(from: number, to: number): Promise<Uint8Array> {
    if (!(from < to)) return new Uint8Array(0);
    await this.#upTo(to);
    const hashes = this.#context.replica.read((rows) => leafHashesOf(rows, from, to));
    if (hashes.length === HASH * (to - from)) return hashes;
    const { next } = this.#context.replica.state();
    for (const first of this.#beyond(to))
      if ((await this.#stray(first)) !== undefined)
        throw new StoreError('STORE_CORRUPT', `${segmentKey(next)} is missing`, { index: next });
    return hashes;
  }

  /** Takes in what there is when more is asked for than is known. */
  async #upTo(to: number): Promise<void> {
    if (to > this.#context.replica.state().next) await this.#follower.refresh();
  }

  #beyond(to: number): readonly number[] {
    const { next } = this.#context.replica.state();
    return this.#follower.beyond.filter((first) => first >= next && first < to);
  }

  /** A segment that the log's key has signed and that does not chain on what there is. */
  async #stray(first: number): Promise<Segment | undefined> {
    const { bucket, replica } = this.#context;
    const trust = trustNext(this.#context, replica.state());
    const { segment } = await truthOf(bucket, segmentKey(first), (found) => found.first === first, trust);
    return segment;
  }

  #entriesOf(row: SegmentRow, body: Body, from: number, to: number): readonly StoredEntry[] {
    if (body.kind === 'segment') return entriesOf(body.segment, from, to);
    const start = Math.max(from, row.first);
    const end = Math.min(to, row.first + row.count);
    const hashes = this.#context.replica.read((rows) => leafHashesOf(rows, start, end));
    return Array.from({ length: Math.max(0, end - start) }, (_, n) => ({
      index: entryIndex(start + n),
      leafHash: hashes.length >= HASH * (n + 1) ? hashes.subarray(HASH * n, HASH * (n + 1)) : NO_HASH,
      bytes: undefined,
      damage: body.reason,
    }));
  }
}

function entriesOf(segment: Segment, from: number, to: number): StoredEntry[] {
  const { first, count, entries, leafHashes } = segment;
  const found: StoredEntry[] = [];
  for (let index = Math.max(from, first); index < Math.min(to, first + count); index++) {
    const n = index - first;
    found.push({
      index: entryIndex(index),
      leafHash: leafHashes.subarray(HASH * n, HASH * (n + 1)),
      bytes: entries[n],
    });
  }
  return found;
}
