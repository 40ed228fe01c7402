/** `user_version` of an index file; another number means that the file is rebuilt. */
export const SCHEMA_VERSION = 1;

/**
 * - `state`: whose index this is and how far it goes.
 * - `segment`: runs of adjacent entries, together everything below `next`; times in ms.
 * - `chunk`: the contents of segments; id = slot * 2^24 + chunk key.
 * - `term`: names by number; `attribute` is a place in the list of attributes.
 * - `doomed_handle`, `doomed_range`: what retention entries destroyed and is yet to be taken out.
 */
export const SCHEMA: readonly string[] = [
  'CREATE TABLE state (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE segment (slot INTEGER PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, bits INTEGER NOT NULL) STRICT`,
  'CREATE TABLE chunk (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT',
  'CREATE TABLE term (id INTEGER PRIMARY KEY, attribute INTEGER NOT NULL, value TEXT NOT NULL) STRICT',
  'CREATE TABLE doomed_handle (handle BLOB PRIMARY KEY) STRICT, WITHOUT ROWID',
  'CREATE TABLE doomed_range (first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (first, last)) STRICT, WITHOUT ROWID',
];

export const TABLES = ['state', 'segment', 'chunk', 'term', 'doomed_handle', 'doomed_range'] as const;
