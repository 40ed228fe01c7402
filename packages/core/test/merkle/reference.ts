/**
 * RFC 6962 §2.1 written down as it stands, over whole lists and recursively: slow, and sharing
 * nothing with what it is there to check.
 */
import { createHash } from 'node:crypto';

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function k(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** MTH(D[n]), remembered by position so that whole trees of proofs stay affordable. */
export class Reference {
  readonly entries: readonly Uint8Array[];
  readonly #known = new Map<string, Buffer>();

  constructor(entries: readonly Uint8Array[]) {
    this.entries = entries;
  }

  /** MTH(D[from:to]). */
  root(from: number, to: number): Buffer {
    const name = `${from}:${to}`;
    const known = this.#known.get(name) ?? this.#compute(from, to);
    this.#known.set(name, known);
    return known;
  }

  #compute(from: number, to: number): Buffer {
    const n = to - from;
    if (n === 0) return sha256();
    if (n === 1) return sha256(Buffer.of(0), this.entries[from] ?? Buffer.of());
    return sha256(Buffer.of(1), this.root(from, from + k(n)), this.root(from + k(n), to));
  }

  /** PATH(m, D[from:to]). */
  path(m: number, from: number, to: number): Buffer[] {
    const n = to - from;
    if (n === 1) return [];
    if (m < k(n)) return [...this.path(m, from, from + k(n)), this.root(from + k(n), to)];
    return [...this.path(m - k(n), from + k(n), to), this.root(from, from + k(n))];
  }

  /** PROOF(m, D[n]). */
  proof(m: number, n: number): Buffer[] {
    return this.#subproof(m, 0, n, true);
  }

  #subproof(m: number, from: number, to: number, b: boolean): Buffer[] {
    const n = to - from;
    if (m === n) return b ? [] : [this.root(from, to)];
    if (m <= k(n)) return [...this.#subproof(m, from, from + k(n), b), this.root(from + k(n), to)];
    return [...this.#subproof(m - k(n), from + k(n), to, false), this.root(from, from + k(n))];
  }
}
