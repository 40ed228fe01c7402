/** Results of `work` in the order of the items, with up to `width` of them under way ahead of whoever takes them. */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const waiting: Promise<R>[] = [];
  try {
    for (const item of items) {
      const result = work(item);
      // Whoever takes them meets the failure; until then it is nobody's.
      result.catch(() => undefined);
      waiting.push(result);
      if (waiting.length >= width) yield await (waiting.shift() as Promise<R>);
    }
    for (const result of waiting.splice(0)) yield await result;
  } finally {
    await Promise.allSettled(waiting);
  }
}
