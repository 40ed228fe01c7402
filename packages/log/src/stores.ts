import { LogError } from './errors.ts';
import { isRemote, type Location } from './location.ts';
import type { LogStore, RemoteVault, StoreModule, StoreOptions } from './port.ts';

/** Milliseconds for which a writer over a network tries again: others may be first many times, and servers have bad minutes. */
const REMOTE_BUSY = 60_000;

/**
 * Opens the store of a location. The package is named by the URL and loaded when it is first needed, so
 * that this package compiles against the port alone.
 */
export async function openStoreAt(location: Location, options: StoreOptions): Promise<LogStore> {
  const store = await storeOf(location);
  const remote = isRemote(location) && { home: location.dir, busyTimeout: REMOTE_BUSY };
  return store.openStore(location.url, { ...remote, ...options });
}

/** Opens the place of a log's vault, where that is another than its folder. */
export async function openRemoteVault(location: Location): Promise<RemoteVault | undefined> {
  if (!isRemote(location)) return undefined;
  const store = await storeOf(location);
  return store.openVault?.(location.url);
}

/** @throws LogError `LOG_URL` when the package is not installed: only who keeps logs there needs it */
async function storeOf({ store, url }: Location): Promise<StoreModule> {
  try {
    return (await import(store)) as StoreModule;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new LogError('LOG_URL', `a log at ${url} needs the package ${store}, which is not installed`, {
      cause,
    });
  }
}
