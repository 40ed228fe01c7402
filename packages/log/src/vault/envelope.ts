import { envelopeOpen, envelopeSeal } from '@zegel/core';
import { entropy } from '../entropy.ts';

const NONCE = 12;

/** Seals under the key-encryption key (format v1 §3). `about` binds it to its place. */
export function sealEnvelope(kek: Uint8Array, plaintext: Uint8Array, about: string): Uint8Array {
  return envelopeSeal(kek, entropy(NONCE), plaintext, Buffer.from(about));
}

/** Opens an envelope; undefined when it was not sealed under this key about this. */
export function openEnvelope(kek: Uint8Array, box: Uint8Array, about: string): Buffer | undefined {
  const plain = envelopeOpen(kek, box, Buffer.from(about));
  return plain && Buffer.from(plain.buffer, plain.byteOffset, plain.length);
}
