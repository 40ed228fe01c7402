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
  const inflater = createGunzip();
  const state: { out: Uint8Array[]; failure?: Error } = { out: [] };
  inflater.on('data', (chunk: Uint8Array) => state.out.push(chunk));
  inflater.on('error', (error: Error) => {
    state.failure ??= error;
  });
  let taken = 0;
  let given = 0;
  const drain = function* (): Generator<Uint8Array> {
    for (const chunk of state.out.splice(0)) {
      given += chunk.length;
      checkExpansion(taken, given, limits);
      yield chunk;
    }
    if (state.failure !== undefined) throw broken(state.failure);
  };
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        taken += piece.length;
        await written(inflater, piece);
        yield* drain();
      }
    }
    await ended(inflater);
    yield* drain();
    if (inflater.bytesWritten < taken) throw new UnreadableError('bytes after the end of the gzip data');
  } finally {
    inflater.destroy();
  }
}

function written(inflater: Gunzip, piece: Uint8Array): Promise<void> {
  // The callback comes on failure, too; the failure itself is heard as an event.
  return new Promise((resolve) => {
    inflater.write(piece, () => resolve());
  });
}

function ended(inflater: Gunzip): Promise<void> {
  return new Promise((resolve) => {
    if (inflater.destroyed || inflater.readableEnded) return resolve();
    inflater.once('end', resolve).once('close', resolve).once('error', resolve);
    inflater.end();
  });
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
