import type { Segment } from '../segment/segment.ts';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_AGE = 60_000;

interface Kept {
  readonly segment: Segment;
  /** When it was read, ms of a clock that never goes back. */
  readonly at: number;
}

/**
 * Segments read last, by version id, up to a number of bytes and for a minute: what was pruned elsewhere, by whom we do not
 * hear, is not shown from here for longer.
 */
export class SegmentCache {
  readonly #segments = new Map<string, Kept>();
  readonly #now: () => number;
  #bytes = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get(version: string): Segment | undefined {
    const kept = this.#segments.get(version);
    if (kept === undefined) return undefined;
    if (this.#now() - kept.at >= MOST_AGE) {
      this.drop(version);
      return undefined;
    }
    // The last used is the last to go.
    this.#segments.delete(version);
    this.#segments.set(version, kept);
    return kept.segment;
  }

  put(version: string, segment: Segment): void {
    if (this.get(version) !== undefined) return;
    this.#segments.set(version, { segment, at: this.#now() });
    this.#bytes += sizeOf(segment);
    for (const oldest of this.#segments.keys()) {
      if (this.#bytes <= MOST_BYTES || oldest === version) return;
      this.drop(oldest);
    }
  }

  drop(version: string): void {
    const kept = this.#segments.get(version);
    if (kept === undefined) return;
    this.#segments.delete(version);
    this.#bytes -= sizeOf(kept.segment);
  }
}

function sizeOf({ entries, leafHashes, ids }: Segment): number {
  let size = leafHashes.length + ids.length;
  for (const entry of entries) size += (entry?.length ?? 0) + 100; // and what an object takes
  return size;
}
