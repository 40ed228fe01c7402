import { encodeBase64url, rotationMessage, type Signer } from '@zegel/core';
import type { Loot } from './loot.ts';
import { ORIGIN } from './scene.ts';

/** Appends the entry by which `next` takes over from the key that signs for it. */
export function appendKey(loot: Loot, by: Signer, next: Signer): Loot {
  const { recorded } = loot.object(loot.size - 1);
  return loot.append({
    v: 1,
    kind: 'key',
    id: '0192f0a0-0000-7000-8000-000000000003',
    index: 0,
    prev: '',
    control: {},
    occurred: recorded,
    recorded,
    vkey: next.vkey,
    signature: encodeBase64url(by.sign(rotationMessage(ORIGIN, next.vkey))),
  });
}

/** Appends a heartbeat, so that there is something to sign. */
export function appendHeartbeat(loot: Loot): Loot {
  const { recorded } = loot.object(loot.size - 1);
  return loot.append({
    v: 1,
    kind: 'heartbeat',
    id: '0192f0a0-0000-7000-8000-000000000004',
    index: 0,
    prev: '',
    control: {},
    occurred: recorded,
    recorded,
    next: '2099-01-01T00:00:00.000Z',
  });
}

/** Adds a head of everything there is. */
export function addHead(loot: Loot, ...signers: readonly Signer[]): void {
  loot.sign(loot.head(loot.size), signers);
}
