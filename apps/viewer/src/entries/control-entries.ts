import type { StoredEntry } from '@zegel/log';
import { type EntryObject, parseBody } from '@zegel/reading';
import type { Plan, SearchIndex, Test } from '@zegel/search';

/** An entry and what it says. */
export interface ReadEntry {
  readonly index: number;
  readonly body: EntryObject;
}

const PAGE = 200;

/** One condition: any of these kinds. */
export function kinds(...values: readonly string[]): Plan['conditions'][number] {
  return { negated: false, any: values.map((value) => ({ kind: 'term', attribute: 'kind', value })) };
}

/** One condition: this one test. */
export function only(test: Test): Plan['conditions'][number] {
  return { negated: false, any: [test] };
}

/** Entries that a plan finds, newest first, at most so many; what they say comes from the log. */
export async function* entriesOf(index: SearchIndex, plan: Plan, most: number): AsyncGenerator<ReadEntry> {
  let below: number | undefined;
  for (let left = most; left > 0; ) {
    const page = await index.search(plan, { limit: Math.min(PAGE, left), below });
    const { entries } = await index.fetch(plan, page.indexes);
    for (const entry of entries) {
      const read = readEntry(entry);
      if (read !== undefined) yield read;
    }
    left -= page.indexes.length;
    below = page.indexes.at(-1);
    if (!page.more || below === undefined) return;
  }
}

function readEntry(entry: StoredEntry): ReadEntry | undefined {
  const body = parseBody(entry);
  return body && { index: entry.index, body };
}

/** From an index on. */
export function from(first: number, last: number = Number.MAX_SAFE_INTEGER): Plan['conditions'][number] {
  return only({ kind: 'index', first, last });
}
