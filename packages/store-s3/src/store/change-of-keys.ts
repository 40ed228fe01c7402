import { SIGNATURE_BYTES } from '@zegel/core';
import type { StoredHead } from '@zegel/log/port';
import { StoreError } from '../store-error.ts';
import type { Context } from './context.ts';

const KEY_ID = 4;

/**
 * Refuses to let a single key sign what takes two: the first checkpoint that covers a change of keys (format v1 §2); and to let one sign
 * that was retired.
 *
 * @param newest checkpoint that is stored
 * @throws StoreError `STORE_READ_ONLY`
 */
export function requireOwnTurn({ replica, signer }: Context, newest: StoredHead | undefined): void {
  const { keys } = replica.state();
  if (signer === undefined || keys.length < 2) return;
  const isInForce = keys.at(-1) === signer.vkey;
  if (isInForce && newest !== undefined && signersOf(newest).includes(signer.keyId)) return;
  const why = isInForce
    ? 'the first checkpoint after a change of keys takes both keys, and is not there'
    : 'the signing key was retired';
  throw new StoreError('STORE_READ_ONLY', `nothing is signed: ${why}`);
}

/** Ids, hex, of the keys that signed a checkpoint. */
function signersOf({ signatures }: StoredHead): readonly string[] {
  const ids: string[] = [];
  for (let at = 0; at + KEY_ID <= signatures.length; at += SIGNATURE_BYTES)
    ids.push(Buffer.from(signatures.subarray(at, at + KEY_ID)).toString('hex'));
  return ids;
}
