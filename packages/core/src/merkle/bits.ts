// Sizes go to 2^53 - 1, beyond the 32 bits that operators such as >> and ^ keep: here is arithmetic only.

/** Number of one bits of a safe integer from 0. */
export function bitCount(n: number): number {
  let count = 0;
  for (let rest = n; rest > 0; rest = half(rest)) count += rest % 2;
  return count;
}

/** Half of a safe integer from 0, rounded down. */
export function half(n: number): number {
  return Math.floor(n / 2);
}

/** Largest power of two that is not above n, for a safe integer from 1. */
export function largestPower(n: number): number {
  let power = 1;
  while (power <= n / 2) power *= 2;
  return power;
}

/** Where RFC 6962 §2.1 splits n > 1 leaves: the largest power of two below n. */
export function splitPoint(n: number): number {
  const power = largestPower(n);
  return power === n ? n / 2 : power;
}
