import { ZegelError } from '../errors.ts';
import type { OnSubtree } from '../merkle/compact-range.ts';
import type { HeadOptions } from './heads.ts';
import type { IdCollector } from './ids.ts';
import type { CheckerState } from './state.ts';

/** How a log is to be checked. */
export interface CheckerOptions extends HeadOptions {
  readonly ids: IdCollector;
  /** Told of the subtrees of 256^level leaves as they are complete; of those that end before `resume`, nothing. */
  readonly onSubtree?: OnSubtree;
  /** The origin expected; without it the genesis says it, and nobody else. */
  readonly origin?: string;
  /** Milliseconds by which `occurred` may lie after `recorded`. Default five minutes. */
  readonly occurredBound?: number;
  /** Goes on after what {@link LogChecker.snapshot} gave. */
  readonly resume?: CheckerState;
}

/** For the end of a check: the time it is, and how old the newest entry may be, in milliseconds. */
export interface Freshness {
  readonly now: number;
  readonly staleAfter?: number;
}

/** What a check has seen. */
export interface CheckSummary {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Bodies that are missing under a retention entry: claimed lawful. */
  readonly pruned: number;
}

/** A held checkpoint covers fewer entries than the state to go on from: only a check from the start can compare it. */
export class HeldTooOldError extends ZegelError {
  override readonly name = 'HeldTooOldError';
  readonly code = 'HELD_TOO_OLD' as const;
}
