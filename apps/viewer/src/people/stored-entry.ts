import type { Log, StoredEntry } from '@zegel/log';
import { HttpError } from '../http/http-error.ts';

/** The entry that a path names. @throws HttpError `NOT_FOUND` beyond the head */
export async function storedEntry(log: Pick<Log, 'size' | 'entry'>, text: string): Promise<StoredEntry> {
  const index = /^\d{1,15}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (index >= (await log.size())) throw new HttpError('NOT_FOUND', 'the log has no such entry');
  return log.entry(index);
}
