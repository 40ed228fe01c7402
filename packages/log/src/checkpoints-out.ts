/** Is told of signed heads, so that they leave the machine unasked. */
export type OnCheckpoint = (note: string) => void | Promise<void>;

/**
 * Hands each newest checkpoint to a callback, one at a time; while one is under way only the newest of those that follow
 * is kept. A callback that fails is told of by a process warning and the next checkpoint is handed over all the same.
 */
export class CheckpointsOut {
  readonly #tell: OnCheckpoint | undefined;
  #waiting: string | undefined;
  #running: Promise<void> | undefined;

  constructor(tell: OnCheckpoint | undefined) {
    this.#tell = tell;
  }

  push(note: string): void {
    if (this.#tell === undefined) return;
    this.#waiting = note;
    this.#running ??= this.#run(this.#tell).finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing is left to hand over. */
  async flush(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(tell: OnCheckpoint): Promise<void> {
    while (this.#waiting !== undefined) {
      const note = this.#waiting;
      this.#waiting = undefined;
      try {
        await tell(note);
      } catch (error) {
        process.emitWarning(
          `a checkpoint did not leave the machine: ${error instanceof Error ? error.message : String(error)}`,
          {
            code: 'ZEGEL_CHECKPOINT',
          },
        );
      }
    }
  }
}
