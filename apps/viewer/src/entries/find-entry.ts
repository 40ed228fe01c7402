import type { LogReader, StoredEntry } from '@zegel/log';
import { HttpError } from '../http/http-error.ts';
import { wholeNumber } from '../http/parameters.ts';

/** The entry that a path names by its index. @throws HttpError `NOT_FOUND` */
export async function findEntry(log: LogReader, index: string | undefined): Promise<StoredEntry> {
  const at = wholeNumber(index ?? '');
  if (at === undefined || at >= (await log.size()))
    throw new HttpError('NOT_FOUND', 'the log has no entry of this index');
  return log.entry(at);
}
