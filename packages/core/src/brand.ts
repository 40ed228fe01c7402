import { ZegelError } from './errors.ts';

declare const brand: unique symbol;

/** Position of an entry in the log, from 0. A safe integer. */
export type EntryIndex = number & { readonly [brand]: 'EntryIndex' };

/** Number of leaves of a tree. A safe integer; the empty tree has size 0. */
export type TreeSize = number & { readonly [brand]: 'TreeSize' };

/** A number that is not a position or a size in a log. */
export class RangeNumberError extends ZegelError {
  override readonly name = 'RangeNumberError';
  readonly code = 'BAD_NUMBER' as const;
}

/** Checks and brands an entry index. @throws RangeNumberError when `n` is not a safe integer from 0. */
export function entryIndex(n: number): EntryIndex {
  return counted(n, 'entry index') as EntryIndex;
}

/** Checks and brands a tree size. @throws RangeNumberError when `n` is not a safe integer from 0. */
export function treeSize(n: number): TreeSize {
  return counted(n, 'tree size') as TreeSize;
}

function counted(n: number, what: string): number {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeNumberError(`${what} must be a whole number from 0, not ${n}`);
  return n;
}
