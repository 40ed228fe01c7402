import type { Lock } from '../bucket/object-version.ts';
import { lockFor, recordedOf } from '../lock.ts';
import type { Context } from './context.ts';

type Rules = Pick<Context, 'place' | 'terms'>;

/** The lock of a segment that is put now, new, copied or pruned. */
export function lockFrom(
  { place, terms }: Rules,
  entries: readonly (Uint8Array | undefined)[],
): Lock | undefined {
  return lockFor(entries, place.lock, terms, Date.now());
}

/** The lock of a checkpoint that is put now: it is about nobody, so that no term bounds it. */
export function checkpointLock({ place }: Pick<Context, 'place'>): Lock | undefined {
  return lockFor([], place.lock, {}, Date.now());
}

/** When the last of these entries that says so was recorded, ms; 0 where none does. */
export function newestIn(entries: readonly (Uint8Array | undefined)[]): number {
  for (const entry of entries.toReversed()) {
    const recorded = entry === undefined ? undefined : recordedOf(entry);
    if (recorded !== undefined) return recorded;
  }
  return 0;
}
