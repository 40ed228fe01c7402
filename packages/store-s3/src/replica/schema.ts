/** Version of the tables below; a replica of another one is built again. */
export const LAYOUT = 3;

/**
 * What a machine derives from the segments of a log. Everything here can be dropped and built again from the bucket;
 * `next` of the one row of `state` moves in the same transaction as everything that a segment adds.
 */
export const SCHEMA = `
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  place TEXT NOT NULL,
  next INTEGER NOT NULL,
  prev BLOB,
  keys TEXT NOT NULL,
  origin TEXT,
  generation TEXT NOT NULL
) STRICT;
CREATE TABLE segments (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  version TEXT NOT NULL,
  prev BLOB NOT NULL,
  root BLOB NOT NULL,
  control INTEGER NOT NULL,
  recorded INTEGER NOT NULL
) STRICT;
CREATE TABLE leaves (first INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
CREATE TABLE ids (id BLOB NOT NULL, part INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (id, part)) STRICT, WITHOUT ROWID;
CREATE TABLE subtrees (level INTEGER NOT NULL, n INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, n)) STRICT, WITHOUT ROWID;
CREATE TABLE heads (size INTEGER PRIMARY KEY, root BLOB NOT NULL, signatures BLOB NOT NULL) STRICT;
CREATE TABLE seen (origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, signatures BLOB NOT NULL, PRIMARY KEY (origin, size, root)) STRICT, WITHOUT ROWID;
CREATE TABLE retentions (idx INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;
`;

/** Tables emptied when the replica is to be built again. What was `seen` is remembered all the same. */
export const TABLES: readonly string[] = [
  'state',
  'segments',
  'leaves',
  'ids',
  'subtrees',
  'heads',
  'retentions',
];

export const STATE = 'SELECT place, next, prev, keys, origin, generation FROM state';
export const BEGIN_STATE =
  'INSERT INTO state (one, place, next, prev, keys, origin, generation) VALUES (1, ?, 0, NULL, ?, NULL, ?)';
export const MOVE = 'UPDATE state SET next = ?, prev = ?, keys = ?, origin = ? WHERE next = ?';

export const ADD_SEGMENT =
  'INSERT INTO segments (first, count, size, version, prev, root, control, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
export const SEGMENT_AT =
  'SELECT first, count, size, version, prev, root, control, recorded FROM segments WHERE first <= ? ORDER BY first DESC LIMIT 1';
export const SEGMENTS_FROM =
  'SELECT first, count, size, version, prev, root, control, recorded FROM segments WHERE first >= ? AND first < ? ORDER BY first LIMIT ?';
export const REPLACE_VERSION = 'UPDATE segments SET version = ?, size = ? WHERE first = ?';

export const ADD_LEAVES = 'INSERT INTO leaves (first, hashes) VALUES (?, ?)';
export const LEAVES_AT = 'SELECT first, hashes FROM leaves WHERE first <= ? ORDER BY first DESC LIMIT 1';
export const LEAVES_FROM =
  'SELECT first, hashes FROM leaves WHERE first > ? AND first < ? ORDER BY first LIMIT ?';

// One statement for all rows of a segment: a call per row costs more than the row.
export const ADD_IDS =
  'INSERT OR IGNORE INTO ids (id, part, idx) SELECT substr(?, 16 * key + 1, 16), value, ? + key FROM json_each(?)';
export const TAKEN_ID =
  'SELECT ids.idx FROM json_each(?) AS given JOIN ids ON ids.id = substr(?, 16 * given.key + 1, 16) AND ids.part = given.value LIMIT 1';
export const FIND_ID_PART = 'SELECT idx FROM ids WHERE id = ? AND part = ?';
export const FIND_ID = 'SELECT idx FROM ids WHERE id = ? AND part < 2 ORDER BY part LIMIT 1';
export const FIRST_IDS = 'SELECT id, part, idx FROM ids ORDER BY id, part LIMIT ?';
export const IDS_AFTER = 'SELECT id, part, idx FROM ids WHERE (id, part) > (?, ?) ORDER BY id, part LIMIT ?';

export const ADD_SUBTREE = 'INSERT OR REPLACE INTO subtrees (level, n, hash) VALUES (?, ?, ?)';
export const SUBTREE = 'SELECT hash FROM subtrees WHERE level = ? AND n = ?';
export const SUBTREES = 'SELECT hash FROM subtrees WHERE level = ? AND n >= ? AND n < ? ORDER BY n';

export const ADD_HEAD = 'INSERT OR REPLACE INTO heads (size, root, signatures) VALUES (?, ?, ?)';
export const HEAD = 'SELECT size, root, signatures FROM heads WHERE size = ?';
export const NEWEST_HEAD = 'SELECT size, root, signatures FROM heads ORDER BY size DESC LIMIT 1';

export const ADD_SEEN = 'INSERT OR IGNORE INTO seen (origin, size, root, signatures) VALUES (?, ?, ?, ?)';
export const SEEN = 'SELECT size, root, signatures FROM seen WHERE origin = ? ORDER BY size';

export const ADD_RETENTION = 'INSERT OR REPLACE INTO retentions (idx, numbers) VALUES (?, ?)';
export const RETENTIONS_FROM = 'SELECT idx, numbers FROM retentions WHERE idx >= ? ORDER BY idx LIMIT ?';
