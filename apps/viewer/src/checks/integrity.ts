import type { StoredEntry } from '@zegel/log';
import type { CheckRecord, IntegrityState, Progress } from './integrity-state.ts';
import type { Notice } from './notice.ts';

/** The checks of a log, as the page about them sees them, and those who show entries. */
export interface Integrity {
  readonly details: IntegrityState;
  /** There are no more checks. */
  readonly closed: boolean;
  /** Checks that were done, newest first, at most `most`. */
  history(most: number): readonly CheckRecord[];
  /**
   * Checks everything: every body, hash and signature, vault and index. One that is under way is joined; a round gives way.
   *
   * @param signal ends the check; of one that is joined only the waiting
   * @returns the record of the check, as the history has it
   */
  runFull(signal?: AbortSignal, onProgress?: (progress: Progress) => void): Promise<CheckRecord>;
  /** Stops a full check that is under way. */
  cancel(): void;
  /** Holds entries that are about to be shown against what was found good; `stateOf` knows afterwards. */
  seen(entries: readonly StoredEntry[]): Promise<void>;
  /** What somebody else found, such as a search whose hits the log does not bear out. */
  tell(notices: readonly Notice[]): void;
  /** Calls back at every change, until the function that it returns is called. */
  onChange(listener: () => void): () => void;
}
