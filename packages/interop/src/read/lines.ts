import { isBlank } from './layout.ts';

/** One line of a file, without its end. `bytes` is undefined when it was longer than the limit. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

const NEWLINE = 0x0a;

/**
 * Splits bytes into lines; blank ones are counted and left out. Holds one line at a time: of one
 * beyond the limit only its end is looked for. When the source fails, `onBroken` hears the number of the
 * line it failed in, whose beginning is dropped.
 */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  onBroken: (line: number) => void,
): AsyncGenerator<Line> {
  const line = new GrowingLine(maxBytes);
  let number = 1;
  try {
    for await (const chunk of source) {
      let from = 0;
      for (let to = end(chunk, 0); to >= 0; to = end(chunk, from)) {
        line.add(chunk.subarray(from, to));
        yield* line.take(number++);
        from = to + 1;
      }
      line.add(chunk.subarray(from));
    }
  } catch (error) {
    onBroken(number);
    throw error;
  }
  yield* line.take(number);
}

function end(chunk: Uint8Array, from: number): number {
  return chunk.indexOf(NEWLINE, from);
}

class GrowingLine {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > this.#maxBytes) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  *take(number: number): Generator<Line> {
    const isTooLong = this.#length > this.#maxBytes;
    const [first] = this.#pieces;
    const bytes = this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    if (isTooLong) yield { number, bytes: undefined };
    else if (!bytes.every(isBlank)) yield { number, bytes };
  }
}
