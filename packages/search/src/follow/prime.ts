import type { StoredEntry } from '@zegel/log/port';
import type { LogSource } from '../log-port.ts';
import { readOne } from '../search/fetch.ts';
import type { SegmentBuilder } from '../segment/builder.ts';
import { readFacts } from '../segment/facts.ts';

/** A segment that begins within a split event needs to have seen the parts before it: positions run over all of them. */
export async function primeBuilder(
  builder: SegmentBuilder,
  log: LogSource,
  entry: StoredEntry,
): Promise<void> {
  const part = (entry.bytes === undefined ? undefined : readFacts(entry.bytes)?.part) ?? 0;
  for (let earlier = Math.min(part - 1, entry.index); earlier > 0; earlier--) {
    builder.prime((await readOne(log, entry.index - earlier))?.bytes);
  }
}
