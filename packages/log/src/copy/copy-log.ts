import { equalBytes, parseNote, type Signer } from '@zegel/core';
import { LogError } from '../errors.ts';
import { headNote } from '../head-note.ts';
import { readKek, readSigner } from '../keys/key-files.ts';
import { SignedFile } from '../keys/signed-file.ts';
import { isRemote, type Location, parseLocation } from '../location.ts';
import { healAt } from '../open-vault.ts';
import type { LogStore, StoredHead, StoreOptions } from '../port.ts';
import { readGenesis } from '../reader.ts';
import { shortestTerms } from '../register/terms.ts';
import { chooseRegister } from '../register-chain.ts';
import { openStoreAt } from '../stores.ts';
import type { VerifyReport } from '../verify/report.ts';
import { verifyLog } from '../verify/verify.ts';
import { type CopiedEntries, copyEntries } from './copy-entries.ts';
import { copyKeys } from './copy-keys.ts';
import { copyVault } from './copy-vault.ts';
import { goneIds } from './gone-ids.ts';

/** How a log is copied. */
export interface CopyOptions {
  /** Key folder of both. Left out, each has its own, and that of the target gets the source's keys where it has none. */
  readonly keys?: string;
  /** A verifier key kept elsewhere, to which both are held. */
  readonly vkey?: string;
  /** Every stored checkpoint, and not only one for some thousands of entries: in a bucket each costs two requests. */
  readonly allCheckpoints?: boolean;
  readonly onProgress?: (doing: 'verifying' | 'copying' | 'checking', done: number, of: number) => void;
}

/** What was copied. */
export interface CopyReport extends CopiedEntries {
  readonly origin: string;
  readonly size: number;
  /** Standard base64. */
  readonly root: string;
  /** Handles of persons put into the target's vault. */
  readonly handles: number;
  /** Key folder of the target. */
  readonly keys: string;
  /** Whether the keys were copied there. */
  readonly keysCopied: boolean;
}

/**
 * Copies a log to another place: same origin, same entries, signatures and vault under the same keys. The source is
 * verified first and the copy afterwards. After a crash anywhere it goes on where the target ends. The source is only read;
 * which of the two is written to from then on is for the caller to see to.
 *
 * @throws LogError `LOG_DAMAGED` (the source does not verify), `LOG_FORKED` (the target holds another log), `KEY_MISSING`, `KEY_MISMATCH`,
 *   `VAULT_MISSING`, `VAULT_DAMAGED`, `LOG_URL`; the stores' errors
 */
export async function copyLog(from: string, to: string, options: CopyOptions = {}): Promise<CopyReport> {
  const [source, target] = [parseLocation(from), parseLocation(to)];
  if (source.dir === target.dir) throw new LogError('LOG_URL', 'a log is not copied onto itself');
  const verified = await verify(from, 'verifying', options);
  const { dir: keys, isCopied } = copyKeys(source, target, options.keys);
  const store = await openStoreAt(source, { mode: 'read', ...held(options) });
  try {
    const head = await headAt(store, verified.size);
    const signer = await signerOf(store, head, keys);
    // Handles are there before the entries that name them; those that the log says are destroyed go when all of it is there.
    const handles = await copyVault(source, target, readKek(keys));
    const copied = await copyInto(store, head, target, { keys, signer, pruned: verified.pruned, options });
    const checked = await verify(to, 'checking', options);
    if (checked.size < verified.size || (checked.size === verified.size && checked.root !== verified.root))
      throw new LogError(
        'LOG_DAMAGED',
        `${to} has ${checked.size} entries, root ${checked.root}, after copying`,
      );
    const { size, root } = verified;
    return { origin: signer.name, size, root, handles, ...copied, keys, keysCopied: isCopied };
  } finally {
    await store.close();
  }
}

function held({ vkey }: CopyOptions): { vkey?: string } {
  return vkey === undefined ? {} : { vkey };
}

async function verify(
  url: string,
  doing: 'verifying' | 'checking',
  options: CopyOptions,
): Promise<VerifyReport> {
  const onProgress = (done: number, of: number): void => options.onProgress?.(doing, done, of);
  const report = await verifyLog(url, { ...held(options), onProgress });
  const [first] = report.failures;
  if (report.ok && first === undefined) return report;
  const where = first?.index === undefined ? '' : ` at entry ${first.index}`;
  throw new LogError('LOG_DAMAGED', `${url} does not verify: ${first?.code}${where}: ${first?.message}`);
}

async function headAt(store: LogStore, size: number): Promise<StoredHead> {
  const [head] = await store.heads(size, size + 1, 1);
  if (head !== undefined) return head;
  throw new LogError('LOG_DAMAGED', `the log has no checkpoint of its ${size} entries`);
}

/** Whoever copies can write the copy: it must be the log's own key. */
async function signerOf(store: LogStore, head: StoredHead, keys: string): Promise<Signer> {
  const { origin } = await readGenesis(store);
  const signer = readSigner(keys);
  const signed = parseNote(headNote(origin, head)).signatures;
  if (signer.name === origin && signed.some(({ keyId }) => keyId === signer.keyId)) return signer;
  throw new LogError(
    'KEY_MISMATCH',
    `${keys} does not hold the key that signed the newest checkpoint of ${origin}`,
  );
}

interface Target {
  readonly keys: string;
  readonly signer: Signer;
  readonly pruned: number;
  readonly options: CopyOptions;
}

async function copyInto(
  source: LogStore,
  head: StoredHead,
  location: Location,
  { keys, signer, pruned, options }: Target,
): Promise<CopiedEntries> {
  const { document } = await chooseRegister(source, head.control, undefined);
  const terms = shortestTerms(document);
  // Of a copy that was interrupted before a checkpoint, that one is the source's: the first after a change of keys takes both.
  const signed = async (size: number): Promise<StoredHead | undefined> =>
    (await source.heads(size, size + 1, 1))[0];
  const target = await openTarget(location, isRemote(location) ? { signer, signed, terms } : {});
  const gone = await goneIds(source, head, pruned);
  try {
    const copied = await copyEntries(source, target, head, {
      gone,
      isEach: options.allCheckpoints === true,
      onProgress: (done) => options.onProgress?.('copying', done, head.size),
    });
    keepSigned(keys, signer, head);
    await healAt(location, readKek(keys), target);
    return copied;
  } finally {
    gone.close();
    await target.close();
  }
}

/** A new place, or one that an earlier copy began. */
async function openTarget(location: Location, options: Omit<StoreOptions, 'mode'>): Promise<LogStore> {
  try {
    return await openStoreAt(location, { mode: 'create', ...options });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'STORE_EXISTS')) throw error;
    return openStoreAt(location, { mode: 'write', ...options });
  }
}

/** The signer has signed this head, wherever it stands now; what it signed later stays. */
function keepSigned(keys: string, signer: Signer, head: StoredHead): void {
  const file = new SignedFile(keys);
  try {
    const kept = file.read(signer.vkey);
    if (kept !== undefined && kept.size === head.size && !equalBytes(kept.root, head.root))
      throw new LogError('LOG_FORKED', `${keys} has signed another checkpoint of ${head.size} entries`);
    if (kept === undefined || kept.size < head.size) file.write(headNote(signer.name, head));
  } finally {
    file.close();
  }
}
