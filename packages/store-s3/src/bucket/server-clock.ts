/** Milliseconds for which a comparison of two clocks is taken for good. */
const FRESH_MS = 120_000;
/** Milliseconds by which a clock may drift from the machine's own counter before it counts as set anew. */
const STEP_MS = 2000;

/** What the answers of a server tell of its clock. */
export class ServerClock {
  #skewMs: number | undefined;
  #heardAt = 0;
  #base = 0;

  /** The server's clock less ours at its last answer, ms, to about a second; undefined before one. */
  get skewMs(): number | undefined {
    return this.#skewMs;
  }

  /**
   * Whether that was lately, and our clock was not set since. A machine that slept counts as one whose clock was set: while
   * it sleeps its counter stands still and its clock goes on.
   */
  get isFresh(): boolean {
    if (this.#skewMs === undefined) return false;
    const step = Math.abs(base() - this.#base);
    return step <= STEP_MS && performance.now() - this.#heardAt <= FRESH_MS;
  }

  /**
   * Takes in the `Date` of an answer, which has whole seconds, and its `Age` where a proxy had kept it for a while
   * (RFC 9111 §5.1). What can't be read is not taken in.
   */
  heard(date: string | undefined, age: string | undefined): void {
    const time = Date.parse(date ?? '');
    if (Number.isNaN(time)) return;
    const seconds = /^\d{1,9}$/.test(age ?? '') ? Number(age) : 0;
    this.#skewMs = time + 1000 * seconds + 500 - Date.now();
    this.#heardAt = performance.now();
    this.#base = base();
  }
}

function base(): number {
  return Date.now() - performance.now();
}
