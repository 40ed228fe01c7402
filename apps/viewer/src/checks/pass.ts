import type { CheckOutcome } from './check-protocol.ts';
import type { CheckRecord } from './integrity-state.ts';

/** How far hashing bodies again has come. */
export interface Pass {
  /** Index at which the next round goes on. */
  readonly next: number;
  /** When this pass over all bodies began; ms since 1970. */
  readonly began: number;
  /** Since when every body was hashed at least once. */
  readonly allSince: number | undefined;
}

/** All bodies were gone over once more when a pass comes to the end, or everything was checked at once. */
export function passAfter(
  pass: Pass,
  { ok, whole, nextBody }: CheckOutcome,
  { at, took }: CheckRecord,
): Pass {
  if (!ok) return pass;
  const ended = Date.parse(at);
  if (whole) return { next: 0, began: ended, allSince: ended - took };
  return nextBody === 0 ? { next: 0, began: ended, allSince: pass.began } : { ...pass, next: nextBody };
}
