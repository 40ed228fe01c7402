/** A line of the input, or anything else with its place. */
export interface Sized {
  /** What it takes in memory, roughly. */
  readonly bytes: number;
}

/** When a batch is full. */
const MOST_ITEMS = 500;
const MOST_BYTES = 8 * 1024 * 1024;
/** How long the first item of a batch waits for others, in ms. */
const PATIENCE = 20;
/** Batches under way at once: enough to keep all threads busy, few enough to bound memory. */
const MOST_UNDER_WAY = 4;

/** What becomes of batches. */
export interface BatchWork<T, R> {
  /** Starts a batch; several may be under way. */
  readonly start: (items: readonly T[]) => Promise<R>;
  /** Tells what became of it; called in the order of the batches, one at a time. */
  readonly finish: (items: readonly T[], result: R) => Promise<void>;
}

/**
 * Groups items into batches by number, size and time, and keeps the order of what is told of them. `add` waits while
 * enough is under way, which is what holds back a fast sender.
 */
export class Batches<T extends Sized, R> {
  readonly #work: BatchWork<T, R>;
  #items: T[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void>[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(work: BatchWork<T, R>) {
    this.#work = work;
  }

  /** @throws what a batch failed with; nothing more is started after that */
  async add(item: T): Promise<void> {
    this.#check();
    this.#items.push(item);
    this.#bytes += item.bytes;
    if (this.#items.length >= MOST_ITEMS || this.#bytes >= MOST_BYTES) await this.#send();
    else this.#timer ??= setTimeout(() => void this.#send(), PATIENCE);
  }

  /** Sends what is left and resolves when everything has been told. @throws what a batch failed with */
  async end(): Promise<void> {
    await this.#send();
    while (this.#underWay.length > 0) await this.#underWay[0];
    this.#check();
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = this.#items;
    if (items.length > 0 && this.#failure === undefined) this.#start(items);
    this.#items = [];
    this.#bytes = 0;
    while (this.#underWay.length >= MOST_UNDER_WAY) await this.#underWay[0];
  }

  #start(items: readonly T[]): void {
    const before = this.#underWay.at(-1) ?? Promise.resolve();
    const result = this.#work.start(items);
    result.catch(() => undefined); // it is told below, when its turn comes
    const told = before.then(() => this.#finish(items, result)).then(() => void this.#underWay.shift());
    this.#underWay.push(told);
  }

  async #finish(items: readonly T[], result: Promise<R>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await this.#work.finish(items, await result);
    } catch (error) {
      this.#failure = { error };
    }
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
