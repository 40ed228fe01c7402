import { openCheckpoint, parseVkey, treeRoot } from '@zegel/core';
import { checkSigned } from '../commit/chain-state.ts';
import { hashReader } from '../hashes.ts';
import { headNote } from '../head-note.ts';
import type { LogStore, StoredHead } from '../port.ts';
import type { SignedFile } from './signed-file.ts';

/** Names a log to those who check its signatures. */
export interface LogName {
  readonly origin: string;
  readonly vkey: string;
}

/**
 * The head of a store, proved consistent with the last checkpoint signed: before anything is signed on top of it
 * (format v1 §2). The file is read first, since the store of a running log only ever gets ahead of it.
 *
 * @throws LogError `LOG_TRUNCATED`, `LOG_FORKED`, `KEY_DAMAGED`
 */
export async function provedHead(
  store: LogStore,
  file: SignedFile,
  vkey: string,
): Promise<StoredHead | undefined> {
  const signed = file.read(vkey);
  const head = await store.head();
  const within = signed !== undefined && signed.size <= (head?.size ?? 0);
  checkSigned(signed, head, within ? await treeRoot(signed.size, hashReader(store)) : undefined);
  return head;
}

/**
 * Keeps the newest checkpoint outside the store. Other processes commit and keep theirs at the same time: whoever finds
 * a newer one in the store after writing writes that, so that the file ends at the newest and never goes back for good.
 *
 * @param own size up to which this process committed itself; a newer head is another signer's and has to verify
 * @param committed the head of this process's own commit, where it has just made one
 */
export async function keepNewest(
  store: LogStore,
  file: SignedFile,
  name: LogName,
  own: number,
  committed?: StoredHead,
): Promise<void> {
  let kept = 0;
  for (
    let head = committed ?? (await store.head());
    head !== undefined && head.size > kept;
    head = await store.head()
  ) {
    const note = headNote(name.origin, head);
    if (head.size > own) openCheckpoint(note, [parseVkey(name.vkey)]);
    file.advance(note, head.size, name.vkey);
    kept = head.size;
  }
}
