import { clearBit, hasBit } from './bits.ts';
import { type Draft, handlesOf } from './draft.ts';

/** Takes entries out of a draft, as if their bodies had never been seen. Ranges are entry indexes, inclusive. */
export function pruneEntries(draft: Draft, ranges: readonly (readonly [number, number])[]): void {
  if (ranges.length === 0) return;
  for (const [first, last] of ranges) {
    const end = Math.min(last - draft.first, draft.count - 1);
    for (let i = Math.max(0, first - draft.first); i <= end; i++) {
      clearBit(draft.present, i);
      for (const column of draft.singles) column[i] = 0;
    }
  }
  for (const [term, positions] of draft.multis) {
    const kept = keepPresent(draft, positions);
    if (kept.length === 0) draft.multis.delete(term);
    else draft.multis.set(term, kept);
  }
  for (const group of draft.groups) group.positions = keepPresent(draft, group.positions);
  draft.groups = draft.groups.filter((group) => group.positions.length > 0);
}

function keepPresent(draft: Draft, positions: number[]): number[] {
  return positions.every((position) => hasBit(draft.present, position))
    ? positions
    : positions.filter((position) => hasBit(draft.present, position));
}

/** Takes out of a draft every group that `gone` tells to. */
export function pruneGroups(
  draft: Draft,
  gone: (person: string, handles: readonly string[]) => boolean,
): void {
  draft.groups = draft.groups.filter(({ person, handles }) => !gone(person, handlesOf(handles)));
}
