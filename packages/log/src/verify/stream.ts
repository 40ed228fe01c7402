import {
  type AccessRun,
  equalBytes,
  type Inspected,
  inspectEntry,
  type LogChecker,
  prunedLeaf,
  type Report,
} from '@zegel/core';
import type { LogStore, StoredHead, Subtree } from '../port.ts';
import { PrunedRanges } from './id-table.ts';
import type { Inspecting } from './inspect-protocol.ts';

/** Entries of one range given to a thread. */
export const RANGE = 8192;
const GROUP = 256;
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
  /** Subtrees that the checker has completed and that the store's are still to be compared with. */
  readonly #subtrees: Subtree[];
  #heads: StoredHead[] = [];
  #headsFrom: number;
  #control: number | undefined;
  #ranOut = false;

  constructor(
    store: LogStore,
    inspectors: Inspecting,
    checker: LogChecker,
    subtrees: Subtree[],
    report: Report,
    progress: ((checked: number, size: number) => void) | undefined,
  ) {
    this.#store = store;
    this.#inspectors = inspectors;
    this.#checker = checker;
    this.#subtrees = subtrees;
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
      for (const item of slice.items) await this.#item(item);
      await this.#compareSubtrees();
      inRange += slice.count;
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

  async #item(item: Inspected): Promise<void> {
    if (item.kind === 'run') return this.#run(item);
    if (item.kind === 'pruned') this.pruned.add(this.#checker.size);
    else if (item.kind === 'control') this.#control = this.#checker.size;
    else if (item.kind === 'partial') this.#control = undefined; // it may be one: what heads point to can't be told
    this.#checker.next(item);
    await this.#headsHere();
  }

  /** A run in one piece; one of which there is something to tell is read once more, entry by entry. */
  async #run(run: AccessRun): Promise<void> {
    if (!this.#checker.begin(run)) return this.#again(run);
    for (let at = 0; at < run.count; ) {
      const head = this.#heads[0]?.size ?? Number.POSITIVE_INFINITY;
      const end = Math.min(run.count, at + Math.max(1, head - this.#checker.size));
      this.#checker.proceed(run, at, end);
      at = end;
      await this.#headsHere();
    }
  }

  async #again({ stored, count }: AccessRun): Promise<void> {
    for await (const entries of this.#store.read(stored, stored + count))
      for (const { bytes, leafHash } of entries)
        await this.#item(bytes === undefined ? prunedLeaf(leafHash) : inspectEntry(bytes, leafHash));
  }

  async #headsHere(): Promise<void> {
    while (this.#heads[0] !== undefined && this.#heads[0].size <= this.#checker.size) await this.#head();
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

  async #compareSubtrees(): Promise<void> {
    const expected = this.#subtrees.splice(0);
    if (this.#start !== 0) return; // an incremental check leaves the old ones, and with them what they are part of
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
