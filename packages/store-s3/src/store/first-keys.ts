import { equalBytes } from '@zegel/core';
import type { ObjectVersion } from '../bucket/object-version.ts';
import { decodeSegment, decodeUnverified } from '../segment/decode-segment.ts';
import { MAX_SEGMENT_BYTES, type Segment } from '../segment/segment.ts';
import { originPrev } from '../segment/segment-note.ts';
import type { Context } from './context.ts';
import { factsOf, keysAfter } from './entry-facts.ts';
import { SEGMENTS } from './keys.ts';
import { allKeys } from './listing.ts';
import { Trust } from './trust.ts';

const HASH = 32;

/** What is needed to look for them. */
type Asked = Pick<Context, 'bucket' | 'signer' | 'trust'>;

/**
 * Verifier keys that a log begins with; the last has signed its first segment. That is the one held elsewhere, else the one that
 * the genesis names, its own word, which verification holds against the one held; of a log copied after a change of keys, it is one
 * that has taken over from it since. Versions of the first segment in listing order; the oldest that is so signed counts.
 */
export async function firstKeys(
  context: Asked,
  versions: readonly ObjectVersion[],
): Promise<readonly string[]> {
  const { base } = context.trust;
  const found = await bodiesOf(context, versions);
  if (base.length > 0 && found.some((bytes) => isSignedBy(bytes, base))) return base;
  const named = found.flatMap((bytes) => {
    const genesis = genesisIn(context, bytes);
    return genesis === undefined ? [] : [{ ...genesis, bytes }];
  });
  const own = named.find(({ vkey, bytes }) => isSignedBy(bytes, [vkey]));
  if (own !== undefined) return [own.vkey];
  for (const each of named) {
    const keys = await successors(context, each);
    if (keys.length > 0) return keys;
  }
  return base;
}

interface Named {
  readonly origin: string;
  readonly vkey: string;
  readonly bytes: Uint8Array;
}

async function bodiesOf(
  { bucket }: Asked,
  versions: readonly ObjectVersion[],
): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const { key, versionId, isDeleteMarker, size } of versions.toReversed()) {
    if (isDeleteMarker || size > MAX_SEGMENT_BYTES) continue;
    const bytes = await bucket.get(key, { versionId });
    if (bytes !== undefined) found.push(bytes);
  }
  return found;
}

/** The keys up to the one that has signed the first segment, each signed by the one before it; none where there is no such key. */
async function successors({ bucket }: Asked, { origin, vkey, bytes }: Named): Promise<readonly string[]> {
  let keys: readonly string[] = [vkey];
  let before = { next: 0, prev: originPrev(origin) };
  for await (const page of allKeys(bucket, SEGMENTS))
    for (const { versions } of page) {
      const segment = await chained(bucket, versions, before);
      if (segment === undefined) return [];
      before = { next: segment.first + segment.count, prev: segment.leafHashes.slice(-HASH) };
      const { rotations } = factsOf(segment.first, segment.entries);
      for (const next of keysAfter(origin, keys, rotations).slice(keys.length)) {
        keys = [...keys, next];
        if (isSignedBy(bytes, [next])) return keys;
      }
    }
  return [];
}

async function chained(
  bucket: Context['bucket'],
  versions: readonly ObjectVersion[],
  { next, prev }: { readonly next: number; readonly prev: Uint8Array },
): Promise<Segment | undefined> {
  for (const { key, versionId, isDeleteMarker, size } of versions.toReversed()) {
    if (isDeleteMarker || size > MAX_SEGMENT_BYTES) continue;
    const bytes = await bucket.get(key, { versionId });
    const segment = bytes === undefined ? undefined : decodeUnverified(bytes);
    if (segment?.kind === 'segment' && segment.first === next && equalBytes(segment.prev, prev))
      return segment;
  }
  return undefined;
}

function isSignedBy(bytes: Uint8Array, keys: readonly string[]): boolean {
  try {
    const trust = new Trust(undefined, keys[0]);
    const origin = trust.originOf(keys) ?? '';
    return decodeSegment(bytes, { origin, verifiers: trust.verifiers(keys) }).kind === 'segment';
  } catch {
    // A key that can't be read signs nothing.
    return false;
  }
}

/** What the genesis in a segment says that nobody has to have signed. */
function genesisIn(
  { signer }: Asked,
  bytes: Uint8Array,
): { readonly origin: string; readonly vkey: string } | undefined {
  const segment = decodeUnverified(bytes);
  const genesis = segment.kind === 'problem' ? undefined : genesisOf(segment);
  return signer === undefined || signer.name === genesis?.origin ? genesis : undefined;
}

function genesisOf({
  first,
  entries: [entry],
}: Segment): { readonly origin: string; readonly vkey: string } | undefined {
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
