import { SINGLE_ATTRIBUTES } from './attributes.ts';
import { type Bits, newBits } from './bits.ts';

/** Bytes of a person key and of a handle number that the index keeps: enough that no two meet by chance. */
export const KEY_BYTES = 8;

/**
 * A segment of the index in memory: up to 65,536 adjacent entries. Sets are positions, counted from the segment's
 * first entry. Text is Latin-1, a character per byte.
 */
export interface Draft {
  /** Index of the first entry. */
  readonly first: number;
  count: number;
  /** Entries with a body that no retention entry has pruned; the others match nothing. */
  readonly present: Bits;
  /** ms since 1970, per position. */
  readonly occurred: Float64Array;
  /** Per single attribute a column of term numbers, 0 for none. */
  readonly singles: readonly Int32Array[];
  /** Per term of a multi attribute its positions, ascending. */
  readonly multis: Map<number, number[]>;
  /** In no order; no two alike but for their positions. */
  groups: Group[];
}

/**
 * One person in one role through certain handles. Destroying any of the handles ends the group. Keys and handles have 8
 * characters each.
 */
export interface Group {
  readonly person: string;
  readonly role: number;
  readonly handles: string;
  /** Ascending. */
  positions: number[];
}

/** An empty draft with room for `capacity` entries. */
export function newDraft(first: number, capacity: number): Draft {
  return {
    first,
    count: 0,
    present: newBits(),
    occurred: new Float64Array(capacity),
    singles: SINGLE_ATTRIBUTES.map(() => new Int32Array(capacity)),
    multis: new Map(),
    groups: [],
  };
}

/** The handles of a group, 8 characters each. */
export function handlesOf(handles: string): readonly string[] {
  return Array.from({ length: handles.length / KEY_BYTES }, (_, i) =>
    handles.slice(i * KEY_BYTES, (i + 1) * KEY_BYTES),
  );
}

/** Adds a position to a set that grows in order; a position already there is left. */
export function addPosition<K>(sets: Map<K, number[]>, key: K, position: number): void {
  const positions = sets.get(key);
  if (positions === undefined) sets.set(key, [position]);
  else if (positions[positions.length - 1] !== position) positions.push(position);
}
