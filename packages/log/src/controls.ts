import type { EntryIndex } from '@zegel/core';
import { LogError } from './errors.ts';
import type { LogStore } from './port.ts';

/** An entry whose kind is not `access`, as far as a writer needs it. */
export interface ControlEntry {
  readonly index: EntryIndex;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The control chain (format v1 §1) from its newest entry back to the genesis. @throws LogError `LOG_DAMAGED` where a link is missing */
export async function* controlsBack(store: LogStore, newest: number): AsyncGenerator<ControlEntry> {
  let index: number | undefined = newest;
  while (index !== undefined) {
    const entry = await readControl(store, index);
    yield entry;
    const link = entry.body['control'] as { index: number } | undefined;
    if (link !== undefined && link.index >= index)
      throw new LogError('LOG_DAMAGED', `the control link of entry ${index} does not lead back`);
    index = link?.index;
  }
}

/** One entry of the control chain. @throws LogError `LOG_DAMAGED` when its body is not there */
export async function readControl(store: LogStore, index: number): Promise<ControlEntry> {
  for await (const [entry] of store.read(index, index + 1)) {
    if (entry?.bytes === undefined) break;
    const body = JSON.parse(Buffer.from(entry.bytes).toString()) as Record<string, unknown>;
    return { index: entry.index, kind: String(body['kind']), body };
  }
  throw new LogError('LOG_DAMAGED', `entry ${index} of the control chain can't be read`);
}
