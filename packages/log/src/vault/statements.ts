/** Every SQL text of the vault, in one place. */
export const SCHEMA = `
CREATE TABLE secret (name TEXT PRIMARY KEY, box BLOB NOT NULL) STRICT;
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO state (name, value) VALUES ('generation', 0);
CREATE TABLE handle (
  number BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  activity TEXT NOT NULL,
  sort TEXT NOT NULL,
  scope BLOB NOT NULL,
  month TEXT,
  opened INTEGER NOT NULL,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE same (id BLOB PRIMARY KEY, mac BLOB NOT NULL, numbers BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX handle_scope ON handle (person, activity, sort, scope);
`;

export const SQL = {
  hasSecrets: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'secret'",
  objects: 'SELECT rowid, type, name, tbl_name, sql FROM sqlite_schema',
  secret: 'SELECT box FROM secret WHERE name = ?',
  addSecret: 'INSERT INTO secret (name, box) VALUES (?, ?)',
  putSecret:
    'INSERT INTO secret (name, box) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET box = excluded.box',
  secretNames: 'SELECT name FROM secret',
  state: 'SELECT value FROM state WHERE name = ?',
  setGeneration: "UPDATE state SET value = ? WHERE name = 'generation'",
  stateNames: 'SELECT name FROM state',
  byScope:
    'SELECT * FROM handle WHERE person = ? AND activity = ? AND sort = ? AND scope = ? ORDER BY rowid LIMIT 1',
  byNumber: 'SELECT * FROM handle WHERE number = ?',
  byPerson: 'SELECT * FROM handle WHERE person = ? ORDER BY opened, number',
  personOf: 'SELECT rowid AS place, person FROM handle WHERE number = ?',
  /** Numbers and persons of up to 256 rows as one text in hexadecimal: a row each costs several times as much. */
  personsAfter: `SELECT max(place) AS last, group_concat(both, '') AS rows FROM (
    SELECT rowid AS place, hex(number) || hex(person) AS both FROM handle
    WHERE rowid > ? AND length(number) = 16 AND length(person) = 32 ORDER BY rowid LIMIT 256)`,
  addHandle:
    'INSERT OR IGNORE INTO handle (number, person, activity, sort, scope, month, opened, box) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  dropHandle: 'DELETE FROM handle WHERE number = ?',
  hasHandle: 'SELECT 1 AS one FROM handle WHERE number = ?',
  handlesFrom: 'SELECT rowid, * FROM handle WHERE rowid > ? ORDER BY rowid LIMIT 500',
  hasPerson: 'SELECT 1 AS one FROM handle WHERE person = ? LIMIT 1',
  numbers: 'SELECT number FROM handle WHERE number > ? ORDER BY number LIMIT 1000',
  same: 'SELECT mac FROM same WHERE id = ?',
  addSame: 'INSERT OR IGNORE INTO same (id, mac, numbers) VALUES (?, ?, ?)',
  putSame: 'INSERT OR REPLACE INTO same (id, mac, numbers) VALUES (?, ?, ?)',
  samesFrom: 'SELECT * FROM same WHERE id > ? ORDER BY id LIMIT 500',
  allSame: 'SELECT id, numbers FROM same',
  dropSame: 'DELETE FROM same WHERE id = ?',
} as const;
