import type Database from 'better-sqlite3';
import { SEGMENT_ENTRIES } from '../segment/bits.ts';
import { CHUNK_SPAN } from '../segment/chunk-keys.ts';
import { sound } from '../segment/damaged.ts';
import type { EncodedSegment } from '../segment/encode.ts';

/** A row of the table `segment`. */
export interface SegmentRow {
  readonly slot: number;
  readonly first: number;
  readonly count: number;
  /** Earliest and latest occurred time, ms. */
  readonly low: number;
  readonly high: number;
  /** Leading bits of a person key that choose its bucket. */
  readonly bits: number;
}

/** A row that can be one of ours. @throws DamagedChunk */
export function soundRow(row: SegmentRow): SegmentRow {
  const { first, count, bits } = row;
  const within = first >= 0 && count > 0 && (first % SEGMENT_ENTRIES) + count <= SEGMENT_ENTRIES;
  sound(Number.isSafeInteger(first) && within && bits >= 0 && bits <= 8, 'segment');
  return row;
}

interface ChunkRow {
  readonly id: number;
  readonly data: Buffer;
}

/** The tables `segment` and `chunk`. */
export class SegmentTable {
  readonly #rows: Database.Statement<[], SegmentRow>;
  readonly #get: Database.Statement<[number], Buffer>;
  readonly #range: Database.Statement<[number, number], ChunkRow>;
  readonly #insert: Database.Statement<[number, Uint8Array]>;
  readonly #insertRow: Database.Statement<[SegmentRow]>;
  readonly #removeRow: Database.Statement<[number]>;
  readonly #removeRange: Database.Statement<[number, number]>;

  constructor(db: Database.Database) {
    this.#rows = db.prepare('SELECT slot, first, count, low, high, bits FROM segment ORDER BY first');
    this.#get = db.prepare<[number], Buffer>('SELECT data FROM chunk WHERE id = ?').pluck();
    this.#range = db.prepare('SELECT id, data FROM chunk WHERE id >= ? AND id < ? ORDER BY id');
    this.#insert = db.prepare('INSERT INTO chunk (id, data) VALUES (?, ?)');
    this.#insertRow = db.prepare(
      'INSERT INTO segment (slot, first, count, low, high, bits) VALUES (@slot, @first, @count, @low, @high, @bits)',
    );
    this.#removeRow = db.prepare('DELETE FROM segment WHERE slot = ?');
    this.#removeRange = db.prepare('DELETE FROM chunk WHERE id >= ? AND id < ?');
  }

  /** All segments in index order. */
  list(): readonly SegmentRow[] {
    return this.#rows.all();
  }

  chunk(slot: number, key: number): Uint8Array | undefined {
    return this.#get.get(slot * CHUNK_SPAN + key);
  }

  /** Chunks with `from <= key < to`, ascending by key. */
  chunks(slot: number, from = 0, to: number = CHUNK_SPAN): Map<number, Uint8Array> {
    const base = slot * CHUNK_SPAN;
    return new Map(this.#range.all(base + from, base + to).map((row) => [row.id - base, row.data]));
  }

  /** A whole segment. @throws DamagedChunk */
  load(row: SegmentRow): EncodedSegment {
    return { ...soundRow(row), chunks: this.chunks(row.slot) };
  }

  /** Writes a segment into a free slot. */
  insert(segment: EncodedSegment): void {
    const taken = new Set(this.list().map((row) => row.slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    const { first, count, low, high, bits } = segment;
    this.#insertRow.run({ slot, first, count, low, high, bits });
    for (const key of [...segment.chunks.keys()].sort((a, b) => a - b)) {
      this.#insert.run(slot * CHUNK_SPAN + key, segment.chunks.get(key) ?? new Uint8Array());
    }
  }

  remove(slot: number): void {
    this.#removeRow.run(slot);
    this.#removeRange.run(slot * CHUNK_SPAN, (slot + 1) * CHUNK_SPAN);
  }
}
