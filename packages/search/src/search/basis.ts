import { clearBit, countBits, listBits } from '../segment/bits.ts';
import type { SegmentHits } from './session.ts';

/** Facets and histograms count this many hits exactly; of more, the newest this many. */
export const MAX_BASIS = 100_000;

/** What counts rest on. */
export interface Basis {
  /** Hits that were counted. */
  readonly hits: number;
  /** False when there are older hits that were not. */
  readonly exact: boolean;
}

const positions = new Uint16Array(65_536);

/** Hands the newest `MAX_BASIS` hits to `visit`, newest segment first, and says whether these were all. */
export function visitBasis(
  segments: Iterable<SegmentHits>,
  visit: (hits: SegmentHits, count: number) => void,
): Basis {
  let hits = 0;
  for (const segment of segments) {
    if (hits === MAX_BASIS) return { hits, exact: false };
    const count = countBits(segment.bits);
    const room = MAX_BASIS - hits;
    if (count > room) {
      dropOldest(segment, count - room);
      visit(segment, room);
      return { hits: MAX_BASIS, exact: false };
    }
    visit(segment, count);
    hits += count;
  }
  return { hits, exact: true };
}

function dropOldest({ bits }: SegmentHits, count: number): void {
  listBits(bits, positions);
  for (let i = 0; i < count; i++) clearBit(bits, positions[i] as number);
}
