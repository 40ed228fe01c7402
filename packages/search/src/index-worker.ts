import { parentPort, workerData } from 'node:worker_threads';
import { join } from 'node:path';
import { healAlong, openReader, openVaultReader, parseLocation, syncVault } from '@zegel/log';
import { Haste } from './follow/haste.ts';
import { indexVault } from './index-vault.ts';
import { openIndex } from './open-index.ts';

/** What the worker is told. */
export interface IndexerSetup {
  /** The log: a folder or a URL. The index is `index.db` in its folder on this machine. */
  readonly log: string;
  /** Key folder, where it is not the default one. */
  readonly keys: string | undefined;
}

/** What it is told later: to end, or that somebody waits. */
export type WorkerMessage = 'stop' | 'haste';

/** Does something at most once at a time; asked for meanwhile, once more. What fails is tried again when asked for next. */
function inTurn(work: () => Promise<void>): () => void {
  let [running, again] = [false, false];
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work().catch(() => undefined); // the vault is healed before it answers, when it is opened next
    } while (again);
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}

async function main(setup: IndexerSetup): Promise<void> {
  const [stop, haste] = [new AbortController(), new Haste()];
  const listen = (message: WorkerMessage): void => {
    if (message === 'stop') stop.abort();
    else haste.ask();
  };
  parentPort?.on('message', listen);
  const { keys } = setup;
  await using log = await openReader(setup.log);
  await syncVault(setup.log, { keys }); // one by one they would take as long as a request each
  const vault = await openVaultReader(setup.log, { keys });
  const path = join(parseLocation(setup.log).dir, 'index.db');
  const index = await openIndex({ path, log, vault: indexVault(vault, log.origin), mode: 'write' });
  try {
    const heal = inTurn(() => healAlong(log, setup.log, { keys }));
    const told = (covered: number): void => {
      parentPort?.postMessage(covered);
      heal();
    };
    await index.follow(stop.signal, told, haste);
  } finally {
    index.close();
    vault.close();
    parentPort?.off('message', listen); // or the thread would stay
  }
}

await main(workerData as IndexerSetup);
