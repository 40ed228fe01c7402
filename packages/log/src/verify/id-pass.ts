import { FormatError, parseUuid } from '@zegel/core';
import type { LogStore } from '../port.ts';

/** The id and part of the first `size` entries, as far as they still tell them, read once more from the bodies. */
export async function* idsOf(
  store: LogStore,
  size: number,
): AsyncGenerator<{ id: Uint8Array; part: number; index: number }> {
  for await (const entries of store.read(0, size))
    for (const { index, bytes } of entries) {
      const row = bytes === undefined ? undefined : idOf(bytes);
      if (row !== undefined) yield { ...row, index };
    }
}

function idOf(bytes: Uint8Array): { id: Uint8Array; part: number } | undefined {
  try {
    const { id, part } = JSON.parse(Buffer.from(bytes).toString()) as {
      id: string;
      part?: { number: number };
    };
    return { id: parseUuid(id), part: part?.number ?? 0 };
  } catch (error) {
    // What is no entry has its finding already.
    if (error instanceof SyntaxError || error instanceof FormatError || error instanceof TypeError)
      return undefined;
    throw error;
  }
}
