/** Runs work one at a time: whoever guesses keeps one core busy and no more. */
export class Turns {
  readonly #most: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param most how many may wait or run at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether the line is so long that no more is taken. */
  get full(): boolean {
    return this.#waiting >= this.#most;
  }

  /** Runs work when its turn comes. */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => this.#waiting--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
