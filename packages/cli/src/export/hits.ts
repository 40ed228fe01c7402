import type { Finding } from '@zegel/core';
import type { LogReader, StoredEntry } from '@zegel/log';
import { hitsUpward, type Plan, type SearchIndex } from '@zegel/search';
import type { Context } from '../run/command.ts';
import { CliError } from '../run/cli-error.ts';

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

/** The hits of a query, as far as the index goes now. What the index names wrongly is told of once. */
export function queryHits(context: Context, index: SearchIndex, plan: Plan): Hits {
  const { signal } = context.io;
  const below = index.stats().covered;
  const told = new Set<string>();
  const onFinding = ({ code, message }: Finding): void => {
    if (!told.has(message)) context.complain(`${code}: ${message}`);
    told.add(message);
  };
  return {
    async *entries() {
      try {
        for await (const chunk of hitsUpward(index, plan, { below, signal, onFinding })) yield* chunk;
      } catch (error) {
        goOn(context);
        throw error;
      }
    },
  };
}

function goOn({ io: { signal } }: Context): void {
  if (signal.aborted) throw new CliError('INTERRUPTED', 'stopped; nothing was written');
}
