import { clearBit, hasBit } from './bits.ts';
import { type Draft, handlesOf, splitGroupKey } from './draft.ts';

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
  keepPresent(draft, draft.multis);
  keepPresent(draft, draft.groups);
}

function keepPresent<K>(draft: Draft, sets: Map<K, number[]>): void {
  for (const [key, positions] of sets) {
    const kept = positions.filter((position) => hasBit(draft.present, position));
    if (kept.length === 0) sets.delete(key);
    else sets.set(key, kept);
  }
}

/** Takes out of a draft every group that `gone` tells to. */
export function pruneGroups(
  draft: Draft,
  gone: (person: string, handles: readonly string[]) => boolean,
): void {
  for (const key of draft.groups.keys()) {
    const { person, handles } = splitGroupKey(key);
    if (gone(person, handlesOf(handles))) draft.groups.delete(key);
  }
}
