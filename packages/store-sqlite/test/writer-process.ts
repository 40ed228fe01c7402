/**
 * A process that appends until it is killed: `node writer-process.ts <folder> <entries a commit> <writers>
 * <commits a writer>`. It tells each acknowledged commit on its standard output.
 */
import { writeSync } from 'node:fs';
import { openStore } from '@zegel/store-sqlite';
import { batchAfter, someEntries } from '@zegel/testkit/batch';

const [place = '', count = '1', writers = '1', commits = 'Infinity'] = process.argv.slice(2);

async function write(writer: number): Promise<void> {
  const store = await openStore(place, { mode: 'write', busyTimeout: 60_000 });
  for (let n = 0; n < Number(commits); n++) {
    const batch = await store.commit((view) => batchAfter(view, someEntries(Number(count), view.size)));
    writeSync(1, `${writer} ${batch?.head.size}\n`);
  }
  await store.close();
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
