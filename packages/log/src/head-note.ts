import { encodeBase64, formatCheckpoint } from '@zegel/core';
import type { StoredHead } from './port.ts';

const SIGNATURE = 68;

/** The signed note (C2SP tlog-checkpoint) that a stored head stands for. Its key name is the origin. */
export function headNote(origin: string, head: StoredHead): string {
  let note = `${formatCheckpoint({ origin, size: head.size, root: head.root })}\n`;
  for (let at = 0; at < head.signatures.length; at += SIGNATURE)
    note += `\u2014 ${origin} ${encodeBase64(head.signatures.subarray(at, at + SIGNATURE))}\n`;
  return note;
}
