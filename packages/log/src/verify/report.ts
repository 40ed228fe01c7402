import type { Finding, FindingCode } from '@zegel/core';

/** One finding in a report. */
export interface Reported {
  readonly code: FindingCode;
  /** First entry concerned. */
  readonly index?: number;
  readonly message: string;
}

/** What verification answers (format v1 §5). */
export interface VerifyReport {
  /** No failure was found. */
  readonly ok: boolean;
  /** Entries in the log. */
  readonly size: number;
  /** Root of their tree, standard base64 as in a checkpoint. */
  readonly root: string;
  /** Entries checked in this run: all of them, or what is new since the remembered head. */
  readonly checked: number;
  readonly failures: readonly Reported[];
  readonly warnings: readonly Reported[];
  /** Findings beyond the first thousand of each code, which are not listed. */
  readonly unlisted: number;
  /** Bodies missing under a retention entry: claimed lawful. */
  readonly pruned: number;
  /** Witness cosignatures on the newest checkpoint. */
  readonly witnessed: number;
  /** What was kept elsewhere and compared with; empty when the log vouches for itself alone ("self-asserted"). */
  readonly against: readonly string[];
}

/** Findings of one code kept in a report: a log damaged throughout would else fill the memory. */
const MOST = 1000;

/** Collects findings and makes the report of them. */
export class FindingCollector {
  readonly #failures: Reported[] = [];
  readonly #warnings: Reported[] = [];
  readonly #levelOf: (code: FindingCode) => string;
  /** How many of each code there were: a flood of one must not hide another. */
  readonly #counts = new Map<FindingCode, number>();
  #unlisted = 0;
  #failed = false;

  constructor(levelOf: (code: FindingCode) => string) {
    this.#levelOf = levelOf;
  }

  readonly add = ({ code, index, message }: Finding): void => {
    const level = this.#levelOf(code);
    if (level === 'claimed-lawful') return;
    if (level === 'failure') this.#failed = true;
    const list = level === 'failure' ? this.#failures : this.#warnings;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > MOST) this.#unlisted++;
    else list.push(index === undefined ? { code, message } : { code, index, message });
  };

  get failed(): boolean {
    return this.#failed;
  }

  lists(): Pick<VerifyReport, 'ok' | 'failures' | 'warnings' | 'unlisted'> {
    return {
      ok: !this.#failed,
      failures: this.#failures.toSorted(byIndex),
      warnings: this.#warnings.toSorted(byIndex),
      unlisted: this.#unlisted,
    };
  }
}

function byIndex(a: Reported, b: Reported): number {
  return (a.index ?? Number.POSITIVE_INFINITY) - (b.index ?? Number.POSITIVE_INFINITY) || 0;
}
