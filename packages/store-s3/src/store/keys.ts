const DIGITS = 16;

/** Where segments stand. */
export const SEGMENTS = 'seg/';
/** Where checkpoints by size stand. */
export const CHECKPOINTS = 'checkpoint/';

/** Most bytes of a checkpoint that are read: somebody may have put something that is too large to be kept in memory. */
export const MAX_CHECKPOINT_BYTES = 16_384;

/** Key of the segment that begins with an entry. */
export function segmentKey(first: number): string {
  return SEGMENTS + padded(first);
}

/** Key of the checkpoint of a size. */
export function checkpointKey(size: number): string {
  return CHECKPOINTS + padded(size);
}

/** The number at the end of a key under a folder, undefined where it is not in the form of ours. */
export function numberIn(folder: string, key: string): number | undefined {
  const digits = key.startsWith(folder) ? key.slice(folder.length) : '';
  if (!/^[0-9]{16}$/.test(digits)) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : undefined;
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}
