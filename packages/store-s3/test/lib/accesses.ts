import { randomBytes } from 'node:crypto';
import { formatUuid, leafHash, timeText } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { batchAfter, SUITE_SIGNER } from '@zegel/testkit';
import { encodeSegment } from '../../src/segment/encode-segment.ts';
import { originPrev } from '../../src/segment/segment-note.ts';

/** An entry as a log has it, as far as stores look. */
export interface Access {
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
}

/** An access under an activity, recorded some milliseconds ago. */
export function access(activity = 'orders', agoMs = 0, id: Uint8Array = randomBytes(16)): Access {
  const recorded = timeText(Date.now() - agoMs);
  const entry = {
    action: 'read',
    activity: `${activity}@1`,
    id: formatUuid(id),
    kind: 'access',
    nonce: randomBytes(8).toString('base64url'),
    recorded,
    v: 1,
  };
  return { id, bytes: Buffer.from(JSON.stringify(entry)) };
}

/** Appends them in one commit. */
export async function appendAll(store: LogStore, all: readonly Access[]): Promise<void> {
  await store.commit((view) =>
    batchAfter(
      view,
      all.map(({ bytes }) => bytes),
      { ids: all.map(({ id }) => id) },
    ),
  );
}

/** A segment of these that lost to the one at `first`: signed by the log's key, and behind the same entry. */
export async function lostSegment(
  store: LogStore,
  first: number,
  all: readonly Access[],
): Promise<Uint8Array> {
  const prev = first === 0 ? originPrev(SUITE_SIGNER.name) : await store.leafHashes(first - 1, first);
  return encodeSegment({
    origin: SUITE_SIGNER.name,
    first,
    prev,
    entries: all.map(({ bytes }) => bytes),
    leafHashes: Buffer.concat(all.map(({ bytes }) => leafHash(bytes))),
    ids: Buffer.concat(all.map(({ id }) => id)),
    parts: all.map(() => 0),
    signer: SUITE_SIGNER,
    nonce: randomBytes(16),
  });
}
