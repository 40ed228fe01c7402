import { type Bytes, decodeBase64, hex, joined, utf8 } from './verify-bytes.ts';
import { isKeyName } from './verify-note.ts';
import type { Subtle } from './verify-subtle.ts';
import { sha256 } from './verify-tree.ts';

/** A verifier key (C2SP signed-note), taken apart. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  /** 32 bytes, Ed25519. */
  readonly publicKey: Bytes;
  /** As it was given. */
  readonly text: string;
}

/** What became of a signature; some browsers know no Ed25519. */
export type SignatureResult = 'good' | 'bad' | 'unsupported';

const ED25519 = 0x01;
const FORM = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/;

/** Reads a verifier key, whose id must be that of its name and key; undefined where it is none. */
export async function parseVkey(text: string, subtle: Subtle): Promise<VerifierKey | undefined> {
  // Base64 may hold a plus of its own: only the first two separate.
  const [, name, keyId, encoded] = FORM.exec(text) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) return undefined;
  const typed = decodeBase64(encoded);
  if (!isKeyName(name) || typed?.[0] !== ED25519 || typed.length !== 33) return undefined;
  const id = await sha256(joined(utf8(`${name}\n`), typed), subtle);
  return hex(id.slice(0, 4)) === keyId ? { name, keyId, publicKey: typed.slice(1), text } : undefined;
}

/** Checks an Ed25519 signature (RFC 8032). */
export async function checkSignature(
  { publicKey }: VerifierKey,
  message: Bytes,
  signature: Bytes,
  subtle: Subtle,
): Promise<SignatureResult> {
  let key: object;
  try {
    key = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  } catch (error) {
    // A browser that knows the algorithm refuses bytes that are no key by another error.
    return error instanceof Error && error.name === 'NotSupportedError' ? 'unsupported' : 'bad';
  }
  return (await subtle.verify('Ed25519', key, signature, message)) ? 'good' : 'bad';
}
