import type { Finding } from '@zegel/core';
import type { Person } from '@zegel/reading';
import { type HitIndex, hitsUpward, type Plan } from '@zegel/search';
import type { RowMaker } from './rows.ts';

/** Bytes, and persons, after which what is ready is handed on. */
const PIECE_BYTES = 128 * 1024;
const PIECE_PERSONS = 4096;

/** How far an export is. */
export interface ExportProgress {
  /** Lines handed on. */
  readonly written: number;
  /** Entries read. */
  readonly read: number;
}

/** What an export is made of. */
export interface ExportRun {
  readonly index: HitIndex;
  readonly plan: Plan;
  /** Entries from here on are left out. */
  readonly below: number;
  readonly rows: RowMaker;
  readonly signal?: AbortSignal | undefined;
  /**
   * Must resolve before the next bytes leave: makes durable who is about to be shown. Called before the first bytes,
   * whoever they show, and from then on with those whom the next ones show.
   */
  readonly permit: (persons: readonly Person[]) => Promise<void>;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/**
 * The bytes of an export, in index order. Log before the act: no piece leaves before `permit` has resolved for those it shows.
 * Holds one piece at a time, and stops between entries when the signal aborts or the reader goes away.
 *
 * @throws the signal's reason; what `permit`, the index and the log throw
 */
export async function* runExport({
  rows,
  permit,
  onProgress,
  ...run
}: ExportRun): AsyncGenerator<Uint8Array> {
  const { index, plan, below, signal, onFinding } = run;
  let piece = new Piece(rows.head);
  let pieces = 0;
  let written = 0;
  let read = 0;
  for await (const chunk of hitsUpward(index, plan, { below, signal, onFinding })) {
    for (const entry of chunk) {
      signal?.throwIfAborted();
      read++;
      const row = await rows.row(entry);
      if (row === undefined) continue;
      piece.add(row.bytes, row.persons);
      if (!piece.full) continue;
      await permit(piece.persons);
      signal?.throwIfAborted();
      yield piece.bytes();
      written += piece.rows;
      pieces++;
      onProgress?.({ written, read });
      piece = new Piece();
    }
  }
  if (pieces === 0 || piece.rows > 0) {
    await permit(piece.persons);
    signal?.throwIfAborted();
    yield piece.bytes();
  }
  onProgress?.({ written: written + piece.rows, read });
}

/** Lines that leave together, and whom they show. */
class Piece {
  readonly #parts: Uint8Array[];
  readonly #persons = new Map<string, Person>();
  #size: number;
  rows = 0;

  constructor(head: Uint8Array = new Uint8Array()) {
    this.#parts = [head];
    this.#size = head.length;
  }

  add(bytes: Uint8Array, persons: readonly Person[]): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    this.rows++;
    for (const person of persons) this.#persons.set(`${person.type}:${person.id}`, person);
  }

  get full(): boolean {
    return this.#size >= PIECE_BYTES || this.#persons.size >= PIECE_PERSONS;
  }

  get persons(): readonly Person[] {
    return [...this.#persons.values()];
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}
