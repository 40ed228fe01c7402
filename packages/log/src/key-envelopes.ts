import { hmacSha256 } from '@zegel/core';
import { readKek } from './keys/key-files.ts';
import { parseLocation } from './location.ts';
import { keyFolder } from './open-vault.ts';
import { openEnvelope, sealEnvelope } from './vault/envelope.ts';

/** Keeps small secrets that lie beside a log, such as those of second factors. */
export interface KeyEnvelopes {
  /** @param about what the secret is of; it opens under the same words only */
  seal(secret: Uint8Array, about: string): Uint8Array;
  /** The secret; undefined when it was not sealed under this key about this. */
  open(box: Uint8Array, about: string): Uint8Array | undefined;
}

/** Derives a key of its own, so that nothing sealed here can stand in for an envelope of the vault. */
const PURPOSE = Buffer.from('zegel: secrets beside the log');

/**
 * Envelopes (AES-256-GCM) under a key that is derived from the key-encryption key of a log.
 *
 * @throws LogError `KEY_MISSING`, `KEY_DAMAGED`, `LOG_URL`
 */
export function openEnvelopes(
  url: string,
  options: { readonly keys?: string | undefined } = {},
): KeyEnvelopes {
  const kek = readKek(keyFolder(parseLocation(url), options.keys));
  const key = hmacSha256(kek, PURPOSE);
  return {
    seal: (secret, about) => sealEnvelope(key, secret, about),
    open: (box, about) => openEnvelope(key, box, about),
  };
}
