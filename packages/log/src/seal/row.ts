import type { EntryDraft } from '@zegel/core';
import { FLAG, type SealedBatch } from '../protocol.ts';

const ID = 16;

/** One sealed event, ready to be chained. */
export interface SealedRow {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** Pieces of each part's draft: four for an access, five for another kind. None for an event that stands in the log already. */
  readonly drafts: readonly (readonly string[])[];
  /** {@link FLAG} bits. */
  readonly flags: number;
}

/** Collects sealed events into the columns of a batch. */
export class BatchColumns {
  readonly #lines: string[] = [];
  readonly #requests: number[] = [];
  readonly #positions: number[] = [];
  #ids = Buffer.allocUnsafe(ID * 256);
  readonly #parts: number[] = [];
  readonly #partsOf: number[] = [];
  readonly #flags: number[] = [];

  get size(): number {
    return this.#requests.length;
  }

  add(request: number, position: number, row: SealedRow, all: boolean): void {
    const of = row.drafts.length;
    let number = of === 1 ? 0 : 1;
    for (const pieces of of === 0 ? [[]] : row.drafts) {
      for (const piece of pieces) this.#lines.push(piece);
      this.#addId(row.id);
      this.#requests.push(request);
      this.#positions.push(position);
      this.#parts.push(number++);
      this.#partsOf.push(of);
      this.#flags.push(row.flags | (all ? FLAG.all : 0));
    }
  }

  /** @param known destroyed handles that were known of when these were sealed */
  batch(known: number): SealedBatch {
    return {
      kind: 'batch',
      text: this.#lines.join('\n'),
      requests: Int32Array.from(this.#requests),
      positions: Int32Array.from(this.#positions),
      ids: Uint8Array.from(this.#ids.subarray(0, ID * this.size)),
      parts: Uint16Array.from(this.#parts),
      partsOf: Uint16Array.from(this.#partsOf),
      flags: Uint8Array.from(this.#flags),
      known,
    };
  }

  #addId(id: Uint8Array): void {
    const at = ID * this.size;
    if (at === this.#ids.length) this.#ids = Buffer.concat([this.#ids, Buffer.allocUnsafe(at)]);
    this.#ids.set(id, at);
  }
}

/** A draft's texts in the order in which the commit fills what lies between them. */
export function piecesOf(draft: EntryDraft): readonly string[] {
  const { toControl, toIndex, toPrev, toRecorded, toEnd } = draft;
  return toControl === undefined
    ? [toIndex, toPrev, toRecorded, toEnd]
    : [toControl, toIndex, toPrev, toRecorded, toEnd];
}
