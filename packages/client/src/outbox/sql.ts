/** Marks the file as ours: "Zgob". */
export const APPLICATION_ID = 0x5a676f62;
export const LAYOUT_VERSION = 1;

/** AUTOINCREMENT: a place is never given twice, also after everything was sent. */
export const SCHEMA = `
CREATE TABLE waiting (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TABLE refused (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  code TEXT NOT NULL,
  problems TEXT NOT NULL
) STRICT;
`;

export const SQL = {
  add: 'INSERT INTO waiting (kind, count, text) VALUES (?, ?, ?)',
  next: 'SELECT seq, kind, count, text FROM waiting WHERE seq > ? ORDER BY seq',
  pending: 'SELECT coalesce(sum(count), 0) AS pending FROM waiting',
  last: "SELECT coalesce(max(seq), 0) AS last FROM sqlite_sequence WHERE name = 'waiting'",
  sent: 'DELETE FROM waiting WHERE seq <= ?',
  refuse: 'INSERT OR REPLACE INTO refused (seq, at, kind, text, code, problems) VALUES (?, ?, ?, ?, ?, ?)',
  refused: 'SELECT seq, at, kind, text, code, problems FROM refused ORDER BY seq',
  discard: 'DELETE FROM refused WHERE seq = ?',
} as const;
