import type { Exchange } from './exchange.ts';

type Outcome = 'success' | 'denied' | 'error';

/**
 * Seals an exchange and gives its response, which may go out from then on. Where it is known only now whom the response
 * shows, a streamed body is read up to its first chunk before: its source may still be at work.
 *
 * @throws CaptureError when the response must be dropped; its body is cancelled by then
 */
export async function withhold(
  exchange: Exchange,
  response: Response,
  outcome: Outcome,
  signal?: () => AbortSignal | undefined,
): Promise<Response> {
  try {
    if (exchange.waits && response.body !== null)
      return await afterFirst(exchange, response, outcome, signal?.());
    await exchange.seal(outcome);
    return response;
  } catch (error) {
    if (response.body?.locked === false) await response.body.cancel(error).catch(() => undefined);
    throw error;
  }
}

async function afterFirst(
  exchange: Exchange,
  response: Response,
  outcome: Outcome,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  // A source that is read step by step runs in the context of whoever reads it.
  const read = (): Promise<Chunk> => exchange.context.run(() => reader.read());
  const first = await firstOf(reader, read, signal).catch(async (error: unknown) => {
    // A source that fails before its first chunk has answered nothing, and may have read all the same.
    await exchange.seal('error');
    throw error;
  });
  try {
    await exchange.seal(outcome);
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
  const { status, statusText, headers } = response;
  return new Response(resumed(reader, read, first), { status, statusText, headers });
}

type Chunk = { readonly done: boolean; readonly value?: Uint8Array | undefined };

/** The first chunk; an end of the body when the client is gone before. */
async function firstOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  read: () => Promise<Chunk>,
  signal: AbortSignal | undefined,
): Promise<Chunk> {
  const gone = Promise.withResolvers<Chunk>();
  const leave = (): void => {
    gone.resolve({ done: true });
    void reader.cancel().catch(() => undefined);
  };
  if (signal?.aborted === true) leave();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([read(), gone.promise]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

function resumed(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  read: () => Promise<Chunk>,
  first: Chunk,
): ReadableStream<Uint8Array> {
  let next: Chunk | undefined = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = next ?? (await read());
        next = undefined;
        if (value !== undefined) controller.enqueue(value);
        if (done) controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
