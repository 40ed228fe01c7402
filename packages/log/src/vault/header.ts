import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';

const LENGTH = 100;

/** Numbers of the header that every vault has alike: offset, bytes, value (SQLite file format §1.3). */
const FIXED: readonly (readonly [about: string, at: number, width: 1 | 4, value: number])[] = [
  ['reserved space', 20, 1, 0],
  ['schema format', 44, 4, 4],
  ['cache size', 48, 4, 0],
  ['auto-vacuum', 52, 4, 0],
  ['text encoding', 56, 4, 1],
  ['user version', 60, 4, 0],
  ['incremental vacuum', 64, 4, 0],
  ['application id', 68, 4, 0],
  ...[72, 76, 80, 84, 88].map((at) => ['reserved bytes', at, 4, 0] as const),
];

/**
 * What is wrong with the header of a vault's file and with its length, none of which SQLite's check looks at. Left are
 * the schema's counter and the release that wrote last, of which nothing is known and by which nothing goes.
 */
export function headerDamage(db: Database.Database): string[] {
  // While a snapshot is read, nobody moves the journal into a file that had no journal before.
  return db.transaction(() => {
    db.pragma('page_count');
    return damageWithin(db);
  })();
}

function damageWithin(db: Database.Database): string[] {
  const bytes = readHeader(db.name);
  const number = (at: number, width: 1 | 4): number => bytes.readUIntBE(at, width);
  const wrong = FIXED.filter(([, at, width, value]) => number(at, width) !== value);
  const messages = wrong.map(([about, at, width]) => `its header has ${about} ${number(at, width)}`);
  if (number(18, 1) !== number(19, 1)) messages.push('its header says two ways of writing');
  if (number(24, 4) !== number(92, 4)) messages.push('its header has two counts of changes');
  return [...messages, ...lengthDamage(db, number(28, 4))];
}

function readHeader(path: string): Buffer {
  const bytes = Buffer.alloc(LENGTH);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, LENGTH, 0);
  } finally {
    closeSync(file);
  }
  return bytes;
}

/** What follows the last page is no part of the vault. Beside a journal the file may lag behind. */
function lengthDamage(db: Database.Database, pages: number): string[] {
  if ((statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return [];
  const { size } = statSync(db.name);
  const used = Number(db.pragma('page_size', { simple: true })) * pages;
  return size === used ? [] : [`the file has ${size} bytes, its pages ${used}`];
}
