import { randomBytes } from 'node:crypto';
import type { Role } from './people/staff.ts';

/** Who is logged in. */
export type User =
  | { readonly kind: 'employee'; readonly id: string; readonly role: Role }
  | { readonly kind: 'customer'; readonly id: string };

/** Name of the cookie that holds a session's key. */
export const COOKIE = 'session';

const KEY_BYTES = 24;
const LASTS = 8 * 3_600_000;

/** Who is logged in by which key; forgotten when the service stops, and after a working day. */
export class Sessions {
  readonly #open = new Map<string, { readonly user: User; readonly until: number }>();

  /** Opens one and returns its key. */
  begin(user: User): string {
    const now = Date.now();
    for (const [key, { until }] of this.#open) {
      if (until > now) break; // the oldest come first
      this.#open.delete(key);
    }
    const key = randomBytes(KEY_BYTES).toString('base64url');
    this.#open.set(key, { user, until: now + LASTS });
    return key;
  }

  userOf(key: string | undefined): User | undefined {
    const session = key === undefined ? undefined : this.#open.get(key);
    return session !== undefined && session.until > Date.now() ? session.user : undefined;
  }

  end(key: string | undefined): void {
    if (key !== undefined) this.#open.delete(key);
  }
}
