import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { stretchSecret, timeText } from '@zegel/core';
import { AccessError } from './access-error.ts';
import { openAccessDb } from './access-db.ts';
import { SQL } from './access-sql.ts';
import { Attempts } from './attempts.ts';
import { makeToken, type Scope, SCOPES } from './token.ts';
import { Users } from './users.ts';

const SALT_BYTES = 16;
const SOURCE = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** A service token as it is kept: nothing of it leads back to the secret. */
export interface StoredToken {
  /** 16 hexadecimal digits, a part of the token's text. */
  readonly id: string;
  /** Names the events that are sent with it: ids are unique per source. */
  readonly source: string;
  readonly scopes: readonly Scope[];
  readonly salt: Uint8Array;
  /** 32 bytes: scrypt of the secret. */
  readonly hash: Uint8Array;
  readonly created: string;
  /** When it was last used, to the minute or so. */
  readonly used: string | undefined;
  readonly revoked: string | undefined;
}

interface Row {
  readonly id: string;
  readonly source: string;
  readonly scopes: string;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly created: string;
  readonly used: string | null;
  readonly revoked: string | null;
}

/** Who may use collector and viewer: `access.db` in a log's folder. Several processes may have it open. */
export class AccessFile {
  readonly users: Users;
  readonly attempts: Attempts;
  readonly #db: Database.Database;
  readonly #find: Database.Statement<[string], Row>;

  /** Opens the file, made with mode 0600 where there is none. @throws AccessError `ACCESS_UNREADABLE` */
  constructor(dir: string) {
    this.#db = openAccessDb(dir);
    this.#find = this.#db.prepare(SQL.find);
    this.users = new Users(this.#db);
    this.attempts = new Attempts(this.#db);
  }

  /**
   * Makes a token for a source. Several may have the same source, so that one can be replaced by the next.
   *
   * @returns its id, and its text, which is kept nowhere
   * @throws AccessError `TOKEN_SOURCE`
   */
  async newToken(
    source: string,
    scopes: readonly Scope[] = ['events'],
  ): Promise<{ id: string; text: string }> {
    checkSource(source);
    const { id, secret, text } = makeToken();
    const salt = randomBytes(SALT_BYTES);
    const hash = Buffer.from(await stretchSecret(secret, salt));
    this.#db.prepare(SQL.add).run(id, source, scopes.join(' '), salt, hash, timeText(Date.now()));
    return { id, text };
  }

  /** The token of an id, as the file has it now. */
  find(id: string): StoredToken | undefined {
    const row = this.#find.get(id);
    return row && tokenOf(row);
  }

  /** Every token there ever was, oldest first. */
  tokens(): readonly StoredToken[] {
    return this.#db.prepare<[], Row>(SQL.list).all().map(tokenOf);
  }

  /** Remembers that a token was used. */
  use(id: string, now: number): void {
    this.#db.prepare(SQL.use).run(timeText(now), id);
  }

  /** From the next request on the token is refused. @throws AccessError `TOKEN_UNKNOWN` */
  revoke(id: string): void {
    const { changes } = this.#db.prepare(SQL.revoke).run(timeText(Date.now()), id);
    if (changes === 0) throw new AccessError('TOKEN_UNKNOWN', `there is no token ${JSON.stringify(id)}`);
  }

  close(): void {
    this.#db.close();
  }
}

/** @throws AccessError `TOKEN_SOURCE` */
export function checkSource(source: string): void {
  if (SOURCE.test(source)) return;
  throw new AccessError(
    'TOKEN_SOURCE',
    'a source has 1 to 64 of a-z 0-9 . _ -, and begins with a letter or digit',
  );
}

function tokenOf({ scopes, used, revoked, ...row }: Row): StoredToken {
  return {
    ...row,
    scopes: SCOPES.filter((scope) => scopes.split(' ').includes(scope)),
    used: used ?? undefined,
    revoked: revoked ?? undefined,
  };
}
