import type { LogStore } from '@zegel/log/port';
import { StoreError } from '../store-error.ts';

/** What publishing asks of a log about single entries. */
export type EntrySource = Pick<LogStore, 'read'>;

/** An entry whose kind is not `access`. */
export interface Control {
  readonly index: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The control chain (format v1 §1) from its newest entry back to the last one from index `from` on. @throws StoreError STORE_CORRUPT */
export async function* controlsFrom(
  log: EntrySource,
  newest: number,
  from: number,
): AsyncGenerator<Control, void> {
  for (let at: number | undefined = newest; at !== undefined && at >= from; ) {
    const body = await bodyOf(log, at);
    yield { index: at, body };
    const next = (body['control'] as { readonly index?: unknown } | undefined)?.index;
    if (next !== undefined && !(Number.isSafeInteger(next) && (next as number) < at))
      throw damaged(at, 'its link does not lead back');
    at = next as number | undefined;
  }
}

/** One entry as the object it is. @throws StoreError STORE_CORRUPT */
export async function bodyOf(log: EntrySource, index: number): Promise<Control['body']> {
  for await (const [entry] of log.read(index, index + 1)) {
    if (entry?.bytes === undefined) break;
    return parsed(index, entry.bytes);
  }
  throw damaged(index, 'it has no body');
}

function parsed(index: number, bytes: Uint8Array): Control['body'] {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (typeof value === 'object' && value !== null) return value as Control['body'];
  } catch {
    // Said below: the parser would quote the entry.
  }
  throw damaged(index, 'it is not a JSON object');
}

function damaged(index: number, why: string): StoreError {
  return new StoreError('STORE_CORRUPT', `entry ${index} can't be read: ${why}`, { index });
}
