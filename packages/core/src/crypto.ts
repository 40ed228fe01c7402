/**
 * The only file of core that reaches for hashes, signatures and ciphers.
 *
 * @module
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  scrypt,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { assert } from './errors.ts';

/** SHA-256 (FIPS 180-4): 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  // A string and 32 assignments cost a third of asking for a Buffer. Nor may it be one: small Buffers
  // share a pool, all of which is copied along when one of them is sent to another thread.
  const text = sha256Latin1(bytes);
  const digest = new Uint8Array(32);
  for (let i = 0; i < 32; i++) digest[i] = text.charCodeAt(i);
  return digest;
}

/** SHA-256 as a string of 32 characters, one per byte: the fastest form for further hashing. */
export function sha256Latin1(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}

/** SHA-256 as base64url without padding, 43 characters. */
export function sha256Base64url(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url');
}

/**
 * AES-128 (FIPS 197) of each 16-byte block by itself: a random permutation under a key of 16 bytes, for sums
 * that nobody can steer. It hides nothing: equal blocks stay equal.
 */
export function permuteBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  cipher.setAutoPadding(false);
  return cipher.update(blocks);
}

const HMAC_BLOCK = 64;

/** HMAC-SHA-256 (RFC 2104): 32 bytes. The key may have any length. */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  // Written out because two one-shot hashes are several times faster than one Hmac object.
  const short = key.length > HMAC_BLOCK ? sha256(key) : key;
  const inner = new Uint8Array(HMAC_BLOCK + bytes.length);
  const outer = new Uint8Array(HMAC_BLOCK + 32);
  for (let i = 0; i < HMAC_BLOCK; i++) {
    const byte = short[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  inner.set(bytes, HMAC_BLOCK);
  outer.set(sha256(inner), HMAC_BLOCK);
  return sha256(outer);
}

/** HMAC-SHA-1 (RFC 2104): 20 bytes. For one-time codes and nothing else: authenticator apps know no other (RFC 4226 §5.2). */
export function hmacSha1(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha1', key).update(bytes).digest());
}

/**
 * MD5 (RFC 1321) in hexadecimal: what S3 gives as the entity tag of an object put in one piece. It tells copies apart and proves
 * nothing. Undefined in a runtime that is held to approved algorithms.
 */
export function md5Hex(text: string): string | undefined {
  try {
    return hash('md5', text, 'hex');
  } catch {
    // Such a runtime knows no MD5: whoever asks then does without.
    return undefined;
  }
}

// DER before the 32 raw bytes of an Ed25519 key (RFC 8410 §4 and §7); node:crypto reads no raw keys.
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key pair (RFC 8032) made from its seed, ready to sign. */
export interface Ed25519Key {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes, the same for the same message. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The Ed25519 key pair of a 32-byte seed. */
export function ed25519Key(seed: Uint8Array): Ed25519Key {
  assert(seed.length === 32, 'an Ed25519 seed has 32 bytes');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return Object.freeze({
    publicKey: new Uint8Array(spki.subarray(SPKI_HEAD.length)),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)),
  });
}

/**
 * A check of Ed25519 signatures by one public key (32 bytes). False for anything that is not a
 * valid signature, wrong lengths and bytes that are no key included.
 */
export function ed25519Verifier(
  publicKey: Uint8Array,
): (message: Uint8Array, signature: Uint8Array) => boolean {
  assert(publicKey.length === 32, 'an Ed25519 public key has 32 bytes');
  const spki = Buffer.concat([SPKI_HEAD, publicKey]);
  const key: KeyObject = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return (message, signature) => verify(null, message, key, signature);
}

/** Bytes that sealing adds: the Poly1305 tag. */
export const AEAD_TAG_BYTES = 16;

/**
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2.3): ciphertext and tag. The key has 32 bytes,
 * the nonce 24; a nonce must never be used twice with one key.
 */
export function aeadSeal(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  additional: Uint8Array,
): Uint8Array {
  return xchacha20poly1305(key, nonce, additional).encrypt(plaintext);
}

/** Opens what {@link aeadSeal} made; undefined when key, nonce, additional data or a byte of the box differ. */
export function aeadOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  box: Uint8Array,
  additional: Uint8Array,
): Uint8Array | undefined {
  assert(key.length === 32 && nonce.length === 24, 'an XChaCha20-Poly1305 key has 32 bytes, its nonce 24');
  if (box.length < AEAD_TAG_BYTES) return undefined;
  try {
    return xchacha20poly1305(key, nonce, additional).decrypt(box);
  } catch {
    // The lengths are right, so that all that is left is a tag that does not fit: an answer, not a failure.
    return undefined;
  }
}

const GCM_NONCE = 12;
const GCM_TAG = 16;

/**
 * AES-256-GCM (NIST SP 800-38D), for envelopes under a key-encryption key (format v1 §3).
 *
 * @param nonce 12 bytes, never used twice with one key
 * @returns nonce ‖ ciphertext ‖ tag(16)
 */
export function envelopeSeal(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  about: Uint8Array,
): Uint8Array {
  assert(
    key.length === 32 && nonce.length === GCM_NONCE,
    'AES-256-GCM has a key of 32 bytes and a nonce of 12',
  );
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(about);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what {@link envelopeSeal} made; undefined when key, `about` or a byte of the box differ. */
export function envelopeOpen(key: Uint8Array, box: Uint8Array, about: Uint8Array): Uint8Array | undefined {
  if (box.length < GCM_NONCE + GCM_TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, GCM_NONCE), {
    authTagLength: GCM_TAG,
  });
  decipher.setAAD(about);
  decipher.setAuthTag(box.subarray(box.length - GCM_TAG));
  try {
    return Buffer.concat([decipher.update(box.subarray(GCM_NONCE, box.length - GCM_TAG)), decipher.final()]);
  } catch {
    return undefined; // GCM's answer to any wrong byte or key: the caller names what did not open
  }
}

/** scrypt's cost: 32 MiB and some tens of milliseconds, as OWASP's storage cheat sheet has it for N = 2^15. */
const STRETCH = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/**
 * scrypt (RFC 7914) of a secret that people or services log in with: 32 bytes. Computed off the caller's thread.
 *
 * @param salt 16 random bytes or more, another for each secret
 */
export function stretchSecret(secret: string, salt: Uint8Array): Promise<Uint8Array> {
  assert(salt.length >= 16, 'a salt has at least 16 bytes');
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, 32, STRETCH, (error, key) => (error ? reject(error) : resolve(new Uint8Array(key)))),
  );
}

/** Whether two byte strings are equal, in a time that does not tell where they differ. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
