import { CompactRange, equalBytes, type LogChecker, type Report, unpackInspections } from '@zegel/core';
import type { LogStore, StoredHead } from '../port.ts';
import { PrunedRanges } from './id-table.ts';
import type { Inspecting, Slice } from './inspect-protocol.ts';

/** Entries of one range given to a thread; a multiple of 256, so that groups of leaves don't straddle two. */
export const RANGE = 8192;
const GROUP = 256;
const HASH = 32;
const HEADS = 1024;

/** Feeds a checker with a log's entries and heads in order, and compares the store's own hashes on the way. */
export class Stream {
  readonly pruned: PrunedRanges = new PrunedRanges();
  readonly #store: LogStore;
  readonly #inspectors: Inspecting;
  readonly #checker: LogChecker;
  readonly #report: Report;
  readonly #progress: ((checked: number, size: number) => void) | undefined;
  readonly #start: number;
  /** Groups of 256 leaves, each a leaf here, so that its subtrees are those of 256^2 and up. */
  readonly #groups = CompactRange.empty();
  #heads: StoredHead[] = [];
  #headsFrom: number;
  #control: number | undefined;
  #ranOut = false;

  constructor(
    store: LogStore,
    inspectors: Inspecting,
    checker: LogChecker,
    report: Report,
    progress: ((checked: number, size: number) => void) | undefined,
  ) {
    this.#store = store;
    this.#inspectors = inspectors;
    this.#checker = checker;
    this.#report = report;
    this.#progress = progress;
    this.#start = checker.size;
    this.#headsFrom = checker.size + 1;
  }

  async run(): Promise<void> {
    const size = (await this.#store.head())?.size ?? 0;
    let inRange = 0;
    for await (const slice of this.#inspectors.slices(this.#ranges(size))) {
      // What others append while this runs comes with heads of its own.
      if (this.#heads.length === 0) await this.#fetchHeads();
      for (const damage of slice.damages) this.#report(damage);
      await this.#items(slice);
      await this.#compareGroups(slice);
      inRange += slice.items.count;
      if (slice.end) {
        this.#ranOut ||= inRange === 0;
        inRange = 0;
      }
      this.#progress?.(this.#checker.size, size);
    }
    // Heads that were there before the entries were read must have theirs; others may have come since.
    while ((this.#heads[0]?.size ?? Number.POSITIVE_INFINITY) <= Math.max(size, this.#checker.size))
      await this.#head();
    await this.#noMoreGroups();
  }

  async #items(slice: Slice): Promise<void> {
    for (const item of unpackInspections(slice.items)) {
      if (item.kind === 'pruned') this.pruned.add(this.#checker.size);
      else if (item.kind === 'control') this.#control = this.#checker.size;
      else if (item.kind === 'partial') this.#control = undefined; // it may be one: what heads point to can't be told
      this.#checker.next(item);
      while (this.#heads[0] !== undefined && this.#heads[0].size <= this.#checker.size) await this.#head();
    }
  }

  async #head(): Promise<void> {
    const head = this.#heads.shift();
    if (head === undefined) return;
    if (head.size >= this.#checker.size) this.#checker.head(head);
    if (this.#control !== undefined && head.size <= this.#checker.size && head.control !== this.#control)
      this.#report({
        code: 'store-damaged',
        index: this.#control,
        message: `the checkpoint of ${head.size} entries points to ${head.control} as the last control entry`,
      });
    if (this.#heads.length === 0) await this.#fetchHeads();
  }

  async #fetchHeads(): Promise<void> {
    const heads = await this.#store.heads(this.#headsFrom, Number.MAX_SAFE_INTEGER, HEADS);
    this.#heads = [...heads];
    const last = heads.at(-1);
    if (last !== undefined) this.#headsFrom = last.size + 1;
  }

  async #compareGroups({ subtrees }: Slice): Promise<void> {
    if (this.#start !== 0) return; // groups straddle the place from which an incremental check goes on
    const expected: { level: number; n: number; hash: Uint8Array }[] = [];
    for (let at = 0; at < subtrees.length; at += HASH) {
      const hash = subtrees.subarray(at, at + HASH);
      expected.push({ level: 1, n: this.#groups.size, hash });
      this.#groups.append(hash, (level, n, above) => expected.push({ level: level + 1, n, hash: above }));
    }
    const stored = await this.#store.subtrees(expected);
    expected.forEach(({ level, n, hash }, i) => {
      const there = stored[i];
      if (there !== undefined && equalBytes(there, hash)) return;
      const what = there === undefined ? 'is missing' : 'is not that of its leaves';
      this.#report({
        code: 'tree-hash',
        index: n * GROUP ** level,
        message: `the stored hash ${n} of level ${level} ${what}`,
      });
    });
  }

  /** Rows ahead of the tree would keep the log from growing over them. */
  async #noMoreGroups(): Promise<void> {
    if (this.#start !== 0) return;
    const next = [1, 2, 3, 4].map((level) => ({ level, n: Math.floor(this.#checker.size / GROUP ** level) }));
    const stored = await this.#store.subtrees(next);
    const size = Math.max(this.#checker.size, (await this.#store.head())?.size ?? 0); // others may have appended
    next.forEach(({ level, n }, i) => {
      const width = GROUP ** level;
      if (stored[i] !== undefined && (n + 1) * width > size)
        this.#report({
          code: 'tree-hash',
          index: n * width,
          message: `a hash of level ${level} is stored that no leaves give yet`,
        });
    });
  }

  /** The log in ranges, the last one open, so that it holds whatever the store has beyond its newest head. */
  *#ranges(size: number): Generator<readonly [from: number, to: number]> {
    let from = this.#start;
    // A range without entries ends it early: a forged head may promise more of them than there are days to look.
    for (let to = after(from); to <= size && !this.#ranOut; to = after(from)) {
      yield [from, to];
      from = to;
    }
    yield [from, Number.MAX_SAFE_INTEGER];
  }
}

function after(from: number): number {
  return (Math.floor(from / RANGE) + 1) * RANGE;
}
