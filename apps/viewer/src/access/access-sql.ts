/** Marks the file as ours: "Zgla". */
export const APPLICATION_ID = 0x5a676c61;

/** Times are as everywhere: `YYYY-MM-DDTHH:mm:ss.sssZ`. */
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
`;

export const SQL = {
  add: 'INSERT INTO tokens (id, source, scopes, salt, hash, created) VALUES (?, ?, ?, ?, ?, ?)',
  find: 'SELECT id, source, scopes, salt, hash, created, used, revoked FROM tokens WHERE id = ?',
  list: 'SELECT id, source, scopes, salt, hash, created, used, revoked FROM tokens ORDER BY created, id',
  use: 'UPDATE tokens SET used = ? WHERE id = ?',
  revoke: 'UPDATE tokens SET revoked = coalesce(revoked, ?) WHERE id = ?',
} as const;
