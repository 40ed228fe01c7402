import { randomBytes } from 'node:crypto';
import { sha256Base64url } from '@zegel/core';

/** How long a log-in may stand halfway. */
const PENDING_MS = 5 * 60_000;
/** Most of them at once; the oldest gives way. */
const MOST = 1000;
/** Wrong codes after which it begins anew. */
const TRIES = 5;

/** A log-in between its steps. */
export interface Halfway {
  readonly user: string;
  readonly epoch: number;
  /** The secret of a second factor that is being set up; undefined: one that is there is asked for. */
  readonly secret: Uint8Array | undefined;
}

interface Kept extends Halfway {
  readonly until: number;
  tries: number;
}

/** Log-ins that wait for their second step, found by a secret in a cookie of its own: nothing else opens with it. */
export class Pending {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Keeps one. @returns the secret that it is found by */
  put(halfway: Halfway): string {
    const secret = randomBytes(32).toString('base64url');
    this.#sweep();
    this.#kept.set(keyOf(secret), { ...halfway, until: this.#now() + PENDING_MS, tries: 0 });
    return secret;
  }

  /** The one of a secret. */
  find(secret: string): Halfway | undefined {
    const kept = this.#kept.get(keyOf(secret));
    return kept !== undefined && kept.until > this.#now() ? kept : undefined;
  }

  /** A code was wrong. @returns whether another may be tried */
  failed(secret: string): boolean {
    const kept = this.#kept.get(keyOf(secret));
    if (kept !== undefined && ++kept.tries < TRIES) return true;
    this.drop(secret);
    return false;
  }

  drop(secret: string): void {
    this.#kept.delete(keyOf(secret));
  }

  #sweep(): void {
    for (const [key, { until }] of this.#kept) {
      if (until > this.#now() && this.#kept.size < MOST) return; // oldest first, as they were put
      this.#kept.delete(key);
    }
  }
}

function keyOf(secret: string): string {
  return sha256Base64url(Buffer.from(secret));
}
