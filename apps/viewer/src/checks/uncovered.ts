import type { PrunedRange } from './integrity-state.ts';
import type { Notice } from './notice.ts';

/** Stretches of missing bodies of which no retention entry covers every one. */
export function uncovered(
  missing: readonly (readonly [first: number, last: number])[],
  pruned: readonly PrunedRange[],
): readonly Notice[] {
  return missing.flatMap(([first, last]) => {
    const at = firstUncovered(first, last, pruned);
    const message = 'the body is missing and no retention entry covers it';
    return at === undefined ? [] : [{ code: 'body-missing' as const, index: at, message }];
  });
}

/** The first index of a stretch that lies in none of the ranges. */
function firstUncovered(first: number, last: number, pruned: readonly PrunedRange[]): number | undefined {
  let at = first;
  while (at <= last) {
    const range = rangeOf(at, pruned);
    if (range === undefined) return at;
    at = range.last + 1;
  }
  return undefined;
}

/** The stretch that an index lies in. */
export function rangeOf(index: number, pruned: readonly PrunedRange[]): PrunedRange | undefined {
  return pruned.find(({ first, last }) => index >= first && index <= last);
}
