import type { SourceMark } from '../entry/types.ts';

/** A source and the place of its entry in the run. */
export interface RunSource extends SourceMark {
  readonly at: number;
}

/**
 * Sound accesses that are not split and follow each other as they should: each `index` one more than that before, each
 * `prev` the leaf hash before, and `recorded` never back. What only the entries around them can
 * tell of them is here, in a form that is cheap to post to another thread.
 */
export interface AccessRun {
  readonly kind: 'run';
  readonly count: number;
  /** Index that the store gives the first of them, and the index that it says itself. */
  readonly stored: number;
  readonly index: number;
  /** `prev` of the first of them. */
  readonly prev: string;
  /** `recorded` of the first and the last of them, in milliseconds. */
  readonly from: number;
  readonly to: number;
  /** The most by which one of them occurred after it was recorded, in milliseconds; negative when none did. */
  readonly late: number;
  /** Leaf hashes, 32 bytes each. */
  readonly leaves: Uint8Array<ArrayBuffer>;
  /** Ids, 16 bytes each. */
  readonly ids: Uint8Array<ArrayBuffer>;
  /** As {@link AccessInspection.scope}, each once. */
  readonly scopes: readonly string[];
  readonly sources: readonly RunSource[];
}
