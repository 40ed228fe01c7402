import type { ObjectVersion } from '../bucket/object-version.ts';
import { decodeSegment, decodeUnverified } from '../segment/decode-segment.ts';
import { MAX_SEGMENT_BYTES, type Segment } from '../segment/segment.ts';
import type { Context } from './context.ts';
import { Trust } from './trust.ts';

/**
 * Verifier keys that a log begins with where none was given: what its genesis names, its own word. Versions of the first
 * segment in listing order; the oldest that is signed by the key it names counts.
 */
export async function firstKeys(
  { bucket, signer }: Pick<Context, 'bucket' | 'signer'>,
  versions: readonly ObjectVersion[],
): Promise<readonly string[]> {
  for (const { key, versionId, isDeleteMarker, size } of versions.toReversed()) {
    if (isDeleteMarker || size > MAX_SEGMENT_BYTES) continue;
    const bytes = await bucket.get(key, { versionId });
    const named = bytes === undefined ? undefined : namedKey(bytes);
    if (named !== undefined && (signer === undefined || signer.name === named.origin)) return [named.vkey];
  }
  return [];
}

interface NamedKey {
  readonly origin: string;
  readonly vkey: string;
}

function namedKey(bytes: Uint8Array): NamedKey | undefined {
  const segment = decodeUnverified(bytes);
  const named = segment.kind === 'problem' ? undefined : genesisOf(segment);
  if (named === undefined) return undefined;
  try {
    const verifiers = new Trust(undefined, named.vkey).verifiers([named.vkey]);
    return decodeSegment(bytes, { origin: named.origin, verifiers }).kind === 'problem' ? undefined : named;
  } catch {
    // A key that can't be read signs nothing.
    return undefined;
  }
}

function genesisOf({ first, entries: [entry] }: Segment): NamedKey | undefined {
  if (first !== 0 || entry === undefined) return undefined;
  try {
    const { kind, origin, vkey } = JSON.parse(Buffer.from(entry).toString()) as Record<string, unknown>;
    const isGenesis = kind === 'genesis' && typeof origin === 'string' && typeof vkey === 'string';
    return isGenesis ? { origin, vkey } : undefined;
  } catch {
    // An entry that is not JSON is no genesis.
    return undefined;
  }
}
