/**
 * A process that appends and tells each acknowledged commit on its standard output:
 * `node writer-process.ts <url> <home or -> <name> <commits>`.
 */
import { writeSync } from 'node:fs';
import { openStore } from '@zegel/store-s3';
import { batchAfter, SUITE_SIGNER } from '@zegel/testkit/batch';

const [url = '', home = '-', name = '', commits = '0'] = process.argv.slice(2);

const store = await openStore(url, {
  mode: 'write',
  signer: SUITE_SIGNER,
  busyTimeout: 60_000,
  ...(home === '-' ? {} : { home }),
});
for (let n = 0; n < Number(commits); n++) {
  const batch = await store.commit((view) =>
    batchAfter(view, [new TextEncoder().encode(JSON.stringify({ index: view.size, n, name }))]),
  );
  writeSync(1, `${batch?.head.size}\n`);
}
await store.close();
