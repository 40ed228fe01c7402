import type { Writable } from 'node:stream';

/** Everything a command has to do with the world besides files and logs. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Name of who runs the command, as the system knows them: the actor of consultations. */
  readonly user: string;
  /** Whether somebody looks at `stderr` as it is written. */
  readonly progress: boolean;
}
