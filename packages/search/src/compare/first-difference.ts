import { hasBit } from '../segment/bits.ts';
import type { Draft } from '../segment/draft.ts';
import { groupKey } from '../segment/group-order.ts';

/** Index of the first entry of which two drafts of the same range say different things; undefined when there is none. */
export function firstDifference(a: Draft, b: Draft, persons: boolean): number | undefined {
  const position = Math.min(
    firstInColumns(a, b),
    firstInSets(a.multis, b.multis),
    persons ? firstInSets(groupSets(a), groupSets(b)) : Number.POSITIVE_INFINITY,
  );
  return position === Number.POSITIVE_INFINITY ? undefined : a.first + position;
}

function groupSets(draft: Draft): Map<string, number[]> {
  return new Map(draft.groups.map((group) => [groupKey(group), group.positions]));
}

function firstInColumns(a: Draft, b: Draft): number {
  for (let i = 0; i < a.count; i++) {
    const differ =
      hasBit(a.present, i) !== hasBit(b.present, i) ||
      (hasBit(a.present, i) && a.occurred[i] !== b.occurred[i]) ||
      a.singles.some((column, place) => column[i] !== b.singles[place]?.[i]);
    if (differ) return i;
  }
  return Number.POSITIVE_INFINITY;
}

function firstInSets<K>(a: ReadonlyMap<K, readonly number[]>, b: ReadonlyMap<K, readonly number[]>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    first = Math.min(first, firstInSet(a.get(key) ?? [], b.get(key) ?? []));
  }
  return first;
}

function firstInSet(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) return Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[i] ?? Number.POSITIVE_INFINITY);
  }
  return Number.POSITIVE_INFINITY;
}
