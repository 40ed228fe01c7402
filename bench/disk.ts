import { join } from 'node:path';
import { openReader } from '@zegel/log';
import { startIndexer } from '@zegel/search';
import { freshLog } from './append.ts';
import { bytesOf } from './big-log.ts';
import { batches } from './events.ts';
import { ceiling } from './stats.ts';

/** Bytes on disk of log and index against the bytes of the entries, by the size of a commit. */
export async function benchDisk(dir: string, count: number): Promise<void> {
  for (const [size, most] of [
    [1, 1.4],
    [64, 0.9],
  ] as const) {
    const path = join(dir, `disk-${size}`);
    const log = await freshLog(path);
    for (const batch of batches(count, size, { seed: 6, sealed: true, days: 30 })) await log.append(batch);
    await log.close();
    const indexer = startIndexer({ log: path });
    await indexer.reached(count + 2);
    await indexer.stop();
    const reader = await openReader(path);
    let entryBytes = 0;
    for await (const chunk of reader.read(0, count + 2))
      for (const { bytes } of chunk) entryBytes += bytes?.length ?? 0;
    await reader.close();
    const bytes = bytesOf(path, 'log.db', 'index.db');
    ceiling(
      `disk: log + index at commits of ${size}, against the entry bytes`,
      bytes / entryBytes,
      most,
      'x',
      count,
    );
  }
}
