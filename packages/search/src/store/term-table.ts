import type Database from 'better-sqlite3';
import { ATTRIBUTES } from '../segment/attributes.ts';
import { MAX_TERM } from '../segment/chunk-keys.ts';
import { sound } from '../segment/damaged.ts';
import type { Term, Terms } from '../segment/terms.ts';
import { IndexError } from './index-error.ts';
import { prepared } from './prepared.ts';

/** Reads the terms that `terms` does not have yet. @throws DamagedChunk */
export function loadTerms(db: Database.Database, terms: Terms): Terms {
  const newer = prepared(db, 'SELECT id, attribute, value FROM term WHERE id > ? ORDER BY id');
  const rows = newer.all(terms.size) as Term[];
  for (const row of rows) {
    const attribute = ATTRIBUTES[row.attribute];
    sound(attribute !== undefined && row.id === terms.size + 1, 'terms');
    sound(terms.add(row.attribute, row.value) === row.id, 'a term twice');
  }
  return terms;
}

/** Writes the terms above `id`. @throws IndexError INDEX_FULL */
export function saveTerms(db: Database.Database, terms: Terms, id: number): void {
  if (terms.size > MAX_TERM)
    throw new IndexError('INDEX_FULL', `more than ${MAX_TERM} names of fields, operations and so on`);
  const insert = db.prepare('INSERT INTO term (id, attribute, value) VALUES (?, ?, ?)');
  for (const term of terms.after(id)) insert.run(BigInt(term.id), BigInt(term.attribute), term.value);
}
