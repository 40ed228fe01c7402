import type { EntryDraft } from '@zegel/core';

/** Pieces of a draft: up to control (empty for the kinds without it), index, prev, recorded, and the end. */
const PIECES = 5;

/** Smallest memory taken, and most pieces of it kept for later. */
const LEAST = 4096;
const MOST_FREE = 16;

/** Drafts of entries in one buffer that another thread can be given. */
export interface Drafts {
  /** Their pieces one after another. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each piece ends, five numbers a draft. */
  readonly ends: Int32Array;
}

/** What the commit knows and the draft leaves out, as the text that fills each gap. */
export interface Fill {
  /** The link of the control chain as JSON, for kinds that have it. */
  readonly control: string;
  readonly index: string;
  readonly prev: string;
  readonly recorded: string;
}

/** Collects drafts. Written at once: strings that wait as trees of concatenations cost several times as much. */
export class DraftWriter {
  #bytes: Buffer<ArrayBuffer>;
  #used = 0;
  readonly #ends: number[] = [];

  /** @param memory to begin with: of its own, so that it can be transferred */
  constructor(memory: ArrayBuffer) {
    this.#bytes = Buffer.from(memory);
  }

  get count(): number {
    return this.#ends.length / PIECES;
  }

  push(draft: EntryDraft): void {
    this.#reserve(draft.byteLength);
    const { toControl } = draft;
    if (toControl === undefined) this.#ends.push(this.#used);
    else this.#write(toControl);
    this.#write(draft.toIndex);
    this.#write(draft.toPrev);
    this.#write(draft.toRecorded);
    this.#write(draft.toEnd);
  }

  /** Takes back all but the first `count`. */
  cut(count: number): void {
    this.#ends.length = count * PIECES;
    this.#used = this.#ends.at(-1) ?? 0;
  }

  /** The drafts so far. Nothing may be written afterwards. */
  take(): Drafts {
    return { bytes: this.#bytes, ends: Int32Array.from(this.#ends) };
  }

  #write(piece: string): void {
    this.#used += this.#bytes.write(piece, this.#used);
    this.#ends.push(this.#used);
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#bytes.length * 2, this.#used + bytes)));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}

/** Memory that came back from the thread it was transferred to. */
export class MemoryPool {
  readonly #free: ArrayBuffer[] = [];

  /** At least so many bytes, with whatever they last held. */
  take(room: number): ArrayBuffer {
    const at = this.#free.findIndex((memory) => memory.byteLength >= room);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    return found ?? new ArrayBuffer(Math.max(room, LEAST));
  }

  give(memory: readonly ArrayBuffer[]): void {
    for (const each of memory) {
      if (this.#free.length >= MOST_FREE) this.#free.shift();
      this.#free.push(each);
    }
  }
}

/** Writes draft `n` with its gaps filled; returns where it ends. `target` must have room. */
export function fillDraft(
  { bytes, ends }: Drafts,
  n: number,
  fill: Fill,
  target: Buffer,
  at: number,
): number {
  const first = n * PIECES;
  let from = n === 0 ? 0 : (ends[first - 1] ?? 0);
  let to = at;
  const piece = (k: number): void => {
    const end = ends[first + k] ?? 0;
    target.set(bytes.subarray(from, end), to);
    to += end - from;
    from = end;
  };
  if ((ends[first] ?? 0) > from) {
    piece(0);
    to += target.write(fill.control, to, 'latin1');
  }
  piece(1);
  to += target.write(fill.index, to, 'latin1');
  piece(2);
  to += target.write(fill.prev, to, 'latin1');
  piece(3);
  to += target.write(fill.recorded, to, 'latin1');
  piece(4);
  return to;
}

/** Whether draft `n` carries a link of the control chain. */
export function isControl({ ends }: Drafts, n: number): boolean {
  return (ends[n * PIECES] ?? 0) > (n === 0 ? 0 : (ends[n * PIECES - 1] ?? 0));
}

/** Bytes of draft `n` without what is filled in. */
export function draftLength({ ends }: Drafts, n: number): number {
  return (ends[n * PIECES + PIECES - 1] ?? 0) - (n === 0 ? 0 : (ends[n * PIECES - 1] ?? 0));
}
