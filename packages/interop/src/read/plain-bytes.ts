import { createGunzip, type Gunzip } from 'node:zlib';
import { type ReadLimits, sizeText } from './limits.ts';
import { UnreadableError } from './unreadable.ts';

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The bytes of a source, unfolded when it starts as gzip does (RFC 1952 §2.3.1: 1f 8b), whatever its
 * name. What was unfolded before an error is given first.
 *
 * @throws UnreadableError on broken or truncated gzip, and on one that unfolds beyond the limits
 */
export async function* plainBytes(source: Bytes, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  const iterator = source[Symbol.asyncIterator]();
  const rest: Bytes = { [Symbol.asyncIterator]: () => iterator };
  try {
    while (head.length < 2) {
      const next = await iterator.next();
      if (next.done === true) break;
      head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    const whole = prepend(head, rest);
    yield* head[0] === 0x1f && head[1] === 0x8b ? gunzip(whole, limits) : whole;
  } finally {
    await iterator.return?.();
  }
}

async function* prepend(head: Uint8Array, rest: Bytes): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

// Small pieces in keep what comes out of one of them small: DEFLATE unfolds to 1,032 times its size at most.
const PIECE = 16 * 1024;

async function* gunzip(source: Bytes, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  let taken = 0;
  let given = 0;
  const drain = function* (): Generator<Uint8Array> {
    for (const chunk of inflater.take()) {
      given += chunk.length;
      checkExpansion(taken, given, limits);
      yield chunk;
    }
    inflater.check();
  };
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        taken += piece.length;
        await inflater.write(piece);
        yield* drain();
      }
    }
    await inflater.end();
    yield* drain();
    if (inflater.consumed < taken) throw trailing();
  } finally {
    inflater.destroy();
  }
}

/**
 * A gunzip stream that is written piece by piece, with what came out in between. The stream calls back
 * neither after a failure nor after the end of the data, so that each of these wakes a waiting writer.
 */
class Inflater {
  readonly #stream: Gunzip = createGunzip();
  #out: Uint8Array[] = [];
  #failure: Error | undefined;
  #isOver = false;
  #wake: () => void = () => {};

  constructor() {
    const over = (): void => {
      this.#isOver = true;
      this.#wake();
    };
    this.#stream.on('data', (chunk: Uint8Array) => this.#out.push(chunk));
    this.#stream.on('error', (error: Error) => {
      this.#failure ??= error;
      over();
    });
    this.#stream.on('end', over);
  }

  /** Compressed bytes that the format took; what follows the last member is not among them. */
  get consumed(): number {
    return this.#stream.bytesWritten;
  }

  async write(piece: Uint8Array): Promise<void> {
    if (this.#isOver) throw trailing();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.write(piece, () => resolve());
    });
  }

  async end(): Promise<void> {
    if (this.#isOver) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.end();
    });
  }

  take(): readonly Uint8Array[] {
    return this.#out.splice(0);
  }

  /** @throws UnreadableError when the stream has failed */
  check(): void {
    if (this.#failure !== undefined) throw broken(this.#failure);
  }

  destroy(): void {
    this.#stream.destroy();
  }
}

function trailing(): UnreadableError {
  return new UnreadableError('bytes after the end of the gzip data');
}

function checkExpansion(taken: number, given: number, limits: ReadLimits): void {
  if (given <= limits.documentBytes || given <= taken * limits.expansion) return;
  throw new UnreadableError(
    `gzip that unfolds to more than ${limits.expansion} times its size and ${sizeText(limits.documentBytes)}`,
  );
}

function broken(failure: Error): UnreadableError {
  const isTruncated = 'code' in failure && failure.code === 'Z_BUF_ERROR';
  return new UnreadableError(isTruncated ? 'truncated gzip' : `broken gzip: ${failure.message}`, {
    cause: failure,
  });
}
