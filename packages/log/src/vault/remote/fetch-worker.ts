/**
 * Fetches single handles into this machine's vault while the thread that asks stands still: who reads persons reads them
 * synchronously.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { RemoteVault } from '../../port.ts';
import { openRemoteVault } from '../../stores.ts';
import { openVaultFile } from '../vault-file.ts';
import { FETCHED, type FetcherSetup, type FetchRequest } from './fetcher-protocol.ts';
import { decodeHandle } from './handle-object.ts';
import { takeIn } from './mirror.ts';
import { syncMirror } from './sync-mirror.ts';

const { location, kek, state, reasons } = workerData as FetcherSetup;
const view = new Int32Array(state);
let opened: Promise<RemoteVault | undefined> | undefined;

async function fetchOne(number: Uint8Array): Promise<number> {
  const remote = await (opened ??= openRemoteVault(location));
  const [body] = (await remote?.get([number])) ?? [];
  const row = body && decodeHandle(kek, number, body);
  if (row === undefined) return FETCHED.none;
  const vault = openVaultFile(location.dir, kek, false);
  try {
    takeIn(vault, [row]);
  } finally {
    vault.db.close();
  }
  return FETCHED.taken;
}

async function fetchAll(): Promise<number> {
  const remote = await (opened ??= openRemoteVault(location));
  if (remote === undefined) return FETCHED.none;
  const vault = openVaultFile(location.dir, kek, false);
  try {
    await syncMirror(vault, remote, { onProgress: () => Atomics.add(view, 1, 1) });
  } finally {
    vault.db.close();
  }
  return FETCHED.taken;
}

async function answer(request: FetchRequest): Promise<void> {
  const result = await (request === 'all' ? fetchAll() : fetchOne(request)).catch((cause: unknown) => {
    opened = undefined; // the next one tries it anew
    reasons.postMessage(cause instanceof Error ? cause.message : String(cause));
    return FETCHED.failed;
  });
  Atomics.store(view, 0, result);
  Atomics.notify(view, 0);
}

parentPort?.on('message', (request: FetchRequest) => {
  void answer(request);
});
