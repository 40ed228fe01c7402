import type { SealedPart } from '@zegel/core';
import type { Loot } from './loot.ts';

/** The sealed parts of an entry. */
export function sealedOf(loot: Loot, index: number): readonly SealedPart[] {
  return loot.object(index)['sealed'] as readonly SealedPart[];
}
