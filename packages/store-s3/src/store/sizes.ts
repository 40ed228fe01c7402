import { CHECKPOINTS, numberIn } from './keys.ts';
import type { KeyVersions } from './listing.ts';

/** Whether a size is in a range that ends before `to`. */
export function isBetween(size: number | undefined, from: number, to: number): boolean {
  return size !== undefined && from <= size && size < to;
}

/** Whether checkpoints listed reach to the end of a range. */
export function isPast(keys: readonly KeyVersions[], to: number): boolean {
  return (numberIn(CHECKPOINTS, keys.at(-1)?.key ?? '') ?? -1) >= to;
}
