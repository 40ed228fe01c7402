import { sha256 } from '../crypto.ts';
import { assert } from '../errors.ts';

/** Bytes of a hash in the tree. */
export const HASH_BYTES = 32;

// One buffer for all calls: hashing copies the input before it returns, and nothing here awaits.
const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = 1;
const leaf = new Uint8Array(1 + 0xffff);

/** Root of the tree without leaves: SHA-256 of nothing, 32 bytes (RFC 6962 §2.1). Not to be written to. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

/** SHA-256(0x00 ‖ entry), 32 bytes (RFC 6962 §2.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const end = 1 + entry.length;
  const input = end > leaf.length ? new Uint8Array(end) : leaf;
  input.set(entry, 1);
  return sha256(input.subarray(0, end));
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes (RFC 6962 §2.1). Both sides have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  assert(left.length === HASH_BYTES && right.length === HASH_BYTES, 'a node joins two hashes of 32 bytes');
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}
