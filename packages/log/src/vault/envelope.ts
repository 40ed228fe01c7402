import { createCipheriv, createDecipheriv } from 'node:crypto';
import { entropy } from '../entropy.ts';

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM under the key-encryption key (format v1 §3): nonce ‖ ciphertext ‖ tag. */
export function sealEnvelope(kek: Uint8Array, plaintext: Uint8Array, about: string): Uint8Array {
  const nonce = Uint8Array.from(entropy(NONCE));
  const cipher = createCipheriv('aes-256-gcm', kek, nonce);
  cipher.setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens an envelope; undefined when it was not sealed under this key about this. */
export function openEnvelope(kek: Uint8Array, box: Uint8Array, about: string): Buffer | undefined {
  if (box.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', kek, box.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(about));
  decipher.setAuthTag(box.subarray(box.length - TAG));
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE, box.length - TAG)), decipher.final()]);
  } catch {
    return undefined; // GCM's answer to any wrong byte or key: the caller names what did not open
  }
}
