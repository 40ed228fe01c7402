import { AccessError } from './access-error.ts';
import { type Role, ROLES } from './permissions.ts';

/** A user of the viewer as `access.db` has it. */
export interface User {
  readonly name: string;
  /** In the order of the table; never empty. */
  readonly roles: readonly Role[];
  readonly created: string;
  /** Goes up with whatever ends the user's sessions. */
  readonly epoch: number;
  /** Whether no second factor is wanted of this user. One that is set up is asked for all the same. */
  readonly exempt: boolean;
  /** The sealed secret of the second factor. */
  readonly factor: Uint8Array | undefined;
  /** When the second factor was set up. */
  readonly since: string | undefined;
}

/** A login token as it is kept: nothing of it leads back to the secret. */
export interface Login {
  /** 16 hexadecimal digits, a part of the token's text. */
  readonly id: string;
  readonly user: string;
  readonly salt: Uint8Array;
  /** 32 bytes: scrypt of the secret. */
  readonly hash: Uint8Array;
  readonly created: string;
  readonly expires: string;
  readonly used: string | undefined;
  readonly revoked: string | undefined;
}

/** What a user's login token is worth. */
export type LoginState = 'none' | 'good' | 'expired' | 'revoked';

const NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

/** Whether a user could have this name. */
export function isUserName(name: string): boolean {
  return NAME.test(name);
}

/** @throws AccessError `USER_NAME` */
export function checkUserName(name: string): void {
  if (isUserName(name)) return;
  throw new AccessError(
    'USER_NAME',
    'a user name has 1 to 64 of a-z 0-9 . _ @ -, and begins with a letter or digit',
  );
}

/** Roles in the order of the table, each once. @throws AccessError `USER_ROLES` */
export function checkRoles(given: readonly string[]): readonly Role[] {
  const wrong = given.find((role) => !ROLES.some((known) => known === role));
  if (given.length > 0 && wrong === undefined) return ROLES.filter((role) => given.includes(role));
  throw new AccessError(
    'USER_ROLES',
    `roles are one or more of ${ROLES.join(', ')}${wrong === undefined ? '' : `, not ${JSON.stringify(wrong)}`}`,
  );
}

/** What a login token is worth at a moment (`YYYY-MM-DDTHH:mm:ss.sssZ`). */
export function loginState(login: Login | undefined, now: string): LoginState {
  if (login === undefined) return 'none';
  if (login.revoked !== undefined) return 'revoked';
  return login.expires <= now ? 'expired' : 'good';
}
