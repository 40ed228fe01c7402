import { decodeBase64, encodeBase64 } from './base64.ts';
import { asBuffer } from './bytes.ts';
import { ed25519Key, ed25519Verifier, sha256 } from './crypto.ts';
import { FormatError } from './format-error.ts';
import { isOwnName } from './key-name.ts';
import type { KeyIdentity } from './note-error.ts';
import { encodeUtf8 } from './utf8.ts';

/** Checks signatures of one key. */
export interface Verifier extends KeyIdentity {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Whether this key signed the message. Never throws. */
  readonly verify: (message: Uint8Array, signature: Uint8Array) => boolean;
}

/** Signs with one key. */
export interface Signer extends KeyIdentity {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The verifier key to give away, as {@link parseVkey} reads it. */
  readonly vkey: string;
  /** The signature, 64 bytes, without the key id. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const ED25519 = 0x01;
const SKEY_HEAD = 'PRIVATE+KEY+';
const KEY_FORM = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/;

/**
 * An Ed25519 signer of notes from its 32-byte seed.
 *
 * @throws FormatError BAD_KEY when the name is empty, over 255 bytes, or has a space or `+`, or the seed's length is wrong
 */
export function createSigner(name: string, seed: Uint8Array): Signer {
  if (!isOwnName(name)) throw new FormatError('BAD_KEY', 'not a key name');
  if (seed.length !== 32) throw new FormatError('BAD_KEY', 'an Ed25519 seed has 32 bytes');
  const { publicKey, sign } = ed25519Key(seed);
  const vkey = formatVkey(name, publicKey);
  return Object.freeze({ name, keyId: keyIdOf(name, publicKey), publicKey, vkey, sign });
}

/** `<name>+<key id>+<base64(0x01 ‖ public key)>` (C2SP signed-note). @throws FormatError BAD_KEY on a bad name or length */
export function formatVkey(name: string, publicKey: Uint8Array): string {
  if (!isOwnName(name)) throw new FormatError('BAD_KEY', 'not a key name');
  return `${name}+${keyIdOf(name, publicKey)}+${encodeTyped(publicKey)}`;
}

/** Reads a verifier key of type Ed25519 (C2SP signed-note). @throws FormatError BAD_KEY */
export function parseVkey(text: string): Verifier {
  const { name, keyId, key: publicKey } = splitKey(text);
  if (keyIdOf(name, publicKey) !== keyId)
    throw new FormatError('BAD_KEY', 'the key id is not that of name and key');
  return Object.freeze({ name, keyId, publicKey, verify: ed25519Verifier(publicKey) });
}

/**
 * `PRIVATE+KEY+<name>+<key id>+<base64(0x01 ‖ seed)>`, the key id being the public key's
 * (golang.org/x/mod sumdb/note). Secret. @throws FormatError BAD_KEY on a bad name or length
 */
export function formatSkey(name: string, seed: Uint8Array): string {
  return `${SKEY_HEAD}${name}+${createSigner(name, seed).keyId}+${encodeTyped(seed)}`;
}

/** Reads a signer key of type Ed25519 (golang.org/x/mod sumdb/note). @throws FormatError BAD_KEY */
export function parseSkey(text: string): Signer {
  if (!text.startsWith(SKEY_HEAD)) throw new FormatError('BAD_KEY', 'not a signer key');
  const { name, keyId, key: seed } = splitKey(text.slice(SKEY_HEAD.length));
  const signer = createSigner(name, seed);
  if (signer.keyId !== keyId) throw new FormatError('BAD_KEY', 'the key id is not that of name and key');
  return signer;
}

// Base64 may hold a plus of its own: only the first two separate.
function splitKey(text: string): { name: string; keyId: string; key: Uint8Array } {
  const [, name, keyId, encoded] = KEY_FORM.exec(text) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined || !isOwnName(name)) {
    throw new FormatError('BAD_KEY', 'not of the form name+id+key');
  }
  const typed = decodeTyped(encoded);
  if (typed[0] !== ED25519) throw new FormatError('BAD_KEY', 'not an Ed25519 key');
  if (typed.length !== 33) throw new FormatError('BAD_KEY', 'an Ed25519 key has 32 bytes');
  return { name, keyId, key: typed.slice(1) };
}

function decodeTyped(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch (cause) {
    throw new FormatError('BAD_KEY', 'the key is not base64', cause);
  }
}

function encodeTyped(key: Uint8Array): string {
  if (key.length !== 32) throw new FormatError('BAD_KEY', 'an Ed25519 key has 32 bytes');
  return encodeBase64(Uint8Array.of(ED25519, ...key));
}

// C2SP signed-note: SHA-256(name ‖ 0x0A ‖ type ‖ public key), the first four bytes.
function keyIdOf(name: string, publicKey: Uint8Array): string {
  const id = sha256(Buffer.concat([encodeUtf8(`${name}\n`), Uint8Array.of(ED25519), publicKey]));
  return asBuffer(id).toString('hex', 0, 4);
}
