import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type ChunkRow, entriesOf } from './chunk-row.ts';
import { messageOf } from './store-error.ts';
import type { Connection } from './connection.ts';
import {
  APPLICATION_ID,
  BROKEN_ROWS,
  COVERED_CHUNKS,
  COVERS_OF,
  OBJECTS,
  SCHEMA,
  STRAY_ROWS,
} from './sql.ts';

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** What is wrong with the container: its mark, its tables and triggers, its pages; of the outline, what costs the same for any log. */
export function inspect(connection: Connection, extent: 'whole' | 'outline' = 'whole'): string[] {
  const outline = [mark, schema, length];
  const looks = extent === 'outline' ? outline : [...outline, rows, strays, covers, pages];
  return looks.flatMap((look) => damagedBy(() => look(connection)));
}

// A file can be so damaged that looking at it fails, which is a finding like any other.
function damagedBy(look: () => string[]): string[] {
  try {
    return look();
  } catch (cause) {
    return [`log.db can not be inspected: ${messageOf(cause)}`];
  }
}

function mark({ db }: Connection): string[] {
  const id = db.pragma('application_id', { simple: true });
  return id === APPLICATION_ID ? [] : [`the application id is ${String(id)}, not ${APPLICATION_ID}`];
}

function schema({ db }: Connection): string[] {
  const found = objectsOf(db);
  const expected = expectedObjects();
  const messages: string[] = [];
  for (const [name, { sql }] of expected) {
    if (!found.has(name)) messages.push(`the ${name} is missing`);
    else if (found.get(name)?.sql !== sql) messages.push(`the ${name} was changed`);
  }
  for (const name of found.keys()) if (!expected.has(name)) messages.push(`the ${name} does not belong here`);
  return messages;
}

/** What SQLite itself makes of the schema, so that its way of keeping the text needs no copying. */
function expectedObjects(): Map<string, SchemaObject> {
  const db = new Database(':memory:');
  try {
    return objectsOf(db.exec(SCHEMA));
  } finally {
    db.close();
  }
}

function objectsOf(db: Database.Database): Map<string, SchemaObject> {
  const objects = db.prepare<[], SchemaObject>(OBJECTS).all();
  return new Map(objects.map((object) => [`${object.type} ${object.name}`, object]));
}

function rows(connection: Connection): string[] {
  return BROKEN_ROWS.flatMap(([table, sql]) => {
    const { count } = connection.statement(sql).get() as { readonly count: number };
    return count === 0 ? [] : [`${count} rows of the table ${table} can not be as they are`];
  });
}

/** Rows that no entry gives: hashes ahead of the log, which would keep it from growing over them, and covers of nothing. */
function strays(connection: Connection): string[] {
  return STRAY_ROWS.flatMap(([table, sql]) => {
    const { count } = connection.statement(sql).get() as { readonly count: number };
    return count === 0 ? [] : [`${count} rows of the table ${table} are about entries that there are not`];
  });
}

interface CoverRow {
  readonly first: number;
  readonly last: number;
}

/** Covers name exactly the bodies that are gone from their row. */
function covers(connection: Connection): string[] {
  const messages: string[] = [];
  for (const row of connection.statement(COVERED_CHUNKS).all() as ChunkRow[]) {
    const named = new Set<number>();
    for (const { first, last } of connection.statement(COVERS_OF).all(row.first) as CoverRow[])
      for (let index = first; index <= last; index++) named.add(index);
    const gone = entriesOf(row, 0, Number.MAX_SAFE_INTEGER).filter(({ bytes }) => bytes === undefined);
    if (gone.length !== named.size || !gone.every(({ index }) => named.has(index)))
      messages.push(`the covers of the entries from ${row.first} on do not name the bodies that are gone`);
  }
  return messages;
}

/** What follows the last page is no part of the log. Beside a journal the file may lag behind. */
function length({ db }: Connection): string[] {
  const file = statSync(db.name, { throwIfNoEntry: false });
  if (file === undefined || (statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return [];
  const used =
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  return file.size === used ? [] : [`the file has ${file.size} bytes, its pages ${used}`];
}

/** SQLite's own check of every page and of the type and order of every row. */
function pages({ db }: Connection): string[] {
  const lines = db.pragma('integrity_check(20)') as { readonly integrity_check: string }[];
  return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
}
