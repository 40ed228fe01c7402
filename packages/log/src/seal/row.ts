import type { EntryDraft } from '@zegel/core';
import { FLAG, type SealedBatch } from '../protocol.ts';

/** One sealed event, ready to be chained. */
export interface SealedRow {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** Pieces of each part's draft: four for an access, five for another kind. */
  readonly drafts: readonly (readonly string[])[];
  /** Handles used, 16 bytes each. */
  readonly numbers: readonly Uint8Array[];
  /** {@link FLAG} bits. */
  readonly flags: number;
}

/** Collects sealed events into the columns of a batch. */
export class BatchColumns {
  readonly #lines: string[] = [];
  readonly #requests: number[] = [];
  readonly #positions: number[] = [];
  readonly #ids: Uint8Array[] = [];
  readonly #parts: number[] = [];
  readonly #partsOf: number[] = [];
  readonly #flags: number[] = [];
  readonly #numbers: Uint8Array[] = [];
  readonly #numberCounts: number[] = [];

  get size(): number {
    return this.#requests.length;
  }

  add(request: number, position: number, row: SealedRow, all: boolean): void {
    const of = row.drafts.length;
    row.drafts.forEach((pieces, i) => {
      for (const piece of pieces) this.#lines.push(piece);
      this.#requests.push(request);
      this.#positions.push(position);
      this.#ids.push(row.id);
      this.#parts.push(of === 1 ? 0 : i + 1);
      this.#partsOf.push(of);
      this.#flags.push(row.flags | (all ? FLAG.all : 0));
      this.#numberCounts.push(i === 0 ? row.numbers.length : 0);
    });
    for (const number of row.numbers) this.#numbers.push(number);
  }

  batch(): SealedBatch {
    return {
      kind: 'batch',
      text: this.#lines.join('\n'),
      requests: Int32Array.from(this.#requests),
      positions: Int32Array.from(this.#positions),
      ids: Buffer.concat(this.#ids),
      parts: Uint16Array.from(this.#parts),
      partsOf: Uint16Array.from(this.#partsOf),
      flags: Uint8Array.from(this.#flags),
      numbers: Buffer.concat(this.#numbers).toString('latin1'),
      numberCounts: Int32Array.from(this.#numberCounts),
    };
  }
}

/** A draft's texts in the order in which the commit fills what lies between them. */
export function piecesOf(draft: EntryDraft): readonly string[] {
  const { toControl, toIndex, toPrev, toRecorded, toEnd } = draft;
  return toControl === undefined ? [toIndex, toPrev, toRecorded, toEnd] : [toControl, toIndex, toPrev, toRecorded, toEnd];
}
