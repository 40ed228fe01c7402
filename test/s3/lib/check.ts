import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { CompactRange, leafHash, openCheckpoint, parseVkey } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { expect } from 'vitest';
import { idOf, type Item } from './chain.ts';
import { opened, type Place, SIGNER, writer } from './scene.ts';
import { clientOf, versionsOf } from './servers.ts';

const VERIFIERS = [parseVkey(SIGNER.vkey)];

/** What a log came to. */
export interface Checked {
  readonly items: readonly Item[];
  /** Where each item is. */
  readonly at: ReadonlyMap<Item, number>;
}

/**
 * What must hold whatever happened: a writer comes and finds things in order; a reader that knows nothing but the bucket
 * and the key sees every acknowledged item where it was said to be, nothing twice, no hole, whole entries, the root that
 * is signed; and no checkpoint ever signed, at any version of its key, says anything else of the log.
 */
export async function checkLog(
  place: Place,
  ...acknowledged: readonly ReadonlyMap<Item, number>[]
): Promise<Checked> {
  const after = await writer(place.url);
  const head = await after.store.head();
  await after.store.close();
  const reader = await opened(place.url, { mode: 'read' });
  const entries: StoredEntry[] = [];
  for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER)) entries.push(...chunk);
  expect(entries.filter(({ damage }) => damage !== undefined).map(({ damage }) => damage)).toEqual([]);
  const { roots, items } = whole(entries);
  expect(head?.size, 'the head that a writer finds covers every entry').toBe(items.length);
  expect((await reader.head())?.size, 'and so does that of a reader').toBe(items.length);
  const at = new Map(items.map((item, index) => [item, index]));
  expect(at.size, 'nothing is there twice').toBe(items.length);
  for (const told of acknowledged)
    for (const [item, index] of told)
      if (at.get(item) !== index) expect(at.get(item), `acknowledged ${item}`).toBe(index);
  const last = items.at(-1) ?? '';
  expect(await reader.findById(idOf(last))).toBe(items.length - 1);
  await reader.close();
  for (const { size, root } of await checkpoints(place)) expect(root, `checkpoint ${size}`).toBe(roots[size]);
  return { items, at };
}

/** The root at every size, and the items in order; fails unless entries are what they are said to be. */
function whole(entries: readonly StoredEntry[]): {
  readonly roots: readonly string[];
  readonly items: readonly Item[];
} {
  const range = CompactRange.empty();
  const roots = [hex(range.root())];
  const items = entries.map(({ index, bytes, leafHash: stored }, n) => {
    const body = bytes ?? new Uint8Array();
    const entry = JSON.parse(Buffer.from(body).toString()) as { readonly index: number; readonly item: Item };
    const hash = leafHash(body);
    if (index !== n || entry.index !== n || hex(hash) !== hex(stored))
      expect([index, entry.index, hex(hash)]).toEqual([n, n, hex(stored)]);
    range.append(hash);
    roots.push(hex(range.root()));
    return entry.item;
  });
  return { roots, items };
}

/** Every checkpoint that bears the log's signature, at whatever version of whatever key below `checkpoint/`. */
async function checkpoints({
  endpoint,
  bucket,
}: Place): Promise<{ readonly size: number; readonly root: string }[]> {
  const client = clientOf(endpoint);
  const found: { size: number; root: string }[] = [];
  for (const { Key, VersionId } of await versionsOf(client, bucket, 'log/checkpoint/')) {
    const checkpoint = await checkpointAt(client, { Bucket: bucket, Key, VersionId });
    if (checkpoint !== undefined) found.push(checkpoint);
  }
  client.destroy();
  expect(found.length, 'there are checkpoints').toBeGreaterThan(0);
  return found;
}

async function checkpointAt(
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string; readonly VersionId: string | undefined },
): Promise<{ readonly size: number; readonly root: string } | undefined> {
  const body = await (await client.send(new GetObjectCommand(object))).Body?.transformToByteArray();
  try {
    const { checkpoint } = openCheckpoint(body ?? '', VERIFIERS);
    return { size: checkpoint.size, root: hex(checkpoint.root) };
  } catch {
    return undefined; // not of the log's key: nobody believes it
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
