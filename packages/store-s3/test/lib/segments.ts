import { randomBytes } from 'node:crypto';
import { createSigner, formatUuid, parseVkey, type Signer } from '@zegel/core';
import { encodeSegment } from '../../src/segment/encode-segment.ts';
import { originPrev } from '../../src/segment/segment-note.ts';

export const ORIGIN = 'example.org/log';
export const SIGNER: Signer = createSigner(ORIGIN, new Uint8Array(32).fill(7));
export const TRUST = { origin: ORIGIN, verifiers: [parseVkey(SIGNER.vkey)] };

export interface Made {
  readonly entries: readonly Uint8Array[];
  readonly ids: Uint8Array;
  readonly parts: readonly number[];
}

/** What looks like entries of a log: an id, a part now and then, and something that does not pack well. */
export function logEntries(count: number, first = 0): Made {
  const ids = randomBytes(16 * count);
  const parts = Array.from({ length: count }, (_, n) => (n % 3 === 2 ? n + 1 : 0));
  const entries = parts.map((part, n) => {
    const id = formatUuid(ids.subarray(16 * n, 16 * n + 16));
    const split = part === 0 ? '' : `,"part":{"number":${part},"of":9}`;
    const noise = randomBytes(24).toString('base64url');
    return Buffer.from(
      `{"action":"read","activity":"orders@1","id":"${id}","index":${first + n},"kind":"access"${split},"prev":"${noise}","v":1}`,
    );
  });
  return { entries, ids: new Uint8Array(ids), parts };
}

/** A segment object, by default the first of the log. */
export function segmentObject(
  made: Made,
  place: { readonly first?: number; readonly prev?: Uint8Array; readonly signer?: Signer } = {},
): Uint8Array {
  return encodeSegment({
    origin: ORIGIN,
    first: place.first ?? 0,
    prev: place.prev ?? originPrev(ORIGIN),
    ...made,
    signer: place.signer ?? SIGNER,
    nonce: randomBytes(16),
  });
}
