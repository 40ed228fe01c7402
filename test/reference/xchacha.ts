import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from './bytes.ts';

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2.3): ciphertext ‖ tag. */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  about: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', subkey(key, nonce), shortNonce(nonce), {
    authTagLength: 16,
  });
  cipher.setAAD(about, { plaintextLength: plaintext.length });
  return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** The plaintext, undefined when the tag does not fit. */
export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  about: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < 16) return undefined;
  const text = sealed.slice(0, -16);
  const cipher = createDecipheriv('chacha20-poly1305', subkey(key, nonce), shortNonce(nonce), {
    authTagLength: 16,
  });
  cipher.setAAD(about, { plaintextLength: text.length });
  cipher.setAuthTag(sealed.slice(-16));
  try {
    return concat(cipher.update(text), cipher.final());
  } catch {
    return undefined;
  }
}

// The last 8 bytes of the 24, after four zero bytes.
function shortNonce(nonce: Uint8Array): Uint8Array {
  return concat(new Uint8Array(4), nonce.slice(16));
}

// HChaCha20 (draft-irtf-cfrg-xchacha-03 §2.2): the first and the last row of the state after twenty rounds.
function subkey(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const input = concat(new TextEncoder().encode('expand 32-byte k'), key, nonce.slice(0, 16));
  const words = new DataView(input.buffer);
  const state = Array.from({ length: 16 }, (_, i) => words.getUint32(4 * i, true));
  for (let round = 0; round < 10; round++) {
    for (let column = 0; column < 4; column++) quarter(state, column, column + 4, column + 8, column + 12);
    for (let at = 0; at < 4; at++) {
      quarter(state, at, 4 + ((at + 1) % 4), 8 + ((at + 2) % 4), 12 + ((at + 3) % 4));
    }
  }
  const output = new DataView(new ArrayBuffer(32));
  [...state.slice(0, 4), ...state.slice(12)].forEach((word, i) => {
    output.setUint32(4 * i, word, true);
  });
  return new Uint8Array(output.buffer);
}

// RFC 8439 §2.1.
function quarter(state: number[], a: number, b: number, c: number, d: number): void {
  addThenTurn(state, a, b, d, 16);
  addThenTurn(state, c, d, b, 12);
  addThenTurn(state, a, b, d, 8);
  addThenTurn(state, c, d, b, 7);
}

function addThenTurn(state: number[], to: number, from: number, turned: number, by: number): void {
  const sum = ((state[to] ?? 0) + (state[from] ?? 0)) >>> 0;
  const mixed = ((state[turned] ?? 0) ^ sum) >>> 0;
  state[to] = sum;
  state[turned] = ((mixed << by) | (mixed >>> (32 - by))) >>> 0;
}
