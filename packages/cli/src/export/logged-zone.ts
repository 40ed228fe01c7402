import type { RegisterEntry } from '@zegel/core';
import type { LogReader, RegisterDocument } from '@zegel/log';
import type { SearchIndex } from '@zegel/search';
import { parseBody } from '@zegel/reading';

const DEFAULT_ZONE = 'Europe/Amsterdam';

/** The time zone that the newest register in the log names: days in queries are days there. */
export async function loggedZone(index: SearchIndex, log: LogReader): Promise<string> {
  const newest = (await index.search('kind:register', { limit: 1 })).indexes[0];
  if (newest === undefined) return DEFAULT_ZONE;
  let text = '';
  let first: number = newest;
  do {
    const entry = parseBody(await log.entry(first)) as RegisterEntry | undefined;
    if (entry === undefined) return DEFAULT_ZONE;
    text = entry.document + text;
    if ((entry.part?.number ?? 1) === 1) break;
  } while (--first > 0);
  const document = JSON.parse(text) as RegisterDocument;
  return document.timezone ?? DEFAULT_ZONE;
}
