import type { Log } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex } from '@zegel/search';
import type { Context } from '../run/command.ts';
import { indexPath } from '../run/locate.ts';
import { counted } from '../run/progress.ts';
import { activityNames } from '@zegel/reading';

/** Opens the index of an open log and has it cover everything the log holds now. */
export async function openSearch(
  context: Context,
  log: Log,
  url: string,
  timeZone: string,
): Promise<SearchIndex> {
  const index = await openIndex({
    path: indexPath(url),
    log: withProgress(context, log),
    vault: indexVault(log.vault, log.origin),
    mode: 'write',
    names: activityNames(log.register),
    timeZone,
  });
  try {
    await index.catchUp(context.io.signal);
    context.progress.clear();
    return index;
  } catch (error) {
    index.close();
    throw error;
  }
}

type Source = Parameters<typeof openIndex>[0]['log'];

/** A log that tells how far it has been read. */
export function withProgress({ progress }: Pick<Context, 'progress'>, log: Source): Source {
  return {
    origin: log.origin,
    size: () => log.size(),
    follow: (from, signal) => log.follow(from, signal),
    findById: (id) => log.findById(id),
    async *read(from, to) {
      for await (const chunk of log.read(from, to)) {
        if (to - from > chunk.length)
          progress.tell(() => `indexing: entry ${counted(chunk[0]?.index ?? from)}`);
        yield chunk;
      }
    },
  };
}
