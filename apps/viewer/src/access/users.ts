import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { stretchSecret, timeText } from '@zegel/core';
import { AccessError } from './access-error.ts';
import { LOGIN_SQL, USER_SQL } from './access-sql.ts';
import { makeLoginToken } from './login-token.ts';
import { ROLES } from './permissions.ts';
import { checkRoles, checkUserName, type Login, type User } from './user.ts';

const SALT_BYTES = 16;
const DAY = 86_400_000;

/** Days that a login token is good for, when nobody says otherwise. */
export const USUAL_DAYS = 90;
/** The longest that one can be good for. */
export const MOST_DAYS = 366;

interface UserRow {
  readonly name: string;
  readonly roles: string;
  readonly created: string;
  readonly epoch: number;
  readonly exempt: number;
  readonly factor: Uint8Array | null;
  readonly since: string | null;
}

type LoginRow = Omit<Login, 'used' | 'revoked'> & {
  readonly used: string | null;
  readonly revoked: string | null;
};

/** A login token, as it is told once. */
export interface NewLogin {
  readonly id: string;
  readonly text: string;
  readonly expires: string;
}

/**
 * Who may log in to the viewer. A user is never removed, so that a name in the log always means the same one: what is
 * revoked is the login token.
 */
export class Users {
  readonly #db: Database.Database;
  readonly #now: () => number;

  constructor(db: Database.Database, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Makes a user and a first login token.
   *
   * @param options.exempt whether no second factor is wanted
   * @throws AccessError `USER_NAME`, `USER_ROLES`, `USER_EXISTS`, `LOGIN_DAYS`
   */
  async add(
    name: string,
    roles: readonly string[],
    options: { readonly exempt?: boolean; readonly days?: number } = {},
  ): Promise<NewLogin> {
    const { exempt = false, days = USUAL_DAYS } = options;
    checkDays(days);
    this.checkNew(name, roles);
    const row = [name, checkRoles(roles).join(' '), this.#time(), exempt ? 1 : 0] as const;
    if (this.#db.prepare(USER_SQL.add).run(...row).changes === 0) throw exists(name);
    return this.newLogin(name, days);
  }

  /** Whether such a user could be made now. @throws AccessError `USER_NAME`, `USER_ROLES`, `USER_EXISTS` */
  checkNew(name: string, roles: readonly string[]): void {
    checkUserName(name);
    checkRoles(roles);
    if (this.find(name) !== undefined) throw exists(name);
  }

  find(name: string): User | undefined {
    const row = this.#db.prepare<[string], UserRow>(USER_SQL.find).get(name);
    return row && userOf(row);
  }

  /** @throws AccessError `USER_UNKNOWN` */
  get(name: string): User {
    return this.find(name) ?? unknown(name);
  }

  /** Everybody, by name. */
  all(): readonly User[] {
    return this.#db.prepare<[], UserRow>(USER_SQL.list).all().map(userOf);
  }

  /** Holds from the user's next request on. @throws AccessError `USER_ROLES`, `USER_UNKNOWN` */
  setRoles(name: string, roles: readonly string[]): void {
    this.#change(name, USER_SQL.roles, checkRoles(roles).join(' '), name);
  }

  /** Whether no second factor is wanted of a user. @throws AccessError `USER_UNKNOWN` */
  setExempt(name: string, exempt: boolean): void {
    this.#change(name, USER_SQL.exempt, exempt ? 1 : 0, name);
  }

  /**
   * Makes a login token; those before it and the sessions made with them end.
   *
   * @param days how long it is good for, 1 to 366
   * @throws AccessError `LOGIN_DAYS`, `USER_UNKNOWN`
   */
  async newLogin(name: string, days: number = USUAL_DAYS): Promise<NewLogin> {
    checkDays(days);
    this.get(name);
    const { id, secret, text } = makeLoginToken();
    const salt = randomBytes(SALT_BYTES);
    const hash = Buffer.from(await stretchSecret(secret, salt));
    const expires = timeText(this.#now() + days * DAY);
    this.#db.transaction(() => {
      this.#end(name);
      this.#db.prepare(LOGIN_SQL.add).run(id, name, salt, hash, this.#time(), expires);
    })();
    return { id, text, expires };
  }

  /** The login token of an id. */
  findLogin(id: string): Login | undefined {
    const row = this.#db.prepare<[string], LoginRow>(LOGIN_SQL.find).get(id);
    return row && loginOf(row);
  }

  /** A user's newest login token, whatever it is worth. */
  loginOf(name: string): Login | undefined {
    const row = this.#db.prepare<[string], LoginRow>(LOGIN_SQL.of).get(name);
    return row && loginOf(row);
  }

  /** Remembers that somebody logged in with a token. */
  useLogin(id: string): void {
    this.#db.prepare(LOGIN_SQL.use).run(this.#time(), id);
  }

  /** The user's login token and sessions end; a new token lets them in again. @throws AccessError `USER_UNKNOWN` */
  revoke(name: string): void {
    this.get(name);
    this.#db.transaction(() => this.#end(name))();
  }

  /**
   * Sets up a second factor in the place of the one that the user had when `user` was read, if any.
   *
   * @param step the counter of the code that proved it, which is thereby used
   * @returns false when the user has another by now, or something ended the session that it was asked for in
   */
  setFactor({ name, epoch, factor }: User, sealed: Uint8Array, step: number): boolean {
    const old = factor === undefined ? null : Buffer.from(factor);
    const row = [Buffer.from(sealed), this.#time(), step, name, epoch, old] as const;
    return this.#db.prepare(USER_SQL.factor).run(...row).changes === 1;
  }

  /** Uses a one-time code up. @returns false when this counter or a later one was used before (RFC 6238 §5.2) */
  useStep(name: string, step: number): boolean {
    return this.#db.prepare(USER_SQL.step).run(step, name, step).changes === 1;
  }

  /** Forgets a lost second factor: the user's sessions end and the next log-in sets up another. @throws AccessError `USER_UNKNOWN` */
  resetFactor(name: string): void {
    this.#change(name, USER_SQL.reset, name);
  }

  #end(name: string): void {
    this.#db.prepare(LOGIN_SQL.revoke).run(this.#time(), name);
    this.#db.prepare(USER_SQL.end).run(name);
  }

  #change(name: string, sql: string, ...values: readonly (string | number)[]): void {
    if (this.#db.prepare(sql).run(...values).changes === 0) unknown(name);
  }

  #time(): string {
    return timeText(this.#now());
  }
}

/** @throws AccessError `LOGIN_DAYS` */
export function checkDays(days: number): number {
  if (Number.isSafeInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new AccessError('LOGIN_DAYS', `a login token is good for 1 to ${MOST_DAYS} whole days`);
}

function exists(name: string): AccessError {
  return new AccessError('USER_EXISTS', `there is a user ${JSON.stringify(name)} already`);
}

function unknown(name: string): never {
  throw new AccessError('USER_UNKNOWN', `there is no user ${JSON.stringify(name)}`);
}

function userOf({ roles, exempt, factor, since, ...row }: UserRow): User {
  return {
    ...row,
    roles: ROLES.filter((role) => roles.split(' ').includes(role)),
    exempt: exempt !== 0,
    factor: factor ?? undefined,
    since: since ?? undefined,
  };
}

function loginOf({ used, revoked, ...row }: LoginRow): Login {
  return { ...row, used: used ?? undefined, revoked: revoked ?? undefined };
}
