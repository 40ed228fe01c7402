import { decodeBase64url, utf8 } from './verify-bytes.ts';
import type { RotationEvidence, StepReason } from './verify-evidence.ts';
import { checkSignature, parseVkey, type VerifierKey } from './verify-key.ts';
import type { Subtle } from './verify-subtle.ts';

/** A key of the log and from which size on checkpoints need it. */
export interface LogKey {
  readonly key: VerifierKey;
  readonly after: number;
}

/** The log's keys in their order, or why there are none. */
export type LogKeys =
  | { readonly kind: 'keys'; readonly keys: readonly LogKey[]; readonly unsupported: boolean }
  | { readonly kind: 'failed'; readonly reason: StepReason };

/** Follows key rotations from the first key on: each later one must be signed by the one before (format v1 §2). */
export async function followKeys(
  origin: string,
  first: string,
  rotations: readonly RotationEvidence[],
  subtle: Subtle,
): Promise<LogKeys> {
  const keys: LogKey[] = [];
  let unsupported = false;
  for (const { index, vkey, signature } of [{ index: 0, vkey: first, signature: '' }, ...rotations]) {
    const key = await parseVkey(vkey, subtle);
    const last = keys.at(-1);
    if (key?.name !== origin) return { kind: 'failed', reason: 'key-malformed' };
    if (last !== undefined) {
      if (index <= last.after) return { kind: 'failed', reason: 'rotation-bad' };
      const by = decodeBase64url(signature);
      const message = utf8(`zegel/key/v1\n${origin}\n${vkey}\n`);
      const result = by === undefined ? 'bad' : await checkSignature(last.key, message, by, subtle);
      if (result === 'bad') return { kind: 'failed', reason: 'rotation-bad' };
      unsupported ||= result === 'unsupported';
    }
    keys.push({ key, after: index });
  }
  return { kind: 'keys', keys, unsupported };
}

/** The key without whose signature a checkpoint of this size is not good. */
export function neededKey(keys: readonly LogKey[], size: number): VerifierKey | undefined {
  return keys.findLast(({ after }) => after < size)?.key;
}
