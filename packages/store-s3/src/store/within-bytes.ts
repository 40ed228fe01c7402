/** How far ahead of whoever takes them things may be read. */
export interface Ahead<T> {
  /** Most that are under way or waiting to be taken. */
  readonly width: number;
  /** Most bytes of them; a single one may be larger. */
  readonly bytes: number;
  /** Bytes of one. */
  readonly weigh: (item: T) => number;
}

/**
 * Results of `work` in the order of the items, some of them under way ahead of whoever takes them. One counts
 * from its beginning until the next is asked for: never more bytes than `bytes` are held, or than a single item has.
 */
export async function* withinBytes<T, R>(
  items: Iterable<T>,
  { width, bytes, weigh }: Ahead<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const waiting: { readonly result: Promise<R>; readonly weight: number }[] = [];
  const coming = items[Symbol.iterator]();
  let held = 0;
  let next = coming.next();
  try {
    for (;;) {
      while (next.done !== true) {
        const weight = weigh(next.value);
        if (waiting.length > 0 && (waiting.length >= width || held + weight > bytes)) break;
        const result = work(next.value);
        // Whoever takes them meets the failure; until then it is nobody's.
        result.catch(() => undefined);
        waiting.push({ result, weight });
        held += weight;
        next = coming.next();
      }
      const [first] = waiting;
      if (first === undefined) return;
      yield await first.result;
      waiting.shift();
      held -= first.weight;
    }
  } finally {
    await Promise.allSettled(waiting.map(({ result }) => result));
  }
}
