import {
  type FindingCode,
  inspectEntry,
  type Inspection,
  LogChecker,
  memoryIdCollector,
  type SignedHead,
} from '@zegel/core';
import type { Loose } from './loot.ts';

/** What a log of sound entries looks like to the checker, to be walked again and again with one entry in another form. */
export class Walk {
  readonly entries: readonly Loose[];
  readonly #heads: readonly SignedHead[];
  readonly #sound: readonly Inspection[];

  constructor(entries: readonly Loose[], heads: readonly SignedHead[]) {
    this.entries = entries;
    this.#heads = heads;
    this.#sound = entries.map(({ bytes, leaf }) => inspectEntry(bytes ?? new Uint8Array(0), leaf));
  }

  /**
   * Walks the log to the entry after one that has another inspection here; without one, to its end. Returns `code@index` of
   * everything told but what signatures tell.
   */
  past(index: number, other?: Inspection): ReadonlySet<string> {
    const told = new Set<string>();
    const report = (finding: { code: FindingCode; index?: number }): unknown =>
      told.add(`${finding.code}@${finding.index}`);
    const checker = new LogChecker({ report, ids: memoryIdCollector(), onDuty: () => undefined });
    let next = 0;
    this.#sound.slice(0, index + 2).forEach((item, at) => {
      checker.next(at === index ? (other ?? item) : item);
      const head = this.#heads[next];
      if (head?.size === at + 1) {
        checker.head(head);
        next++;
      }
    });
    checker.finish();
    return told;
  }
}
