import type { AccessRun } from './access-run.ts';
import type { Tell } from './tell.ts';

/** What the next entry is compared with. Plain data. */
export interface ChainState {
  /** Entries seen: the position of the next one. */
  size: number;
  /** Leaf hash of the last entry, base64url. */
  leaf: string;
  /** By how much the index written in the last entry is ahead of its position. */
  ahead: number;
  /** `recorded` of the last entry that has its body, in milliseconds. */
  recorded: number;
}

/** Before the first entry. */
export function newChain(): ChainState {
  return { size: 0, leaf: '', ahead: 0, recorded: Number.NEGATIVE_INFINITY };
}

/**
 * `index` counts on from the entry before (format v1 §1). Where it jumps, only the jump is told,
 * not every entry behind it.
 */
export function checkIndex(chain: ChainState, index: number, tell: Tell): void {
  const ahead = index - chain.size;
  if (ahead > chain.ahead) {
    tell('index-gap', chain.size, `says index ${index} where ${chain.size + chain.ahead} belongs`);
  } else if (ahead < chain.ahead) {
    tell('index-repeat', chain.size, `says index ${index} where ${chain.size + chain.ahead} belongs`);
  }
  chain.ahead = ahead;
}

/** `prev` is the leaf hash of the entry before, also of one without its body (format v1 §1). */
export function checkPrev(chain: ChainState, prev: string, tell: Tell): void {
  if (chain.size > 0 && prev !== chain.leaf)
    tell('prev-broken', chain.size, 'prev is not the leaf hash of the entry before');
}

/**
 * `recorded` never goes back, but for a `clock` entry that declares the time of the entry before it
 * false (format v1 §1). `falseUntil` is the end of the range that a clock entry names.
 */
export function checkRecorded(
  chain: ChainState,
  recorded: number,
  falseUntil: number | undefined,
  tell: Tell,
): void {
  if (falseUntil !== undefined) tell('clock-corrected', chain.size, 'declares recorded times false');
  const excused = falseUntil !== undefined && falseUntil >= chain.recorded;
  if (recorded < chain.recorded && !excused)
    tell('recorded-back', chain.size, 'recorded before the entry before it');
  chain.recorded = recorded;
}

/** Whether a run follows so that the three checks have nothing to tell of it. */
export function followsChain(chain: ChainState, run: AccessRun): boolean {
  const follows = run.index - chain.size === chain.ahead && run.prev === chain.leaf;
  return follows && run.from >= chain.recorded;
}
