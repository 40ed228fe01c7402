import { randomBytes } from 'node:crypto';
import { encodeBase64url, sha256Base64url } from '@zegel/core';
import type { Role } from './permissions.ts';

/** Why and until when somebody may look at one person. */
export interface Grant {
  /** 16 hexadecimal digits. */
  readonly token: string;
  readonly as: 'subject' | 'actor';
  readonly reason: string;
  /** ms since 1970. */
  readonly until: number;
}

/** Somebody who is signed in. */
export interface Session {
  readonly user: string;
  readonly roles: ReadonlySet<Role>;
  /** To be sent back with everything that changes something. */
  readonly csrf: string;
  /** ms since 1970. */
  readonly begun: number;
  /** Whether the second factor was shown. */
  readonly isStrong: boolean;
  seen: number;
  grants: readonly Grant[];
}

/** How long a session lasts, in ms. */
export interface Lasting {
  /** Without a request. Default 30 minutes. */
  readonly idle?: number;
  /** In all. Default 12 hours. */
  readonly whole?: number;
}

const MINUTE = 60_000;
const SECRET_BYTES = 32;
const MOST = 10_000;

/** Sessions, in memory by the hash of their secret: a restart signs everybody out. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #now: () => number;
  readonly #idle: number;
  readonly #whole: number;

  constructor(now: () => number = Date.now, { idle = 30 * MINUTE, whole = 720 * MINUTE }: Lasting = {}) {
    this.#now = now;
    this.#idle = idle;
    this.#whole = whole;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Begins a session and gives the secret for its cookie, which is kept nowhere. */
  begin(user: string, roles: ReadonlySet<Role>, isStrong = false): string {
    this.#sweep();
    const secret = encodeBase64url(randomBytes(SECRET_BYTES));
    const now = this.#now();
    this.#sessions.set(keyOf(secret), {
      ...{ user, roles, isStrong, begun: now, seen: now, grants: [] },
      csrf: encodeBase64url(randomBytes(SECRET_BYTES)),
    });
    return secret;
  }

  /** The session of a cookie, unless it is over. */
  find(secret: string | undefined): Session | undefined {
    const session = secret === undefined ? undefined : this.#sessions.get(keyOf(secret));
    if (session === undefined) return undefined;
    if (this.#isOver(session)) {
      this.end(secret);
      return undefined;
    }
    session.seen = this.#now();
    return session;
  }

  end(secret: string | undefined): void {
    if (secret !== undefined) this.#sessions.delete(keyOf(secret));
  }

  /** Signs somebody out everywhere. */
  endAllOf(user: string): void {
    for (const [key, session] of this.#sessions) if (session.user === user) this.#sessions.delete(key);
  }

  #isOver({ begun, seen }: Session): boolean {
    const now = this.#now();
    return now - seen > this.#idle || now - begun > this.#whole;
  }

  #sweep(): void {
    for (const [key, session] of this.#sessions) if (this.#isOver(session)) this.#sessions.delete(key);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

function keyOf(secret: string): string {
  return sha256Base64url(Buffer.from(secret));
}
