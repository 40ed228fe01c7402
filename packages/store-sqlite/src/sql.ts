/**
 * All SQL of this package.
 *
 * @module
 */

/** `PRAGMA application_id`: "ZEGL". */
export const APPLICATION_ID = 0x5a45474c;

/** `PRAGMA user_version`: version of this layout. */
export const LAYOUT_VERSION = 1;

/** Most entries in one row of `chunk`. More would make reading one entry dear, fewer would compress badly. */
export const CHUNK_ENTRIES = 64;

/**
 * What holds for every row of a table. Kept apart because SQLite's own check leaves CHECKs out on a
 * connection that only reads.
 */
const RULES: Readonly<Record<'chunk' | 'head' | 'id' | 'subtree' | 'cover', string>> = {
  chunk: `first >= 0 AND count BETWEEN 1 AND ${CHUNK_ENTRIES} AND size BETWEEN 2 * count AND 65537 * count AND length(hashes) = 32 * count AND length(body) BETWEEN 1 AND size`,
  head: `size > 0 AND control BETWEEN 0 AND size - 1 AND length(root) = 32 AND length(signatures) > 0`,
  id: `length(id) = 16 AND part >= 0 AND idx >= 0`,
  subtree: `level > 0 AND n >= 0 AND length(hash) = 32`,
  cover: `first >= chunk AND last >= first`,
};

/**
 * The tables, and triggers that refuse whatever a log never does. They are a guard rail against slips:
 * who has the file can drop them, and then the tree and the signatures tell (format v1 §6).
 *
 * - `chunk`: up to 64 adjacent entries. `hashes` has 32 bytes each. `body` is the entries, each after its
 *   length as uint16 BE, 0 for a pruned one; in zstd when it is shorter than `size`, the length it unpacks
 *   to. `crc` is the CRC-32 of `body` as stored: it tells a fault of the medium from a forged entry.
 * - `cover`: the pruned ranges of a chunk. Which entry names them the entries say.
 * - BEFORE INSERT triggers are there because `INSERT OR REPLACE` deletes without firing delete triggers.
 */
export const SCHEMA: string = `
CREATE TABLE chunk (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  body BLOB NOT NULL,
  CHECK (${RULES.chunk})
) STRICT;
CREATE TABLE head (
  size INTEGER PRIMARY KEY,
  control INTEGER NOT NULL,
  root BLOB NOT NULL,
  signatures BLOB NOT NULL,
  CHECK (${RULES.head})
) STRICT;
CREATE TABLE id (
  id BLOB NOT NULL,
  part INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  PRIMARY KEY (id, part),
  CHECK (${RULES.id})
) STRICT, WITHOUT ROWID;
CREATE TABLE subtree (
  level INTEGER NOT NULL,
  n INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, n),
  CHECK (${RULES.subtree})
) STRICT, WITHOUT ROWID;
CREATE TABLE cover (
  chunk INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (chunk, first, last),
  CHECK (${RULES.cover})
) STRICT, WITHOUT ROWID;
CREATE TRIGGER chunk_insert BEFORE INSERT ON chunk
  WHEN new.first <> coalesce((SELECT first + count FROM chunk ORDER BY first DESC LIMIT 1), 0)
  BEGIN SELECT raise(ABORT, 'entries are added at the end only'); END;
CREATE TRIGGER chunk_update BEFORE UPDATE ON chunk
  WHEN new.first IS NOT old.first OR new.count IS NOT old.count OR new.hashes IS NOT old.hashes
    OR NOT EXISTS (SELECT 1 FROM cover WHERE chunk = old.first)
  BEGIN SELECT raise(ABORT, 'entries are never changed, and bodies pruned under a cover only'); END;
CREATE TRIGGER chunk_delete BEFORE DELETE ON chunk
  BEGIN SELECT raise(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER head_insert BEFORE INSERT ON head
  WHEN new.size IS NOT (SELECT first + count FROM chunk ORDER BY first DESC LIMIT 1)
    OR EXISTS (SELECT 1 FROM head WHERE size >= new.size)
  BEGIN SELECT raise(ABORT, 'a checkpoint covers exactly the entries there are'); END;
CREATE TRIGGER head_update BEFORE UPDATE ON head
  BEGIN SELECT raise(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER head_delete BEFORE DELETE ON head
  BEGIN SELECT raise(ABORT, 'checkpoints are never deleted'); END;
CREATE TRIGGER id_insert BEFORE INSERT ON id
  WHEN EXISTS (SELECT 1 FROM id WHERE id = new.id AND part = new.part)
  BEGIN SELECT raise(ABORT, 'an id is used once'); END;
CREATE TRIGGER id_update BEFORE UPDATE ON id
  BEGIN SELECT raise(ABORT, 'ids are never changed'); END;
CREATE TRIGGER id_delete BEFORE DELETE ON id
  BEGIN SELECT raise(ABORT, 'ids are never deleted'); END;
CREATE TRIGGER subtree_insert BEFORE INSERT ON subtree
  WHEN EXISTS (SELECT 1 FROM subtree WHERE level = new.level AND n = new.n)
  BEGIN SELECT raise(ABORT, 'a subtree is complete once'); END;
CREATE TRIGGER subtree_update BEFORE UPDATE ON subtree
  BEGIN SELECT raise(ABORT, 'subtrees are never changed'); END;
CREATE TRIGGER subtree_delete BEFORE DELETE ON subtree
  BEGIN SELECT raise(ABORT, 'subtrees are never deleted'); END;
CREATE TRIGGER cover_update BEFORE UPDATE ON cover
  BEGIN SELECT raise(ABORT, 'covers are never changed'); END;
CREATE TRIGGER cover_delete BEFORE DELETE ON cover
  BEGIN SELECT raise(ABORT, 'covers are never deleted'); END;
`;

