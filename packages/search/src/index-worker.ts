import { parentPort, workerData } from 'node:worker_threads';
import { join } from 'node:path';
import { openReader, openVaultReader } from '@zegel/log';
import { Haste } from './follow/haste.ts';
import { indexVault } from './index-vault.ts';
import { openIndex } from './open-index.ts';

/** What the worker is told. */
export interface IndexerSetup {
  /** Folder of the log; the index is `index.db` in it. */
  readonly dir: string;
  /** Key folder, where it is not the default one. */
  readonly keys: string | undefined;
}

/** What it is told later: to end, or that somebody waits. */
export type WorkerMessage = 'stop' | 'haste';

async function main(setup: IndexerSetup): Promise<void> {
  const [stop, haste] = [new AbortController(), new Haste()];
  const listen = (message: WorkerMessage): void => {
    if (message === 'stop') stop.abort();
    else haste.ask();
  };
  parentPort?.on('message', listen);
  await using log = await openReader(setup.dir);
  const vault = await openVaultReader(setup.dir, { keys: setup.keys });
  const path = join(setup.dir, 'index.db');
  const index = await openIndex({ path, log, vault: indexVault(vault, log.origin), mode: 'write' });
  try {
    await index.follow(stop.signal, (covered) => parentPort?.postMessage(covered), haste);
  } finally {
    index.close();
    vault.close();
    parentPort?.off('message', listen); // or the thread would stay
  }
}

await main(workerData as IndexerSetup);
