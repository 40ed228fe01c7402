import type { Subtree } from '@zegel/log/port';

/** Where a replica stands. */
export interface ReplicaState {
  /** Another one after everything was forgotten: within one a replica only grows. */
  readonly generation: string;
  /** Entries taken in: the index of the next one. */
  readonly next: number;
  /** Leaf hash of the last entry, undefined before the first. */
  readonly prev: Uint8Array | undefined;
  /** Verifier keys that sign this log, in their order. */
  readonly keys: readonly string[];
  /** Name of the log, undefined before the first entry. */
  readonly origin: string | undefined;
}

/** A confirmed segment as the replica knows it. */
export interface SegmentRow {
  readonly first: number;
  readonly count: number;
  /** Bytes of its object, as it was taken in. */
  readonly size: number;
  /** Version id of the object that is the truth. */
  readonly version: string;
  /** Leaf hash before it, as its note says; 32 bytes. */
  readonly prev: Uint8Array;
  /** Root over its own leaf hashes, 32 bytes. */
  readonly root: Uint8Array;
  /** Newest entry below its end that is not an access. */
  readonly control: number;
  /** When its last entry was recorded, ms; 0 where no entry says so. */
  readonly recorded: number;
}

/** Everything that one confirmed segment adds. */
export interface Intake extends Omit<SegmentRow, 'control'> {
  readonly origin: string;
  /** Undefined where all of its entries are accesses. */
  readonly control: number | undefined;
  readonly leafHashes: Uint8Array;
  /** 16 bytes per entry. */
  readonly ids: Uint8Array;
  readonly parts: readonly number[];
  /** Given by the writer itself; else they are computed. */
  readonly subtrees?: readonly Subtree[];
  /** Verifier keys from it on, where they are not those before it. */
  readonly keys?: readonly string[];
  readonly retentions: readonly Retention[];
}

/** Handles that an entry names as destroyed. */
export interface Retention {
  readonly index: number;
  /** 16 bytes each. */
  readonly numbers: readonly Uint8Array[];
}

/** A checkpoint that was verified. */
export interface HeadRow {
  readonly size: number;
  readonly root: Uint8Array;
  readonly signatures: Uint8Array;
}

/** A checkpoint of a log of this name, known before the replica was emptied. */
export interface SeenHead extends HeadRow {
  readonly origin: string;
}

/** A row of the id table. */
export interface IdRow {
  readonly id: Uint8Array;
  readonly part: number;
  readonly index: number;
}
