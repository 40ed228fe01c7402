import { zstdCompressSync } from 'node:zlib';
import { createSigner, formatCheckpoint, signNote, treeSize } from '@zegel/core';
import { type Admin, checkpointKey, segmentKey } from './admin.ts';
import { ORIGIN, SIZE } from './scene.ts';

/** What somebody does to a log of four segments of ten entries each. Returns the key that an inspection must name. */
export type Attack = (admin: Admin) => Promise<string>;

const MIDDLE = segmentKey(20);
const NEXT = segmentKey(SIZE);

/** Bytes that begin like a segment whose plain part expands to half a gigabyte. */
function bomb(segment: Uint8Array): Uint8Array {
  const noteEnd = 6 + 16 + 4 + Buffer.from(segment).readUInt32BE(22);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(2 ** 29);
  return Buffer.concat([segment.subarray(0, noteEnd), length, zstdCompressSync(Buffer.alloc(2 ** 29))]);
}

function forged(size: number): string {
  const stranger = createSigner(ORIGIN, new Uint8Array(32).fill(9));
  return signNote(formatCheckpoint({ origin: ORIGIN, size: treeSize(size), root: new Uint8Array(32) }), [
    stranger,
  ]);
}

/** Puts a body at a key. */
function put(key: string, body: (admin: Admin) => Uint8Array | string | Promise<Uint8Array>): Attack {
  return async (admin) => {
    await admin.put(key, await body(admin));
    return key;
  };
}

function remove(key: string): Attack {
  return async (admin) => {
    await admin.remove(key);
    return key;
  };
}

const another = (admin: Admin): Promise<Uint8Array> => admin.get(segmentKey(10));

/** Attacks that hide what was committed and change none of it: everything goes on. */
export const HIDING: Readonly<Record<string, Attack>> = {
  'a segment overwritten with garbage': put(MIDDLE, () => 'garbage'),
  'a segment overwritten with nothing': put(MIDDLE, () => ''),
  'a segment overwritten with another of the same log': put(MIDDLE, another),
  'a segment overwritten with half of itself': put(MIDDLE, async (admin) => {
    const bytes = await admin.get(MIDDLE);
    return bytes.subarray(0, bytes.length >> 1);
  }),
  'a segment overwritten with itself but for a bit': put(MIDDLE, async (admin) => {
    const bytes = Uint8Array.from(await admin.get(MIDDLE));
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    return bytes;
  }),
  'a segment overwritten with what expands without end': put(MIDDLE, async (admin) =>
    bomb(await admin.get(MIDDLE)),
  ),
  'the first segment overwritten': put(segmentKey(0), () => 'garbage'),
  'the last segment overwritten': put(segmentKey(30), () => 'garbage'),
  'the first segment behind a delete marker': remove(segmentKey(0)),
  'a segment behind a delete marker': remove(MIDDLE),
  'the last segment behind a delete marker': remove(segmentKey(30)),
  'a segment behind garbage and two delete markers': async (admin) => {
    await admin.remove(MIDDLE);
    await admin.put(MIDDLE, 'garbage');
    await admin.remove(MIDDLE);
    return MIDDLE;
  },
  'every segment behind a delete marker': async (admin) => {
    for (const key of await admin.segments()) await admin.remove(key);
    return MIDDLE;
  },
  'garbage at the next key': put(NEXT, () => 'garbage'),
  'nothing at the next key': put(NEXT, () => ''),
  'an older segment at the next key': put(NEXT, another),
  'what expands without end at the next key': put(NEXT, async (admin) => bomb(await another(admin))),
  'a delete marker at the next key': remove(NEXT),
  'garbage behind a delete marker at the next key': async (admin) => {
    await admin.put(NEXT, 'garbage');
    await admin.remove(NEXT);
    return NEXT;
  },
  'garbage far beyond the end': put(segmentKey(1_000_000), () => 'garbage'),
  'an older segment far beyond the end': put(segmentKey(1_000_000), another),
  'garbage within a segment': put(segmentKey(25), () => 'garbage'),
  'an object of no index': put('seg/zzz', () => 'garbage'),
  'an object of an index too long': put(`${NEXT}0`, () => 'garbage'),
};

/** The same of checkpoints: they are signed anew from segments. */
export const HIDING_CHECKPOINTS: Readonly<Record<string, Attack>> = {
  'the newest checkpoint overwritten': put(checkpointKey(SIZE), () => 'garbage'),
  'the newest checkpoint behind a delete marker': remove(checkpointKey(SIZE)),
  'the newest checkpoint gone': async (admin) => {
    await admin.takeAway(checkpointKey(SIZE));
    return checkpointKey(SIZE);
  },
  'a stranger’s checkpoint far beyond the end': put(checkpointKey(1_000_000), () => forged(1_000_000)),
  'a stranger’s checkpoint of the next commit': put(checkpointKey(SIZE + 3), () => forged(SIZE + 3)),
  'garbage at the checkpoint of the next commit': put(checkpointKey(SIZE + 3), () => 'garbage'),
  'an older checkpoint far beyond the end': put(checkpointKey(1_000_000), (admin) =>
    admin.get(checkpointKey(10)),
  ),
};
