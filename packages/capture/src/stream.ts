import type { Context } from './context.ts';
import type { CheckedDeclaration } from './declaration.ts';
import type { Person } from './person.ts';

/** Anything that gives chunks. */
export type Source<T> = AsyncIterable<T> | Iterable<T>;

/**
 * Hands on chunks, each once an entry of its persons is durable; a source that fails, or has no chunks at all, is an entry
 * too. The source runs in the context that the stream was made in, whoever reads from it.
 */
export async function* streamed<T>(
  outer: Context,
  checked: CheckedDeclaration,
  source: Source<T>,
  persons: (chunk: T) => readonly Person[],
): AsyncGenerator<T, void, undefined> {
  let chunks = 0;
  let isDone = false;
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  try {
    for (;;) {
      const context = outer.within();
      const access = context.declare(checked, 'discovered');
      await access.before();
      let next: IteratorResult<T, unknown>;
      try {
        next = await context.run(() => iterator.next());
        if (next.done !== true) context.saw(persons(next.value));
      } catch (error) {
        isDone = true;
        await access.after({ outcome: 'error' });
        throw error;
      }
      if (next.done === true) {
        isDone = true;
        if (chunks === 0) context.saw([]);
        if (chunks === 0 || access.early || access.hasPersons) await access.after({ outcome: 'success' });
        return;
      }
      await access.after({ outcome: 'success' });
      chunks += 1;
      yield next.value;
    }
  } finally {
    if (!isDone) await iterator.return?.();
  }
}
