import { encodeBase64, formatCheckpoint, SIGNATURE_BYTES } from '@zegel/core';
import type { StoredHead } from './port.ts';

/**
 * The signed note (C2SP tlog-checkpoint) that a stored head stands for. Its key name is the origin. Unlike the core's it reads nothing back
 * and never fails: each commit makes one, and of a damaged head whoever opens the note tells.
 */
export function headNote(origin: string, head: StoredHead): string {
  let note = `${formatCheckpoint({ origin, size: head.size, root: head.root })}\n`;
  for (let at = 0; at < head.signatures.length; at += SIGNATURE_BYTES)
    note += `\u2014 ${origin} ${encodeBase64(head.signatures.subarray(at, at + SIGNATURE_BYTES))}\n`;
  return note;
}
