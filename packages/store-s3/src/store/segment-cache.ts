import type { Segment } from '../segment/segment.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** Segments read last, by version id, up to a number of bytes. */
export class SegmentCache {
  readonly #segments = new Map<string, Segment>();
  #bytes = 0;

  get(version: string): Segment | undefined {
    const segment = this.#segments.get(version);
    if (segment !== undefined) {
      // The last used is the last to go.
      this.#segments.delete(version);
      this.#segments.set(version, segment);
    }
    return segment;
  }

  put(version: string, segment: Segment): void {
    if (this.#segments.has(version)) return;
    this.#segments.set(version, segment);
    this.#bytes += sizeOf(segment);
    for (const oldest of this.#segments.keys()) {
      if (this.#bytes <= MOST_BYTES || oldest === version) return;
      this.drop(oldest);
    }
  }

  drop(version: string): void {
    const segment = this.#segments.get(version);
    if (segment === undefined) return;
    this.#segments.delete(version);
    this.#bytes -= sizeOf(segment);
  }
}

function sizeOf({ entries, leafHashes, ids }: Segment): number {
  let size = leafHashes.length + ids.length;
  for (const entry of entries) size += (entry?.length ?? 0) + 100; // and what an object takes
  return size;
}
