import { isRemote, type Location } from './location.ts';
import type { LogStore, RemoteVault, StoreModule, StoreOptions } from './port.ts';

/**
 * Opens the store of a location. The package is named by the URL and loaded when it is first needed, so
 * that this package compiles against the port alone.
 */
export async function openStoreAt(location: Location, options: StoreOptions): Promise<LogStore> {
  const store = (await import(location.store)) as StoreModule;
  return store.openStore(location.url, { ...(isRemote(location) && { home: location.dir }), ...options });
}

/** Opens the place of a log's vault, where that is another than its folder. */
export async function openRemoteVault(location: Location): Promise<RemoteVault | undefined> {
  if (!isRemote(location)) return undefined;
  const store = (await import(location.store)) as StoreModule;
  return store.openVault?.(location.url);
}
