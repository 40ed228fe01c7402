import type { CheckState } from './checks.ts';
import type { Notice } from './notice.ts';

/** `unchecked`: nothing was checked yet, or a check could not be done. */
export type CheckStatus = CheckState['status'];

/** `full` hashes every body and rebuilds everything; `round` what is new, and a part of what is old. */
export type CheckKind = 'full' | 'round';

/** How something beside the entries came out; `part` and `skipped` in a round that left the rest to others. */
export type SideResult = 'good' | 'part' | 'failed' | 'skipped' | 'missing' | 'unreadable';

/** One check that was done, as the history keeps it. */
export interface CheckRecord {
  readonly kind: CheckKind;
  /** When it ended, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  /** Milliseconds. */
  readonly took: number;
  readonly result: 'good' | 'failed' | 'cancelled' | 'impossible';
  /** Entries in the log, and their root (standard base64). */
  readonly size: number;
  readonly root: string;
  /** Entries whose chain, tree and contents were checked. */
  readonly checked: number;
  /** Bodies below those that were hashed again. */
  readonly rehashed: number;
  readonly index: SideResult;
  readonly vault: SideResult;
  /** The first failures. */
  readonly failures: readonly Notice[];
  readonly warnings: number;
  /** Somebody asked for it; by whom the log itself says. */
  readonly asked?: true;
  /** Rounds like this one since the record before, which have no record of their own. */
  readonly like?: number;
  /** Why it could not be done. */
  readonly problem?: string;
}

/** A stretch of bodies that a `retention` entry names as lawfully removed. Indexes are inclusive. */
export interface PrunedRange {
  readonly first: number;
  readonly last: number;
  /** Index of that entry. */
  readonly by: number;
  readonly activity: string;
  readonly rule: string;
  readonly recorded: string;
}

/** Accesses that went unlogged, as a `gap` entry says. */
export interface GapNote {
  readonly index: number;
  readonly activity: string;
  readonly service: string;
  readonly count: number;
  readonly from: string;
  readonly to: string;
}

/** What the log was compared with, beyond itself. */
export interface Compared {
  /** `given` by the operator; `remembered` from the first time it was seen. */
  readonly vkey: 'given' | 'remembered' | 'none';
  /** Checkpoints that the operator gave. */
  readonly given: readonly string[];
  /** Entries under the head remembered before the check. */
  readonly remembered: number | undefined;
  /** Since when this log is remembered. */
  readonly since: string | undefined;
}

/** How far a check under way has come. */
export interface Progress {
  readonly kind: CheckKind;
  /** ms since 1970. */
  readonly started: number;
  readonly stage: 'entries' | 'bodies' | 'index';
  readonly done: number;
  readonly total: number;
}

/** What is known of a log's integrity. */
export interface IntegrityState extends CheckState {
  /** When it became so, ms since 1970. */
  readonly since: number;
  readonly lastFull: CheckRecord | undefined;
  readonly lastIncremental: CheckRecord | undefined;
  /** Root of those, standard base64. */
  readonly root: string;
  /** Failures, the first 200; `more` are not listed. */
  readonly findings: readonly Notice[];
  readonly warnings: readonly Notice[];
  readonly more: number;
  readonly pruned: readonly PrunedRange[];
  /** Bodies that are missing under a cover, as of the last full check. */
  readonly prunedBodies: number;
  readonly gaps: readonly GapNote[];
  readonly compared: Compared;
  /** Until when every body was hashed again at least once, and how far the round has come; ms since 1970. */
  readonly bodies: { readonly allSince: number | undefined; readonly next: number };
  /** Why the newest check could not be done. */
  readonly problem: string | undefined;
  readonly progress: Progress | undefined;
}
