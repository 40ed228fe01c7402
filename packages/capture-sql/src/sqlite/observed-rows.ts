/** An iterator of which each row passes `observe` before it is handed on. A throw closes the one underneath. */
export function observedRows(
  rows: IterableIterator<unknown>,
  observe: (row: unknown) => unknown,
): IterableIterator<unknown> {
  const end = (): IteratorResult<unknown> => rows.return?.() ?? { done: true, value: undefined };
  return {
    next() {
      const step = rows.next();
      if (step.done === true) return step;
      try {
        return { done: false, value: observe(step.value) };
      } catch (error) {
        end();
        throw error;
      }
    },
    return: end,
    [Symbol.iterator]() {
      return this;
    },
  };
}
