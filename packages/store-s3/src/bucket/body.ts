import type { Readable } from 'node:stream';

/** The part of an object that is wanted: from (included) to to (excluded), to its end where that is left out. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** An answer with a body. */
export interface Answer {
  readonly body: Readable;
  readonly length: number | undefined;
  readonly contentRange: string | undefined;
}

/** A body shorter or longer than was said, or another part than was asked for: to be tried again. */
class BodyError extends Error {
  override readonly name = 'BodyError';
}

/** `Range` header, undefined for the whole. */
export function rangeHeader({ from, to }: Range): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  return `bytes=${from ?? 0}-${to === undefined ? '' : to - 1}`;
}

/** Reads a body to its end and holds it to what the answer promised, and to the size of the object where that is known. @throws BodyError and errors of the connection */
export async function readBody(
  answer: Answer,
  range: Range,
  signal: AbortSignal,
  size?: number,
): Promise<Uint8Array> {
  // A server that knows no ranges sends all of it.
  if (range.to !== undefined && answer.contentRange === undefined) {
    const whole = await collect(answer.body, signal, range.to);
    if (answer.length !== undefined && whole.length < Math.min(answer.length, range.to))
      throw new BodyError(`${whole.length} of ${answer.length} bytes arrived`);
    return whole.subarray(range.from ?? 0, range.to);
  }
  const bytes =
    size !== undefined && answer.length === size
      ? await collectInto(answer.body, signal, size)
      : await collect(answer.body, signal);
  if (answer.length !== undefined && bytes.length !== answer.length)
    throw new BodyError(`${bytes.length} of ${answer.length} bytes arrived`);
  const header = rangeHeader(range);
  if (header === undefined) {
    if (size !== undefined && bytes.length !== size)
      throw new BodyError(`${bytes.length} of ${size} bytes arrived, and the answer agreed`);
    return bytes;
  }
  const from = range.from ?? 0;
  if (answer.contentRange === undefined) return bytes.subarray(from);
  if (!answer.contentRange.startsWith(`bytes ${from}-`))
    throw new BodyError(`asked for ${header} and given ${answer.contentRange}`);
  if (range.to !== undefined && bytes.length > range.to - from)
    throw new BodyError(`asked for ${header} and given ${bytes.length} bytes`);
  return bytes;
}

/** All of a body, or of one that goes on beyond `most` bytes, at least so many. */
function collect(
  body: Readable,
  signal: AbortSignal,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  return inTime(body, signal, async () => {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= most) break;
    }
    const { buffer, byteOffset, byteLength } = Buffer.concat(chunks);
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
}

/** A body of `size` bytes, written where they stay. Fewer are returned as they came. */
function collectInto(body: Readable, signal: AbortSignal, size: number): Promise<Uint8Array> {
  return inTime(body, signal, async () => {
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (at + chunk.length > size) throw new BodyError(`more than the ${size} bytes that were promised`);
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes.subarray(0, at);
  });
}

async function inTime<T>(body: Readable, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  const stop = (): void => {
    body.destroy(new BodyError('the body did not arrive in time'));
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await read();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
