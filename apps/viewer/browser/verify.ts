import { type Bytes, decodeBase64, same } from './verify-bytes.ts';
import { readEntry } from './verify-entry.ts';
import type { Evidence, Step, Verdict, VerdictState } from './verify-evidence.ts';
import { checkHead } from './verify-head.ts';
import { checkCover, checkNext, checkPrevious, step } from './verify-links.ts';
import type { Checkpoint } from './verify-note.ts';
import type { Subtle } from './verify-subtle.ts';
import { parseTlogProof } from './verify-tlog-proof.ts';
import { leafHash, rootOf } from './verify-tree.ts';

/**
 * Checks one entry by evidence alone, as anybody can: the leaf hash of its bytes, its place in the signed checkpoint, the
 * links to both neighbours, and the signature. Evidence that is wrong is an answer, never an exception.
 */
export async function verifyEvidence(evidence: Evidence, subtle: Subtle): Promise<Verdict> {
  const { step: signature, checkpoint } = await checkHead(evidence, subtle);
  if (checkpoint === undefined) return verdict([signature]);
  if (evidence.index >= checkpoint.size)
    return verdict([signature, step('inclusion', 'pending', 'not-covered')]);
  const bytes = evidence.bytes === undefined ? undefined : decodeBase64(evidence.bytes);
  const kept = decodeBase64(evidence.leaf);
  if (kept === undefined || (bytes === undefined && evidence.bytes !== undefined))
    return verdict([signature, step('leaf', 'failed', 'leaf-differs')]);
  const own = bytes === undefined ? [] : [await checkLeaf(evidence.index, bytes, kept, subtle)];
  const leaf = bytes === undefined ? kept : await leafHash(bytes, subtle);
  return verdict([
    signature,
    ...own,
    ...(bytes === undefined ? [await checkCover(evidence.index, evidence.cover, checkpoint, subtle)] : []),
    await checkInclusion(evidence, leaf, checkpoint, subtle),
    ...(bytes === undefined
      ? []
      : [await checkPrevious(evidence.index, readEntry(bytes) ?? {}, evidence, checkpoint, subtle)]),
    await checkNext(evidence.index, leaf, evidence.next, checkpoint, subtle),
  ]);
}

async function checkLeaf(index: number, bytes: Bytes, kept: Bytes, subtle: Subtle): Promise<Step> {
  const hash = await leafHash(bytes, subtle);
  const compared = [hash, kept];
  if (!same(hash, kept)) return step('leaf', 'failed', 'leaf-differs', compared);
  const entry = readEntry(bytes);
  if (entry === undefined) return step('leaf', 'failed', 'not-an-entry', compared);
  return entry.index === index
    ? step('leaf', 'good', undefined, compared)
    : step('leaf', 'failed', 'other-index', compared);
}

async function checkInclusion(
  { index, proof, checkpoint: note }: Evidence,
  leaf: Bytes,
  checkpoint: Checkpoint,
  subtle: Subtle,
): Promise<Step> {
  const parsed = proof === undefined ? undefined : parseTlogProof(proof);
  if (parsed === undefined) return step('inclusion', 'failed', 'proof-malformed');
  // The proof for download is the one that is checked here, in the checkpoint whose signature was.
  if (parsed.index !== index || parsed.checkpoint !== note) return step('inclusion', 'failed', 'proof-other');
  const { size, root } = checkpoint;
  const reached = await rootOf({ index, size, leaf, path: parsed.path }, subtle);
  const good = reached !== undefined && same(reached, root);
  return step('inclusion', good ? 'good' : 'failed', good ? undefined : 'root-differs', [reached, root]);
}

function verdict(steps: readonly Step[]): Verdict {
  return { state: stateOf(steps), steps };
}

function stateOf(steps: readonly Step[]): VerdictState {
  const results = new Map(steps.map(({ name, result }) => [name, result]));
  if (steps.some(({ result }) => result === 'failed')) return 'failed';
  if (results.get('inclusion') !== 'good') return 'pending';
  if (results.get('signature') !== 'good') return 'unsupported';
  return results.get('cover') === 'good' ? 'pruned' : 'verified';
}
