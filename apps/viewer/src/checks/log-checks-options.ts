import type { LogReader } from '@zegel/log';
import type { Sides } from './check-protocol.ts';

/** How the checks of a log are set up. */
export interface LogChecksOptions {
  /** The log, as `openLog` takes it. */
  readonly log: string;
  readonly keys?: string | undefined;
  /** Folder of what is remembered; see `stateFolder`. */
  readonly state?: string | undefined;
  /** A verifier key that the operator gave. */
  readonly vkey?: string | undefined;
  /** Signed checkpoints that the operator gave. */
  readonly held?: readonly { readonly note: string; readonly from: string }[] | undefined;
  /** Milliseconds that a round spends on bodies that were checked before. */
  readonly budget?: number | undefined;
  readonly sides?: Sides | undefined;
  /** Reads the log that is served. */
  readonly logs: { use<T>(work: (log: LogReader) => Promise<T>): Promise<T> };
  readonly now?: (() => number) | undefined;
  readonly onProblem: (text: string) => void;
}
