import type { EntryIndex } from '@zegel/core';
import type { LogReader, StoredEntry } from '@zegel/log';
import type { Plan, SearchIndex } from '@zegel/search';
import type { Context } from '../run/command.ts';
import { CliError } from '../run/cli-error.ts';

/** Hits asked for, and read, at a time. */
const PAGE = 65_536;
const CHUNK = 512;

/** Entries of a query in index order, to be read more than once. */
export interface Hits {
  /** Entries that match by their own bytes. */
  entries(): AsyncIterable<StoredEntry>;
}

/** Every entry of the log as it is now. @param size entries of this log and no later ones */
export function allEntries(context: Context, log: LogReader, size: number): Hits {
  return {
    async *entries() {
      for await (const chunk of log.read(0, size)) {
        goOn(context);
        yield* chunk;
      }
    },
  };
}

/** The hits of a query. What the index names wrongly is told of once. */
export async function queryHits(context: Context, index: SearchIndex, plan: Plan): Promise<Hits> {
  const indexes: EntryIndex[] = [];
  let below: number | undefined;
  for (let more = true; more; ) {
    goOn(context);
    const page = await index.search(plan, { limit: PAGE, below });
    for (const hit of page.indexes) indexes.push(hit);
    below = page.indexes.at(-1);
    ({ more } = page);
  }
  indexes.reverse();
  const told = new Set<string>();
  return {
    async *entries() {
      for (let at = 0; at < indexes.length; at += CHUNK) {
        goOn(context);
        const { entries, findings } = await index.fetch(plan, indexes.slice(at, at + CHUNK));
        for (const { code, message } of findings) {
          if (!told.has(message)) context.complain(`${code}: ${message}`);
          told.add(message);
        }
        yield* entries;
      }
    },
  };
}

function goOn({ io: { signal } }: Context): void {
  if (signal.aborted) throw new CliError('INTERRUPTED', 'stopped; nothing was written');
}
