import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { draftEntry, formatUuid, type Signer, timeText, uuidV7 } from '@zegel/core';
import { checkSigned } from './commit/chain-state.ts';
import { emptyState } from './commit/replay.ts';
import { commitDirectly, type Drafted } from './direct-commit.ts';
import { entropy } from './entropy.ts';
import { LogError } from './errors.ts';
import { failure, failureError } from './failure.ts';
import { ensureKek, ensureSigner, readKek } from './keys/key-files.ts';
import { keepNewest } from './keys/proved.ts';
import { SignedFile } from './keys/signed-file.ts';
import { isRemote, type Location } from './location.ts';
import type { LogStore } from './port.ts';
import { builtinRegister } from './register/builtin.ts';
import type { RegisterDocument } from './register/types.ts';
import { registerDrafts } from './register-chain.ts';
import { openRemoteVault, openStoreAt } from './stores.ts';
import { makeMirror } from './vault/remote/mirror.ts';
import { createVault, openVaultFile, VAULT_FILE } from './vault/vault-file.ts';

/** What a new log is made with. */
export interface CreateOptions {
  /** Name of the log for ever, a schemeless URL such as `shop.example/audit`: key name, checkpoint origin. */
  readonly origin: string;
  /** Notes of a log that this one goes on from: the last checkpoint it holds, and the one it lost. */
  readonly succeeds?: { readonly held: string; readonly lost?: string };
}

/**
 * Makes keys, vault and store, and appends genesis and first register. Keys and vault come first: if we crash before the
 * first commit, the next attempt finds them, sees that no log is there, and goes on with them.
 *
 * @throws LogError `LOG_EXISTS` when the location has a log already
 */
export async function createLog(
  location: Location,
  keys: string,
  options: CreateOptions,
  register: RegisterDocument = builtinRegister,
): Promise<void> {
  if (isRemote(location)) await requireNone(location); // before there is a key of a log that has another
  const signer = isRemote(location) ? signerFor(keys, options.origin) : undefined;
  const store = await storeFor(location, signer);
  try {
    await beginIn(store, location, keys, options, register);
  } catch (error) {
    const told = failure(error);
    throw told.code.startsWith('STORE_') ? failureError(told) : error; // a full or read-only medium, by its own name
  } finally {
    await store.close();
  }
}

async function beginIn(
  store: LogStore,
  location: Location,
  keys: string,
  options: CreateOptions,
  register: RegisterDocument,
): Promise<void> {
  const signer = signerFor(keys, options.origin);
  mkdirSync(location.dir, { recursive: true, mode: 0o700 });
  await makeVault(location, keys);
  await begin(
    store,
    keys,
    signer,
    [genesis(signer, options), registerDrafts(register, 1, Date.now())],
    location,
  );
}

async function makeVault(location: Location, keys: string): Promise<void> {
  const kek = existsSync(join(location.dir, VAULT_FILE)) ? readKek(keys) : ensureKek(keys);
  const remote = await openRemoteVault(location);
  if (remote === undefined) {
    createVault(location.dir, kek);
    openVaultFile(location.dir, kek, true).db.close();
    return;
  }
  try {
    await makeMirror(location.dir, kek, remote);
  } finally {
    remote.close();
  }
}

async function begin(
  store: LogStore,
  keys: string,
  signer: Signer,
  first: readonly Drafted[],
  location: Location,
): Promise<void> {
  const file = new SignedFile(keys);
  try {
    const batch = await commitDirectly(store, emptyState(signer.name), [signer], (state) => {
      if (state.size > 0) return undefined;
      checkSigned(file.read(signer.vkey), undefined, undefined); // a log that is gone is not begun anew under its old key
      return first;
    });
    if (batch === undefined) throw exists(location);
    // If we crash here, the store is ahead of the file and consistent with it.
    await keepNewest(store, file, { origin: signer.name, vkey: signer.vkey }, batch.head.size);
  } finally {
    file.close();
  }
}

/** A new store, or one that an earlier attempt left without entries. */
async function storeFor(location: Location, signer: Signer | undefined): Promise<LogStore> {
  const options = signer === undefined ? {} : { signer };
  try {
    return await openStoreAt(location, { mode: 'create', ...options });
  } catch (error) {
    const store = await openStoreAt(location, { mode: 'write', ...options }).catch(() => undefined);
    if (store === undefined) throw error;
    if ((await store.head()) === undefined) return store;
    await store.close();
    throw exists(location);
  }
}

/** @throws LogError `LOG_EXISTS` */
async function requireNone(location: Location): Promise<void> {
  const store = await openStoreAt(location, { mode: 'read' }).catch(() => undefined);
  if (store === undefined) return; // creating it says why
  const head = await store.head().catch(() => undefined);
  await store.close();
  if (head !== undefined) throw exists(location);
}

function signerFor(keys: string, origin: string): Signer {
  const signer = ensureSigner(keys, origin);
  if (signer.name === origin) return signer;
  throw new LogError('KEY_MISMATCH', `${keys} holds the key of ${signer.name}, not of ${origin}`);
}

function genesis(signer: Signer, options: CreateOptions): Drafted {
  const now = Date.now();
  const id = uuidV7(now, entropy(10));
  const draft = draftEntry({
    v: 1,
    kind: 'genesis',
    id: formatUuid(id),
    occurred: timeText(now),
    origin: options.origin,
    vkey: signer.vkey,
    ...(options.succeeds && { succeeds: options.succeeds }),
  });
  return { id, drafts: [draft] };
}

function exists(location: Location): LogError {
  return new LogError('LOG_EXISTS', `${location.url} holds a log already`);
}
