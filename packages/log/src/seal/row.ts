import type { EntryDraft } from '@zegel/core';
import { DraftWriter } from '../drafts.ts';
import { FLAG, type SealedBatch } from '../protocol.ts';

const ID = 16;
const MAC = 32;

/** One sealed event, ready to be chained. */
export interface SealedRow {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** Each part's draft. None for an event that stands in the log already. */
  readonly drafts: readonly EntryDraft[];
  /** {@link FLAG} bits. */
  readonly flags: number;
  /** 32 bytes, of a named event. */
  readonly mac?: Uint8Array;
  /** Handles of an event that differs from what is remembered under its id. */
  readonly numbers?: Uint8Array;
}

/** Collects sealed events into the columns of a batch. */
export class BatchColumns {
  readonly #drafts: DraftWriter;
  readonly #requests: number[] = [];
  readonly #positions: number[] = [];
  #ids = Buffer.allocUnsafe(ID * 256);
  readonly #parts: number[] = [];
  readonly #partsOf: number[] = [];
  readonly #flags: number[] = [];
  #macs = Buffer.alloc(0);
  readonly #numbers = new Map<number, Uint8Array>();

  /** @param memory for the drafts, to begin with */
  constructor(memory: ArrayBuffer) {
    this.#drafts = new DraftWriter(memory);
  }

  get size(): number {
    return this.#requests.length;
  }

  /** Where the columns end: what {@link cut} goes back to. */
  mark(): Mark {
    return { rows: this.size, drafts: this.#drafts.count };
  }

  /** Takes back all that was added since the mark. */
  cut({ rows, drafts }: Mark): void {
    for (const column of [this.#requests, this.#positions, this.#parts, this.#partsOf, this.#flags])
      column.length = rows;
    for (const row of this.#numbers.keys()) if (row >= rows) this.#numbers.delete(row);
    this.#drafts.cut(drafts);
  }

  add(request: number, position: number, row: SealedRow, all: boolean): void {
    const of = row.drafts.length;
    const flags = row.flags | (all ? FLAG.all : 0);
    if (row.mac !== undefined) this.#addName(row.mac, row.numbers);
    if (of === 0) this.#addRow(request, position, row.id, 1, 0, flags);
    let number = of === 1 ? 0 : 1;
    for (const draft of row.drafts) {
      this.#addRow(request, position, row.id, number++, of, flags);
      this.#drafts.push(draft);
    }
  }

  /** @param known destroyed handles that were known of when these were sealed */
  batch(known: number): SealedBatch {
    return {
      kind: 'batch',
      drafts: this.#drafts.take(),
      requests: Int32Array.from(this.#requests),
      positions: Int32Array.from(this.#positions),
      ids: Uint8Array.from(this.#ids.subarray(0, ID * this.size)),
      parts: Uint16Array.from(this.#parts),
      partsOf: Uint16Array.from(this.#partsOf),
      flags: Uint8Array.from(this.#flags),
      macs: Uint8Array.from(this.#macs.subarray(0, MAC * this.size)),
      numbers: this.#numbers,
      known,
    };
  }

  #addName(mac: Uint8Array, numbers: Uint8Array | undefined): void {
    const at = MAC * this.size;
    if (at + MAC > this.#macs.length)
      this.#macs = Buffer.concat([this.#macs, Buffer.alloc(Math.max(at + MAC, 64 * MAC))]);
    this.#macs.set(mac, at);
    if (numbers !== undefined) this.#numbers.set(this.size, numbers);
  }

  #addRow(
    request: number,
    position: number,
    id: Uint8Array,
    part: number,
    partsOf: number,
    flags: number,
  ): void {
    const at = ID * this.size;
    if (at === this.#ids.length) this.#ids = Buffer.concat([this.#ids, Buffer.allocUnsafe(at)]);
    this.#ids.set(id, at);
    this.#requests.push(request);
    this.#positions.push(position);
    this.#parts.push(part);
    this.#partsOf.push(partsOf);
    this.#flags.push(flags);
  }
}

/** An end of {@link BatchColumns}. */
interface Mark {
  readonly rows: number;
  readonly drafts: number;
}
