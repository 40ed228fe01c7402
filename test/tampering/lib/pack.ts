import {
  encodeUtf8,
  formatCheckpoint,
  headNote,
  leafHash,
  type Signer,
  signNote,
  treeSize,
  decodeBase64url,
  genesisPrev,
} from '@zegel/core';
import { decodeUnverified, encodePruned, encodeSegment, type Segment } from '@zegel/store-s3';
import { checkpointKey, segmentKey } from '../../s3/lib/admin.ts';
import type { Loose, LooseHead, Loot } from './loot.ts';
import type { Objects } from './objects.ts';

const NONCE = new Uint8Array(16).fill(1);
const NO_HASH = new Uint8Array(32);

/**
 * The objects of a log that somebody wrote who has its key: a segment up to each head, signed by whichever of the signers is in
 * force there, else by the first, and chained on.
 */
export function packSigned(loot: Loot, signers: readonly Signer[]): Objects {
  const objects = new Map<string, Uint8Array>();
  let signer = signerNamed(loot, 0, signers) ?? signers[0];
  if (signer === undefined) throw new Error('nobody signs');
  const origin = signer.name;
  const ends = [...new Set([...loot.heads.map(({ size }) => size), loot.size])];
  let first = 0;
  for (const end of ends.filter((size) => size > 0 && size <= loot.size).toSorted((a, b) => a - b)) {
    const before = loot.entries[first - 1];
    const prev = before === undefined ? decodeBase64url(genesisPrev(origin)) : hashOf(before);
    objects.set(segmentKey(first), packed(loot.entries.slice(first, end), { origin, first, prev, signer }));
    for (let at = Math.max(1, first); at < end; at++) signer = signerNamed(loot, at, signers) ?? signer;
    first = end;
  }
  return withHeads(objects, loot.heads, origin);
}

/**
 * The objects of a log that somebody wrote who does not have its key: the notes stay as they were signed, whatever is under
 * them, and what comes after the last is given the note of the last. Checkpoints stay, go, or are anybody's.
 */
export function packUnsigned(loot: Loot, before: Objects, stranger: Signer): Objects {
  const objects = new Map<string, Uint8Array>();
  let last: Segment | undefined;
  let next = 0;
  for (const [key, bytes] of before) {
    const segment = key.startsWith('seg/') ? decodeUnverified(bytes) : undefined;
    if (segment?.kind !== 'segment') continue;
    const { first, count } = segment;
    const entries = loot.entries.slice(first, first + count);
    if (entries.length > 0) objects.set(key, isOf(segment, entries) ? bytes : under(segment, entries));
    next = first + count;
    last = segment;
  }
  if (last !== undefined && loot.size > next)
    objects.set(segmentKey(next), under(last, loot.entries.slice(next)));
  for (const head of loot.heads) {
    const key = checkpointKey(head.size);
    objects.set(key, before.get(key) ?? strangersNote(stranger, head));
  }
  return objects;
}

function withHeads(objects: Map<string, Uint8Array>, heads: readonly LooseHead[], origin: string): Objects {
  for (const head of heads) objects.set(checkpointKey(head.size), note(origin, head));
  return objects;
}

function note(origin: string, { size, root, signatures }: LooseHead): Uint8Array {
  return encodeUtf8(headNote(origin, { size: treeSize(size), root, signatures }));
}

/** Where the first segment begins that does not carry what its note says. */
export function firstBroken(objects: Objects): number | undefined {
  for (const [key, bytes] of objects)
    if (key.startsWith('seg/') && decodeUnverified(bytes).kind === 'problem')
      return Number(key.slice('seg/'.length));
  return undefined;
}

function strangersNote(stranger: Signer, { size, root }: LooseHead): Uint8Array {
  const text = formatCheckpoint({ origin: stranger.name, size: treeSize(size), root });
  return encodeUtf8(signNote(text, [stranger]));
}

interface Place {
  readonly origin: string;
  readonly first: number;
  readonly prev: Uint8Array;
  readonly signer: Signer;
}

function packed(entries: readonly Loose[], place: Place): Uint8Array {
  return encodeSegment({ ...place, ...rowsOf(entries), nonce: NONCE });
}

function under(segment: Segment, entries: readonly Loose[]): Uint8Array {
  return encodePruned({ ...segment, ...rowsOf(entries) }, () => false, NONCE);
}

/** Bodies with the hashes and ids that they truly have. */
function rowsOf(entries: readonly Loose[]): Pick<Segment, 'entries' | 'leafHashes' | 'ids' | 'parts'> {
  const marks = entries.map(({ bytes }) => (bytes === undefined ? undefined : markOf(Buffer.from(bytes))));
  return {
    entries: entries.map(({ bytes }) => bytes),
    leafHashes: Buffer.concat(entries.map(hashOf)),
    ids: Buffer.concat(marks.map((mark) => mark?.id ?? Buffer.alloc(16))),
    parts: marks.map((mark) => mark?.part ?? 0),
  };
}

/** What an entry is filed under; one that is not in the form of a log's, under the id that can still be made out. */
function markOf(bytes: Buffer): { readonly id: Uint8Array; readonly part: number } {
  const text = bytes.toString();
  const [, uuid = '0'.repeat(32)] = /"id": ?"([0-9a-f-]{36})"/.exec(text) ?? [];
  const [, part = '0'] = /"part": ?\{"number": ?(\d+)/.exec(text) ?? [];
  return { id: Buffer.from(uuid.replaceAll('-', ''), 'hex'), part: Number(part) };
}

function isOf(segment: Segment, entries: readonly Loose[]): boolean {
  if (entries.length !== segment.count) return false;
  return entries.every(({ bytes, leaf }, n) => {
    const own = segment.entries[n];
    if (bytes === undefined) return own === undefined && Buffer.compare(leaf, leafAt(segment, n)) === 0;
    return own !== undefined && Buffer.compare(bytes, own) === 0;
  });
}

function leafAt({ leafHashes }: Segment, n: number): Uint8Array {
  return leafHashes.subarray(32 * n, 32 * (n + 1));
}

function hashOf({ bytes, leaf }: Loose): Uint8Array {
  return bytes === undefined ? (leaf ?? NO_HASH) : leafHash(bytes);
}

/** Who signs from an entry on, if it says so. */
function signerNamed(loot: Loot, index: number, signers: readonly Signer[]): Signer | undefined {
  const { bytes } = loot.entries[index] ?? {};
  const text = bytes === undefined ? '' : Buffer.from(bytes).toString();
  if (index > 0 && !text.includes('"kind":"key"')) return undefined;
  return signers.find(({ vkey }) => text.includes(JSON.stringify(vkey)));
}
