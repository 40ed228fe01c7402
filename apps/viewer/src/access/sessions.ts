import { randomBytes } from 'node:crypto';
import { encodeBase64url, sha256Base64url } from '@zegel/core';
import type { Role } from './permissions.ts';
import type { Users } from './users.ts';

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
  /** As they are now, where they can change. */
  roles: ReadonlySet<Role>;
  /** Of the user when the session began: another one ends it. */
  readonly epoch: number;
  /** To be sent back with everything that changes something. */
  readonly csrf: string;
  /** ms since 1970. */
  readonly begun: number;
  /** Whether the second factor was shown. */
  readonly isStrong: boolean;
  seen: number;
  grants: readonly Grant[];
}

/** What somebody who is signed in is now. */
interface Standing {
  readonly roles: readonly Role[];
  /** Goes up with whatever ends the user's sessions. */
  readonly epoch: number;
}

/** How long a session lasts, in ms. */
export interface Lasting {
  /** Without a request. Default 30 minutes. */
  readonly idle?: number;
  /** In all. Default 12 hours. */
  readonly whole?: number;
  /** Looks somebody up, so that what changed holds from the next request on. Default: nothing changes. */
  readonly standing?: (user: string) => Standing | undefined;
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
  readonly #standing: Lasting['standing'];

  constructor(now: () => number = Date.now, lasting: Lasting = {}) {
    const { idle = 30 * MINUTE, whole = 720 * MINUTE, standing } = lasting;
    this.#now = now;
    this.#idle = idle;
    this.#whole = whole;
    this.#standing = standing;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Begins a session and gives the secret for its cookie, which is kept nowhere. */
  begin(user: string, roles: ReadonlySet<Role>, isStrong = false, epoch = 0): string {
    this.#sweep();
    const secret = encodeBase64url(randomBytes(SECRET_BYTES));
    const now = this.#now();
    this.#sessions.set(keyOf(secret), {
      ...{ user, roles, isStrong, epoch, begun: now, seen: now, grants: [] },
      csrf: encodeBase64url(randomBytes(SECRET_BYTES)),
    });
    return secret;
  }

  /** The session of a cookie, unless it is over. */
  find(secret: string | undefined): Session | undefined {
    const session = secret === undefined ? undefined : this.#sessions.get(keyOf(secret));
    if (session === undefined) return undefined;
    if (this.#isOver(session) || !this.#stands(session)) {
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

  #stands(session: Session): boolean {
    if (this.#standing === undefined) return true;
    const standing = this.#standing(session.user);
    if (standing?.epoch !== session.epoch) return false;
    session.roles = new Set(standing.roles);
    return true;
  }

  #sweep(): void {
    for (const [key, session] of this.#sessions) if (this.#isOver(session)) this.#sessions.delete(key);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST && oldest !== undefined) this.#sessions.delete(oldest);
  }
}

/** Sessions of the users of a file: whoever is revoked there is signed out, whose roles change has others. */
export function sessionsOf({ users }: { readonly users: Users }): Sessions {
  return new Sessions(Date.now, { standing: (user) => users.find(user) });
}

function keyOf(secret: string): string {
  return sha256Base64url(Buffer.from(secret));
}
