/**
 * What the three threads of an open log say to each other: the caller's thread, the seal worker (validation, vault,
 * mentions, parts, drafts) and the commit worker (splice, hash, tree, signature, store).
 *
 * @module
 */
import type { MessagePort } from 'node:worker_threads';
import type { Drafts } from './drafts.ts';
import type { Problem } from './event/problem.ts';
import type { Location } from './location.ts';

/** Caller → seal worker. */
export type SealRequest =
  | {
      readonly kind: 'events';
      readonly request: number;
      /** JSON text of an array of events: a snapshot that nobody can change any more. */
      readonly text: string;
      /** Number of events in it. */
      readonly count: number;
      readonly all: boolean;
      readonly source: string;
      /** The events are Zegel's own, under a built-in activity. */
      readonly builtin: boolean;
    }
  | {
      readonly kind: 'control';
      readonly request: number;
      readonly record: ControlRecord;
      readonly source: string;
      /** A `retention` entry: the handles that go as soon as it is durable, and the request that is told how many there were. */
      readonly destroys?: { readonly request: number; readonly numbers: readonly Uint8Array[] };
    }
  | { readonly kind: 'close' };

/** An entry of a kind other than `access`, as a caller gives it: persons in clear, everything else as it will stand. */
export interface ControlRecord {
  readonly kind: string;
  /** The caller's own name for it, for idempotency, as with events. */
  readonly id?: string;
  readonly occurred?: string;
  /** Keys of the entry that name no person; one object per part, where the caller splits it. */
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  readonly actor?: {
    readonly kind: string;
    readonly type?: string;
    readonly id?: string;
    readonly role?: string;
  };
  readonly subjects?: readonly {
    readonly type: string;
    readonly id: string;
    readonly involvement?: string;
  }[];
  /** Activity whose handles stand for the subjects; where absent, the kind itself. */
  readonly activity?: string;
  readonly case?: string;
  /** Sealed for the subjects (at most 16) or the actor. */
  readonly reason?: string;
}

/**
 * Bits of {@link SealedBatch.flags}. `differs`: the vault remembers another event under the id; with `compared`, another one stands in
 * the log. `compared` alone: the very event stands there.
 */
export const FLAG = { named: 1, differs: 2, all: 4, compared: 8 } as const;

/** Seal worker → commit worker: drafts in columns, one row per entry (per part). */
export interface SealedBatch {
  readonly kind: 'batch';
  readonly drafts: Drafts;
  readonly requests: Int32Array;
  /** Position of the event in its request. */
  readonly positions: Int32Array;
  /** 16 bytes each. */
  readonly ids: Uint8Array;
  /** Part numbers, 0 for an entry that is not split, and how many parts there are. */
  readonly parts: Uint16Array;
  readonly partsOf: Uint16Array;
  readonly flags: Uint8Array;
  /** 32 bytes per row, of named events: the HMAC of the event as given. Empty where none is named. */
  readonly macs: Uint8Array;
  /** Numbers of the handles, 16 bytes each, of events flagged `differs`, by row. */
  readonly numbers: ReadonlyMap<number, Uint8Array>;
  /** Destroyed handles that the seal worker had been told of: when there are more below the head, all is sealed again. */
  readonly known: number;
}

/** Seal worker → commit worker, besides batches. */
export type CommitRequest = SealedBatch | { readonly kind: 'close' };

/** Commit worker → seal worker. */
export type CommitAnswer =
  /** These requests are settled, appended or failed as a whole; their events need not be kept any longer. */
  | {
      readonly kind: 'settled';
      readonly requests: Int32Array;
      readonly appended: boolean;
      readonly size: number;
    }
  /** Another process's entries below the head destroyed handles (latin1 numbers): what was sealed before that is sealed again. */
  | { readonly kind: 'reseal'; readonly requests: Int32Array; readonly destroyed: string }
  /** Memory of batches that are dealt with, to be used again. */
  | { readonly kind: 'spent'; readonly memory: readonly ArrayBuffer[] };

/** Receipts of one commit, in columns. */
export interface Receipts {
  readonly kind: 'receipts';
  readonly requests: Int32Array;
  readonly positions: Int32Array;
  /** Index of the first part. */
  readonly indexes: Float64Array;
  readonly counts: Uint16Array;
  /** 43 characters each: b64 leaf hash of the first part. */
  readonly leafHashes: string;
  /** 36 characters each: entry UUID. */
  readonly entries: string;
  /** The checkpoint that covers them, undefined when nothing new was appended. */
  readonly note: string | undefined;
}

/** Worker → caller. */
export type Answer =
  | Receipts
  | {
      readonly kind: 'refusals';
      readonly request: number;
      readonly refusals: readonly {
        readonly position: number;
        readonly code: string;
        readonly problems: readonly Problem[];
      }[];
    }
  /** Nothing of these requests was appended. */
  | {
      readonly kind: 'failed';
      readonly requests: Int32Array;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'done'; readonly request: number; readonly value: number }
  | { readonly kind: 'ready' }
  /** The worker could not start. */
  | { readonly kind: 'broken'; readonly code: string; readonly message: string }
  | { readonly kind: 'closed' };

/** How the workers are started. */
export interface WorkerSetup {
  readonly location: Location;
  readonly keys: string;
  readonly origin: string;
  readonly vkey: string;
  /** Size of the log up to which the vault was healed on opening. */
  readonly healed: number;
  /** Shortest term of each activity, ms. */
  readonly terms: Readonly<Record<string, number>>;
  /** To the other worker. */
  readonly peer: MessagePort;
}

/** How the seal worker is started: besides, the register it validates against. */
export interface SealSetup extends WorkerSetup {
  readonly register: { readonly document: unknown; readonly version: number };
}
