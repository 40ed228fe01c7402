import { segmentKey } from '../../s3/lib/admin.ts';
import type { ObjectStore } from './objects.ts';
import { AT } from './scene.ts';

/** The segment of 40 accesses. */
export const BATCH: string = segmentKey(AT.batch);
/** The last segment. */
export const LAST: string = segmentKey(AT.last);

/** Puts an object's own bytes, changed, in its place; nothing else is left of it. */
export async function editObject(
  objects: ObjectStore,
  key: string,
  change: (bytes: Buffer) => Uint8Array | string,
): Promise<void> {
  await objects.replace(key, change(Buffer.from(await objects.get(key))));
}

/** The same bytes but for a bit of one of them, counted from the end where `at` is negative. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

/** A segment with another note, the lengths made to agree. */
export function withNote(segment: Buffer, change: (note: string) => string): Uint8Array {
  const end = 26 + segment.readUInt32BE(22);
  const note = Buffer.from(change(segment.toString('utf8', 26, end)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(note.length);
  return Buffer.concat([segment.subarray(0, 22), length, note, segment.subarray(end)]);
}

/** A note with a byte of its one signature, key id and all, changed. */
export function withSignature(note: string, change: (signature: Buffer) => Uint8Array): string {
  return note.replace(
    /[A-Za-z0-9+/=]+\n$/,
    (text) => `${Buffer.from(change(Buffer.from(text, 'base64'))).toString('base64')}\n`,
  );
}

/** A checkpoint with another letter in its root. */
export function withRoot(note: string): string {
  const [origin, size, root = '', ...rest] = note.split('\n');
  return [origin, size, (root.startsWith('A') ? 'B' : 'A') + root.slice(1), ...rest].join('\n');
}
