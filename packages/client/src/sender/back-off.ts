/** How long to wait between tries: twice as long each time, up to a limit, and never all clients at once. */
export class BackOff {
  readonly #first: number;
  readonly #longest: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(
    { first, longest }: { readonly first: number; readonly longest: number },
    random: () => number = Math.random,
  ) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
  }

  /** Milliseconds until the next try: between half and all of what this failure is worth. */
  next(): number {
    const full = Math.min(this.#longest, this.#first * 2 ** Math.min(this.#failures++, 30));
    return full * (0.5 + this.#random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
