/** Marks the file as ours: "Zgla". */
export const APPLICATION_ID = 0x5a676c61;

/**
 * Times are as everywhere, `YYYY-MM-DDTHH:mm:ss.sssZ`, but in `attempts`, where they are counted with: ms since 1970.
 * `epoch` goes up with whatever ends a user's sessions.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS tokens (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  scopes TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  created TEXT NOT NULL,
  used TEXT,
  revoked TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users (
  name TEXT PRIMARY KEY,
  roles TEXT NOT NULL,
  created TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  exempt INTEGER NOT NULL DEFAULT 0,
  factor BLOB,
  factor_since TEXT,
  factor_step INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS logins (
  id TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES users(name),
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  used TEXT,
  revoked TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS logins_of ON logins (user, created);
CREATE TABLE IF NOT EXISTS attempts (
  who BLOB PRIMARY KEY,
  failed INTEGER NOT NULL,
  last INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attempts_last ON attempts (last);
CREATE TABLE IF NOT EXISTS pepper (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  bytes BLOB NOT NULL
) STRICT;
`;

export const SQL = {
  add: 'INSERT INTO tokens (id, source, scopes, salt, hash, created) VALUES (?, ?, ?, ?, ?, ?)',
  find: 'SELECT id, source, scopes, salt, hash, created, used, revoked FROM tokens WHERE id = ?',
  list: 'SELECT id, source, scopes, salt, hash, created, used, revoked FROM tokens ORDER BY created, id',
  use: 'UPDATE tokens SET used = ? WHERE id = ?',
  revoke: 'UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ?',
} as const;

export const USER_SQL = {
  add: 'INSERT INTO users (name, roles, created, exempt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  find: 'SELECT name, roles, created, epoch, exempt, factor, factor_since AS since FROM users WHERE name = ?',
  list: 'SELECT name, roles, created, epoch, exempt, factor, factor_since AS since FROM users ORDER BY name',
  roles: 'UPDATE users SET roles = ? WHERE name = ?',
  exempt: 'UPDATE users SET exempt = ? WHERE name = ?',
  factor:
    'UPDATE users SET factor = ?, factor_since = ?, factor_step = ? WHERE name = ? AND epoch = ? AND factor IS ?',
  step: 'UPDATE users SET factor_step = ? WHERE name = ? AND factor_step < ?',
  reset:
    'UPDATE users SET factor = NULL, factor_since = NULL, factor_step = 0, epoch = epoch + 1 WHERE name = ?',
  end: 'UPDATE users SET epoch = epoch + 1 WHERE name = ?',
} as const;

export const LOGIN_SQL = {
  add: 'INSERT INTO logins (id, user, salt, hash, created, expires) VALUES (?, ?, ?, ?, ?, ?)',
  find: 'SELECT id, user, salt, hash, created, expires, used, revoked FROM logins WHERE id = ?',
  of: 'SELECT id, user, salt, hash, created, expires, used, revoked FROM logins WHERE user = ? ORDER BY created DESC, id LIMIT 1',
  use: 'UPDATE logins SET used = ? WHERE id = ?',
  revoke: 'UPDATE logins SET revoked = ? WHERE user = ? AND revoked IS NULL',
} as const;

export const ATTEMPT_SQL = {
  find: 'SELECT failed, until FROM attempts WHERE who = ?',
  put: `INSERT INTO attempts (who, failed, last, until) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET failed = excluded.failed, last = excluded.last, until = excluded.until`,
  forget: 'DELETE FROM attempts WHERE who = ?',
  forgive: 'DELETE FROM attempts WHERE substr(who, 1, 16) = ?',
  longest: 'SELECT max(until) AS until FROM attempts WHERE substr(who, 1, 16) = ? AND who <> ?',
  less: `UPDATE attempts SET failed = max(0, failed - 1), until = CASE WHEN until = ? THEN 0 ELSE until END
    WHERE who = ?`,
  expire: 'DELETE FROM attempts WHERE last < ?',
  pepper: 'SELECT bytes FROM pepper',
  season: 'INSERT INTO pepper (one, bytes) VALUES (1, ?) ON CONFLICT DO NOTHING',
} as const;
