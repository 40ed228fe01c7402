import { type Bytes, decodeBase64, decodeBase64url, encodeBase64url, same, utf8 } from './verify-bytes.ts';
import { covers, type ReadEntry, readEntry } from './verify-entry.ts';
import type { LeafEvidence, Step, StepName, StepReason, StepResult } from './verify-evidence.ts';
import type { Checkpoint } from './verify-note.ts';
import type { Subtle } from './verify-subtle.ts';
import { isIncluded, leafHash, sha256 } from './verify-tree.ts';

/** A step's outcome. */
export function step(
  name: StepName,
  result: StepResult,
  reason?: StepReason,
  compared: readonly (Bytes | undefined)[] = [],
): Step {
  const shown = compared.map((bytes) => (bytes === undefined ? '' : encodeBase64url(bytes)));
  return { name, result, ...(reason !== undefined && { reason }), compared: shown };
}

/** Whether a leaf hash stands at its index in the checkpoint. */
export async function isLeaf(
  leaf: Bytes | undefined,
  { index, path }: Pick<LeafEvidence, 'index' | 'path'>,
  { size, root }: Checkpoint,
  subtle: Subtle,
): Promise<boolean> {
  const hashes = path.map(decodeBase64).filter((hash) => hash !== undefined);
  if (leaf === undefined || hashes.length !== path.length) return false;
  return isIncluded({ index, size, leaf, path: hashes }, root, subtle);
}

/** `prev` of the entry is the leaf hash of the one before, which the checkpoint has at that place (format v1 §2). */
export async function checkPrevious(
  index: number,
  entry: ReadEntry,
  given: { readonly origin: string; readonly previous?: LeafEvidence },
  checkpoint: Checkpoint,
  subtle: Subtle,
): Promise<Step> {
  const prev = typeof entry.prev === 'string' ? decodeBase64url(entry.prev) : undefined;
  if (index === 0) {
    const first = await sha256(utf8(`zegel/v1\n${given.origin}\n`), subtle);
    const good = prev !== undefined && same(prev, first);
    return step('previous', good ? 'good' : 'failed', good ? undefined : 'prev-differs', [prev, first]);
  }
  const { previous } = given;
  if (previous?.index !== index - 1) return step('previous', 'failed', 'no-evidence');
  const leaf = decodeBase64(previous.leaf);
  const compared = [prev, leaf];
  if (prev === undefined || leaf === undefined || !same(prev, leaf))
    return step('previous', 'failed', 'prev-differs', compared);
  const good = await isLeaf(prev, previous, checkpoint, subtle);
  return step('previous', good ? 'good' : 'failed', good ? undefined : 'root-differs', compared);
}

/** `prev` of the next entry is the leaf hash of this one, and the checkpoint has that entry at its place. */
export async function checkNext(
  index: number,
  leaf: Bytes,
  next: LeafEvidence | undefined,
  checkpoint: Checkpoint,
  subtle: Subtle,
): Promise<Step> {
  if (index === checkpoint.size - 1) return step('next', 'pending', 'newest');
  if (next?.index !== index + 1) return step('next', 'failed', 'no-evidence');
  const bytes = next.bytes === undefined ? undefined : decodeBase64(next.bytes);
  const hash = bytes === undefined ? decodeBase64(next.leaf) : await leafHash(bytes, subtle);
  if (!(await isLeaf(hash, next, checkpoint, subtle))) return step('next', 'failed', 'root-differs', [hash]);
  // Its link went with its body; that it is gone lawfully is told with that entry.
  if (bytes === undefined) return step('next', 'skipped', 'neighbour-pruned', [hash]);
  const { prev } = readEntry(bytes) ?? {};
  const link = typeof prev === 'string' ? decodeBase64url(prev) : undefined;
  const good = link !== undefined && same(link, leaf);
  return step('next', good ? 'good' : 'failed', good ? undefined : 'prev-differs', [leaf, link]);
}

/** A `retention` entry of the log names the body that is gone. */
export async function checkCover(
  index: number,
  cover: LeafEvidence | undefined,
  checkpoint: Checkpoint,
  subtle: Subtle,
): Promise<Step> {
  const bytes = cover?.bytes === undefined ? undefined : decodeBase64(cover.bytes);
  if (cover === undefined || bytes === undefined) return step('cover', 'failed', 'body-missing');
  const hash = await leafHash(bytes, subtle);
  const entry = readEntry(bytes);
  const fits = cover.index > index && entry?.index === cover.index && covers(entry, index);
  const good = fits && (await isLeaf(hash, cover, checkpoint, subtle));
  return step('cover', good ? 'good' : 'failed', good ? undefined : 'cover-wrong', [hash]);
}
