import { FormatError, NoteError, openCheckpoint } from '@zegel/core';

/** Whether a note is a checkpoint of a log that one of these keys has signed. */
export function isSigned(
  note: Uint8Array,
  origin: string,
  verifiers: Parameters<typeof openCheckpoint>[1],
): boolean {
  try {
    return openCheckpoint(note, verifiers).checkpoint.origin === origin;
  } catch (cause) {
    if (cause instanceof NoteError || cause instanceof FormatError) return false;
    throw cause;
  }
}
