import { randomFillSync } from 'node:crypto';

const POOL = 16_384;
let pool = Buffer.alloc(0);
let used = POOL;

/**
 * Fresh bytes from the operating system's generator. Drawn in blocks: one call for 56 bytes costs
 * 1.6 µs, one for 16 KiB costs the same, and a sealed entry needs 66 bytes of them.
 */
export function entropy(length: number): Uint8Array {
  if (used + length > pool.length) {
    pool = randomFillSync(Buffer.alloc(Math.max(POOL, length)));
    used = 0;
  }
  const bytes = pool.subarray(used, used + length);
  used += length;
  return bytes;
}
