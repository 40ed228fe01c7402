import {
  type EntryIndex,
  encodeBase64,
  formatTlogProof,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  type TreeSize,
  ZegelError,
} from '@zegel/core';
import type { LogReader, StoredEntry } from '@zegel/log';

/** An entry beside the one in question, as a browser checks it. Bytes and hashes are base64. */
interface LeafEvidence {
  readonly index: number;
  readonly bytes?: string;
  readonly leaf: string;
  readonly path: readonly string[];
}

/** A later key of the log, and the signature of the one before (format v1 §2). */
export interface RotationEvidence {
  readonly index: number;
  readonly vkey: string;
  readonly signature: string;
}

/** Everything by which a browser checks one entry without trusting who serves it; see `browser/verify-evidence.ts`. */
export interface Evidence {
  readonly origin: string;
  readonly index: number;
  readonly vkey: string;
  readonly rotations: readonly RotationEvidence[];
  readonly checkpoint: string;
  readonly bytes?: string;
  readonly leaf: string;
  readonly proof?: string;
  readonly previous?: LeafEvidence;
  readonly next?: LeafEvidence;
  readonly cover?: LeafEvidence;
}

/** What the evidence needs that the bare log does not tell quickly. */
export interface EvidenceSources {
  /** Index of a `retention` entry that names the body among those pruned. */
  readonly coverOf: (index: number) => Promise<number | undefined>;
  readonly rotations: readonly RotationEvidence[];
}

/** These say that the log itself is damaged: the evidence then has no path, and whoever checks it sees that. */
const DAMAGE: ReadonlySet<string> = new Set(['STORE_CORRUPT', 'LOG_DAMAGED']);

/**
 * Gathers the evidence of one entry in the newest checkpoint. What is wrong with the log stays in it: to find that out is
 * for whoever checks it.
 *
 * @throws LogError `INDEX_OUT_OF_RANGE`
 */
export async function gatherEvidence(
  log: LogReader,
  index: number,
  { coverOf, rotations }: EvidenceSources,
): Promise<Evidence> {
  const entry = await log.entry(index);
  const checkpoint = await log.checkpoint();
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const path = index < size ? await pathOf(log, index, size) : undefined;
  const cover = entry.bytes === undefined ? await coverOf(index) : undefined;
  const leafOf = async (at: number, withBytes: boolean): Promise<LeafEvidence> =>
    leafEvidence(await log.entry(at), withBytes, (await pathOf(log, at, size)) ?? []);
  return {
    origin: log.origin,
    index,
    vkey: log.vkey,
    rotations,
    checkpoint,
    ...(entry.bytes && { bytes: encodeBase64(entry.bytes) }),
    leaf: encodeBase64(entry.leafHash),
    ...(path && { proof: formatTlogProof({ index: index as EntryIndex, hashes: path, checkpoint }) }),
    // The hash of the entry before is enough: what must equal it stands in this one.
    ...(index > 0 && index < size && { previous: await leafOf(index - 1, false) }),
    ...(index + 1 < size && { next: await leafOf(index + 1, true) }),
    ...(cover !== undefined && cover < size && { cover: await leafOf(cover, true) }),
  };
}

async function pathOf(
  log: LogReader,
  index: number,
  size: TreeSize,
): Promise<readonly Uint8Array[] | undefined> {
  try {
    return await proveInclusion(index as EntryIndex, size, log.hashes);
  } catch (error) {
    if (error instanceof ZegelError && DAMAGE.has(error.code)) return undefined;
    if (error instanceof Error && 'code' in error && DAMAGE.has(String(error.code))) return undefined;
    throw error;
  }
}

function leafEvidence(
  { index, leafHash, bytes }: StoredEntry,
  withBytes: boolean,
  path: readonly Uint8Array[],
): LeafEvidence {
  return {
    index,
    ...(withBytes && bytes && { bytes: encodeBase64(bytes) }),
    leaf: encodeBase64(leafHash),
    path: path.map(encodeBase64),
  };
}
