/** Somebody waits: a follower that gathers, or waits for entries, is to look at once. */
export class Haste {
  #asked = false;
  #waiting: AbortController | undefined;

  ask(): void {
    this.#asked = true;
    this.#waiting?.abort();
  }

  /** A signal for one wait, which aborts when somebody asks, or has asked since the last one, or when `stop` aborts. */
  begin(stop: AbortSignal): AbortSignal {
    const waiting = new AbortController();
    if (this.#asked) waiting.abort();
    this.#asked = false;
    this.#waiting = waiting;
    return AbortSignal.any([waiting.signal, stop]);
  }
}
