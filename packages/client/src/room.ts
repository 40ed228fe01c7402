/** Bounds how much is pending: who comes when it is full waits, and is let in in order. */
export class Room {
  readonly #most: number;
  #waiting: {
    readonly count: number;
    readonly enter: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  /** What is pending. */
  pending: number;

  constructor(most: number, pending: number) {
    this.#most = most;
    this.pending = pending;
  }

  /** Whether somebody waits. */
  get full(): boolean {
    return this.#waiting.length > 0;
  }

  /** Takes so much room; more than there is at all when nothing else is pending. */
  take(count: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#fits(count)) {
      this.pending += count;
      return Promise.resolve();
    }
    return new Promise((enter, reject) => this.#waiting.push({ count, enter, reject }));
  }

  /** Gives room back. */
  give(count: number): void {
    this.pending -= count;
    for (let [next] = this.#waiting; next !== undefined && this.#fits(next.count); [next] = this.#waiting) {
      this.#waiting.shift();
      this.pending += next.count;
      next.enter();
    }
  }

  /** Sends away everybody who waits. */
  close(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #fits(count: number): boolean {
    return this.pending === 0 || this.pending + count <= this.#most;
  }
}
