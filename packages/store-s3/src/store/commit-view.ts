import { assert, type EntryIndex, entryIndex } from '@zegel/core';
import type { CommitView, StoredEntry, StoredHead } from '@zegel/log/port';
import { leafHashesOf } from '../replica/hashes.ts';
import { findId, segmentAt } from '../replica/lookups.ts';
import type { SegmentRow } from '../replica/rows.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { bodyOf } from './bodies.ts';
import type { Context } from './context.ts';
import { inOrder } from './in-order.ts';
import { segmentsFrom } from './rows-of.ts';

const HASH = 32;
const AHEAD = 8;

/** Segments whose bodies one commit has looked at: kept until it ends, so that building again gets further each time. */
export class Pinned {
  readonly #segments = new Map<number, Segment>();

  get(row: SegmentRow): Segment | undefined {
    return this.#segments.get(row.first);
  }

  add(segment: Segment): void {
    this.#segments.set(segment.first, segment);
  }

  /** Fetches from `row` on, twice as much each time: a builder that reads on and on is called few times. */
  async fetch(context: Context, row: SegmentRow): Promise<void> {
    const count = 1 + this.#segments.size;
    const rows = segmentsFrom(context.replica, row.first, count);
    for await (const body of inOrder(rows, AHEAD, (each) => bodyOf(context, each))) {
      if (body.kind === 'segment') this.add(body.segment);
      else throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
    }
  }
}

/** What a builder sees. Bodies are there when they are asked for, or `missing` says which are to be fetched first. */
export class View implements CommitView {
  readonly head: StoredHead | undefined;
  readonly size: number;
  /** First segment that a builder asked for and that is not at hand. */
  missing: SegmentRow | undefined;
  readonly #context: Context;
  readonly #pinned: Pinned;
  #row: SegmentRow | undefined;
  #isOpen = true;

  constructor(context: Context, pinned: Pinned, size: number, head: StoredHead | undefined) {
    this.#context = context;
    this.#pinned = pinned;
    this.size = size;
    this.head = head;
  }

  find(id: Uint8Array): number | undefined {
    this.#check();
    const index = this.#context.replica.read((rows) => findId(rows, id));
    return index !== undefined && index < this.size ? index : undefined;
  }

  read(from: number, to: number): readonly StoredEntry[] {
    this.#check();
    const start = Math.max(0, from);
    const end = Math.min(to, this.size);
    const hashes = this.#context.replica.read((rows) => leafHashesOf(rows, start, end));
    return Array.from(
      { length: hashes.length / HASH },
      (_, n) => new ViewEntry(this, start + n, hashes.subarray(HASH * n, HASH * (n + 1))),
    );
  }

  /** Body of an entry, undefined where it was pruned. @throws Error when it is to be fetched first */
  bytesOf(index: number): Uint8Array | undefined {
    const row = this.#rowOf(index);
    const segment = this.#pinned.get(row) ?? this.#context.cache.get(row.version);
    if (segment !== undefined) {
      this.#pinned.add(segment);
      return segment.entries[index - row.first];
    }
    this.missing ??= row;
    throw new Error('a body is fetched first, then the commit is built again');
  }

  /** Nothing may be asked of it from now on. */
  end(): void {
    this.#isOpen = false;
  }

  #rowOf(index: number): SegmentRow {
    const known = this.#row;
    if (known !== undefined && known.first <= index && index < known.first + known.count) return known;
    const row = this.#context.replica.read((rows) => segmentAt(rows, index));
    assert(row !== undefined, 'an entry below the head is in a segment');
    this.#row = row;
    return row;
  }

  #check(): void {
    assert(this.#isOpen, 'a commit view is used after its callback');
  }
}

/** An entry whose body is looked up when it is asked for: most builders ask for few. */
class ViewEntry implements StoredEntry {
  readonly index: EntryIndex;
  readonly leafHash: Uint8Array;
  readonly #view: View;

  constructor(view: View, index: number, leafHash: Uint8Array) {
    this.#view = view;
    this.index = entryIndex(index);
    this.leafHash = leafHash;
  }

  get bytes(): Uint8Array | undefined {
    return this.#view.bytesOf(this.index);
  }
}