export const OBJECTS = `SELECT type, name, sql FROM sqlite_schema ORDER BY type, name`;

/** How many rows of a table break its rule. */
export const BROKEN_ROWS: readonly (readonly [table: string, sql: string])[] = Object.entries(RULES).map(
  ([table, rule]) => [table, `SELECT count(*) AS count FROM ${table} WHERE (${rule}) IS NOT TRUE`],
);

const SIZE = `(SELECT coalesce(max(first + count), 0) FROM chunk)`;

/** How many rows of a table are about entries that the log does not have. */
export const STRAY_ROWS: readonly (readonly [table: string, sql: string])[] = [
  ['subtree', `SELECT count(*) AS count FROM subtree WHERE n >= ${SIZE} >> (8 * level)`],
  [
    'cover',
    `SELECT count(*) AS count FROM cover WHERE NOT EXISTS
      (SELECT 1 FROM chunk WHERE chunk.first = cover.chunk AND cover.last < chunk.first + chunk.count)`,
  ],
];
/** Rows with covers, and the covers of one: no longer ones than a row can have, whatever somebody wrote there. */
export const COVERED_CHUNKS = `SELECT first, count, size, crc, hashes, body FROM chunk WHERE first IN (SELECT chunk FROM cover)`;
export const COVERS_OF: string = `SELECT first, last FROM cover WHERE chunk = ? AND first >= chunk AND last < chunk + ${CHUNK_ENTRIES}`;

export const BEGIN = `BEGIN IMMEDIATE`;
export const COMMIT = `COMMIT`;
export const ROLLBACK = `ROLLBACK`;

export const NEWEST_HEAD = `SELECT size, control, root, signatures FROM head ORDER BY size DESC LIMIT 1`;
export const HEADS = `SELECT size, control, root, signatures FROM head WHERE size >= ? AND size < ? ORDER BY size LIMIT ?`;

/** Where the row starts that holds an index, or would hold it if it is missing. */
export const CHUNK_START = `SELECT first FROM chunk WHERE first <= ? ORDER BY first DESC LIMIT 1`;
export const CHUNKS = `SELECT first, count, size, crc, hashes, body FROM chunk WHERE first >= ? AND first < ? ORDER BY first LIMIT ?`;
export const CHUNK_HASHES = `SELECT first, hashes FROM chunk WHERE first >= ? AND first < ? ORDER BY first LIMIT ?`;

export const FIND_ID = `SELECT idx FROM id WHERE id = ? AND part <= 1 ORDER BY part LIMIT 1`;
export const IDS_FROM_START = `SELECT id, part, idx FROM id ORDER BY id, part LIMIT ?`;
export const IDS_AFTER = `SELECT id, part, idx FROM id WHERE (id, part) > (?, ?) ORDER BY id, part LIMIT ?`;
/**
 * What a query of ids gives, in one row: ids in hexadecimal, parts and indexes as JSON lists. Rows that are made objects
 * one by one cost four times as much. `sound` counts those that can be told so.
 */
const atOnce = (
  rows: string,
): string => `SELECT count(*) AS count, group_concat(hex(id), '') AS ids, json_group_array(part) AS parts,
  json_group_array(idx) AS indexes,
  coalesce(sum(typeof(id) = 'blob' AND length(id) = 16 AND typeof(part) = 'integer' AND typeof(idx) = 'integer'), 0) AS sound
  FROM (${rows})`;
export const IDS_FROM_START_AT_ONCE: string = atOnce(IDS_FROM_START);
export const IDS_AFTER_AT_ONCE: string = atOnce(IDS_AFTER);
export const SUBTREE = `SELECT hash FROM subtree WHERE level = ? AND n = ?`;

export const ADD_CHUNK = `INSERT INTO chunk (first, count, size, crc, hashes, body) VALUES (?, ?, ?, ?, ?, ?)`;
export const ADD_HEAD = `INSERT INTO head (size, control, root, signatures) VALUES (?, ?, ?, ?)`;
export const ADD_SUBTREE = `INSERT INTO subtree (level, n, hash) VALUES (?, ?, ?)`;
export const ADD_ID = `INSERT INTO id (id, part, idx) VALUES (?, ?, ?)`;

const positions = Array.from({ length: CHUNK_ENTRIES }, (_, n) => `(${n})`).join(', ');

/**
 * The ids of one chunk in one call: all of them in one blob, the first index, how many. Measured at a third
 * of the time of a call each. Only for entries that are not split.
 */
export const ADD_IDS: string = `WITH position (n) AS (VALUES ${positions})
  INSERT INTO id (id, part, idx) SELECT substr(?, 16 * n + 1, 16), 0, ? + n FROM position WHERE n < ?`;

export const ADD_COVER = `INSERT OR IGNORE INTO cover (chunk, first, last) VALUES (?, ?, ?)`;
export const PRUNE_CHUNK = `UPDATE chunk SET size = ?, crc = ?, body = ? WHERE first = ?`;
