import { checkHeadSignatures, type Finding, type HeadDuty } from '@zegel/core';
import type { LogStore } from '../port.ts';
import { sumTable, type TableAsked, type TableSum } from './id-table.ts';
import type { Inspecting, Slice } from './inspect-protocol.ts';
import { inspectRange } from './inspect-range.ts';

/** Inspects on the caller's thread: for logs so small that starting threads would cost more than the work. */
export class InlineInspector implements Inspecting {
  readonly #store: LogStore;
  readonly #report: (finding: Finding) => void;

  /** @param store stays the caller's to close */
  constructor(store: LogStore, report: (finding: Finding) => void) {
    this.#store = store;
    this.#report = report;
  }

  async *slices(ranges: Iterator<readonly [from: number, to: number]>): AsyncGenerator<Slice> {
    for (let range = ranges.next(); range.done !== true; range = ranges.next())
      yield* inspectRange(this.#store, ...range.value);
  }

  check(duties: readonly HeadDuty[]): void {
    for (const duty of duties) {
      const finding = checkHeadSignatures(duty);
      if (finding !== undefined) this.#report(finding);
    }
  }

  sumTable(asked: TableAsked): Promise<TableSum> {
    return sumTable(this.#store, asked);
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
