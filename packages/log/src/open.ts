import { parseNote, type Signer } from '@zegel/core';
import { CheckpointsOut, type OnCheckpoint } from './checkpoints-out.ts';
import { stateAt } from './commit/replay.ts';
import { type CreateOptions, createLog } from './create.ts';
import { commitDirectly } from './direct-commit.ts';
import { LogError } from './errors.ts';
import { hashReader } from './hashes.ts';
import { headNote } from './head-note.ts';
import { readKek, readSigner } from './keys/key-files.ts';
import { keepNewest, provedHead } from './keys/proved.ts';
import { SignedFile } from './keys/signed-file.ts';
import { isRemote, type Location, parseLocation } from './location.ts';
import { type Log, OpenedLog } from './log.ts';
import { healAt, keyFolder, vaultReader } from './open-vault.ts';
import { Pipeline } from './pipeline.ts';
import type { LogStore } from './port.ts';
import { readGenesis, StoreReader } from './reader.ts';
import { compileRegister } from './register/compile.ts';
import { parseRegister } from './register/parse.ts';
import { shortestTerms } from './register/terms.ts';
import type { RegisterDocument } from './register/types.ts';
import { type ChosenRegister, chooseRegister, registerDrafts } from './register-chain.ts';
import { openStoreAt } from './stores.ts';
import { openVaultFile } from './vault/vault-file.ts';

/** How a log is opened. */
export interface OpenOptions<R extends RegisterDocument = RegisterDocument> {
  /**
   * The register to validate against. Left out: the newest in the log. A document that the log does not have yet becomes
   * its next version, if it is dated later than the newest.
   */
  readonly register?: R;
  /** Makes the log when there is none yet. */
  readonly create?: CreateOptions;
  /** Key folder. Default: `ZEGEL_KEYS`, else `keys` in the log's folder, which is for development. */
  readonly keys?: string;
  /** Is told of each new signed head, so that it leaves the machine unasked. */
  readonly onCheckpoint?: OnCheckpoint;
}

/**
 * Opens a log for writing and reading.
 *
 * @param url a folder (`./audit`, `file:…`)
 * @throws LogError `LOG_NOT_FOUND`, `KEY_MISSING`, `KEY_MISMATCH`, `VAULT_MISSING`, `REGISTER_OLDER`, `LOG_TRUNCATED`,
 *   `LOG_FORKED`, `LOG_DAMAGED`; RegisterError; the store's errors
 * @example
 * await using log = await openLog('./audit', { register, create: { origin: 'shop.example/audit' } });
 * const [receipt] = await log.append([event]);
 */
export async function openLog<const R extends RegisterDocument = RegisterDocument>(
  url: string,
  options: OpenOptions<R> = {},
): Promise<Log<R>> {
  const location = parseLocation(url);
  const keys = keyFolder(location, options.keys);
  const register = options.register && parseRegister(options.register);
  const created = await createIfMissing(location, keys, options.create, register);
  const store = await openStoreAt(location, {
    mode: 'write',
    ...(isRemote(location) && { signer: readSigner(keys) }),
  });
  try {
    const checkpoints = new CheckpointsOut(options.onCheckpoint);
    const log = await openOver(location, keys, store, register, checkpoints);
    if (created || log.appended) checkpoints.push(await log.opened.checkpoint());
    return log.opened as Log<R>; // the register given is the one it was opened with
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function createIfMissing(
  location: Location,
  keys: string,
  create: CreateOptions | undefined,
  register: RegisterDocument | undefined,
): Promise<boolean> {
  if (create === undefined) return false;
  try {
    await createLog(location, keys, create, register);
    return true;
  } catch (error) {
    if (!(error instanceof LogError && error.code === 'LOG_EXISTS')) throw error;
    return false;
  }
}

async function openOver(
  location: Location,
  keys: string,
  store: LogStore,
  given: RegisterDocument | undefined,
  checkpoints: CheckpointsOut,
): Promise<{ readonly opened: Log; readonly appended: boolean }> {
  const genesis = await readGenesis(store);
  const signer = readSigner(keys);
  await requireKey(store, keys, genesis.origin, signer);
  const healed = await healAt(location, readKek(keys), store);
  const chosen = await registerFor(store, keys, signer, given);
  const vault = vaultReader(location, openVaultFile(location.dir, readKek(keys), true));
  const { origin } = genesis;
  const setup = {
    location,
    keys,
    origin,
    vkey: signer.vkey,
    healed,
    register: chosen,
    terms: shortestTerms(chosen.document),
  };
  try {
    const opened = await OpenedLog.start({
      reader: new StoreReader(store, genesis),
      vault,
      register: compileRegister(chosen.document, chosen.version),
      checkpoints,
      start: (events) => Pipeline.start(setup, events),
    });
    return { opened, appended: chosen.append };
  } catch (error) {
    vault.close();
    throw error;
  }
}

/** The key must be the one that signed the newest checkpoint: another one of the same name would sign what nobody accepts. */
async function requireKey(store: LogStore, keys: string, origin: string, signer: Signer): Promise<void> {
  const head = await store.head();
  if (signer.name !== origin)
    throw new LogError('KEY_MISMATCH', `${keys} holds the key of ${signer.name}, and this log is ${origin}`);
  if (
    head === undefined ||
    parseNote(headNote(origin, head)).signatures.some((s) => s.keyId === signer.keyId)
  )
    return;
  throw new LogError(
    'KEY_MISMATCH',
    `${keys} holds another key of ${origin} than the one that signed the newest checkpoint`,
  );
}

/** The register version to write under; appended first when the log does not have it yet, which `append` then says. */
async function registerFor(
  store: LogStore,
  keys: string,
  signer: Signer,
  given: RegisterDocument | undefined,
): Promise<ChosenRegister> {
  const file = new SignedFile(keys);
  try {
    return await registerUnder(store, file, signer, given);
  } finally {
    file.close();
  }
}

async function registerUnder(
  store: LogStore,
  file: SignedFile,
  signer: Signer,
  given: RegisterDocument | undefined,
): Promise<ChosenRegister> {
  for (;;) {
    const head = await provedHead(store, file, signer.vkey);
    if (head === undefined)
      throw new LogError('LOG_NOT_FOUND', 'the store has no entries: no log was made in it');
    const chosen = await chooseRegister(store, head.control, given);
    if (!chosen.append) return chosen;
    const state = await stateAt(store, head, hashReader(store));
    const drafted = registerDrafts(chosen.document, chosen.version, Date.now());
    const batch = await commitDirectly(store, state, [signer], (now) =>
      now.registers === 0 ? [drafted] : undefined,
    );
    if (batch !== undefined) {
      await keepNewest(store, file, { origin: signer.name, vkey: signer.vkey }, batch.head.size);
      return chosen;
    }
    // another process appended a version meanwhile: choose again
  }
}
