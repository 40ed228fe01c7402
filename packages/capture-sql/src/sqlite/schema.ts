import type { Database } from 'better-sqlite3';
import type { DataMap, MappedTable } from '../data-map.ts';
import { fold } from '../data-map.ts';
import { instances, mentions, type Sources } from '../sql/mentions.ts';
import { places } from '../sql/places.ts';
import { tokens } from '../sql/tokens.ts';

/** A b-tree of the database file: a table, or an index of one. */
export interface Root {
  readonly table: string;
  readonly schema: string;
  /** Columns in the order of the b-tree; undefined where the order is not told. */
  readonly columns: readonly (string | undefined)[] | undefined;
  /** Column that the row number is, where it is one. */
  readonly rowid: string | undefined;
}

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly rootpage: number;
  readonly sql: string | null;
}

/** What a database holds, as of one version of its schema. */
export interface Schema {
  readonly sources: Sources;
  /** Tables and views that exist, by `schema.name`. */
  has(schema: string, name: string): boolean;
  isView(name: string): boolean;
  /** The b-tree that a page is the root of, in the n-th database of the connection. */
  root(database: number, page: number): Root | undefined;
}

/** Reads the schema of every database of a connection. */
export function readSchema(db: Database, map: DataMap): Schema {
  const roots = new Map<string, Root>();
  const names = new Set<string>();
  const views = new Map<string, string>();
  for (const { seq, name: schema } of databases(db)) {
    const rows = db.prepare<[], SchemaRow>(`SELECT * FROM ${quote(schema)}.sqlite_schema`).all();
    for (const row of rows) {
      if (row.type === 'table' || row.type === 'view') names.add(fold(`${schema}.${row.name}`));
      if (row.type === 'view') views.set(fold(row.name), row.sql ?? '');
      if (row.rootpage > 0) roots.set(`${seq}:${row.rootpage}`, rootOf(db, schema, row));
    }
  }
  return {
    sources: sourcesOf(map, views),
    has: (schema, name) => names.has(fold(`${schema}.${name}`)),
    isView: (name) => views.has(fold(name)),
    root: (database, page) => roots.get(`${database}:${page}`),
  };
}

/** Databases of a connection: `main`, `temp`, then what was attached. Numbers are those of the bytecode. */
export function databases(db: Database): readonly { readonly seq: number; readonly name: string }[] {
  return db.prepare<[], { seq: number; name: string }>('PRAGMA database_list').safeIntegers(false).all();
}

interface ColumnRow {
  readonly name: string | null;
  readonly cid: number;
  readonly pk: number;
  readonly hidden: number;
  readonly type: string;
}

function rootOf(db: Database, schema: string, row: SchemaRow): Root {
  const { tbl_name: table } = row;
  const base = { table, schema };
  const columns = db
    .prepare<[string, string], ColumnRow>('SELECT * FROM pragma_table_xinfo(?, ?)')
    .all(table, schema);
  const keys = columns.filter(({ pk }) => pk > 0);
  const isAlias = keys.length === 1 && keys[0]?.type.toUpperCase() === 'INTEGER';
  const rowid = isAlias ? (keys[0]?.name ?? undefined) : undefined;
  if (row.type === 'index') {
    const parts = db
      .prepare<[string, string], ColumnRow>('SELECT * FROM pragma_index_xinfo(?, ?)')
      .all(row.name, schema);
    // An indexed expression (-2) may be worked out of any column.
    if (parts.some(({ cid }) => cid === -2)) return { ...base, columns: undefined, rowid };
    return { ...base, columns: parts.map(({ name }) => name ?? rowid), rowid };
  }
  // Without a row number columns stand in another order; generated ones may not be stored at all.
  const plain = !/\bwithout\s+rowid\b/i.test(row.sql ?? '') && columns.every(({ hidden }) => hidden === 0);
  return { ...base, columns: plain ? columns.map(({ name }) => name ?? undefined) : undefined, rowid };
}

/** A mapped table stands for itself; a view for the mapped tables it reads, as often as it does. */
function sourcesOf(map: DataMap, views: ReadonlyMap<string, string>): Sources {
  const known = new Map<string, readonly MappedTable[]>();
  const behind = (name: string): readonly MappedTable[] => {
    const ready = known.get(name);
    if (ready !== undefined) return ready;
    known.set(name, []); // a view that reads itself is no view
    const all = tokens(views.get(name) ?? '', 'sqlite').filter((_, at) => at > 0);
    const found = mentions(all, places(all), (each, schema) => sources(each, schema));
    const list = [...instances(found)].flatMap(([table, times]) =>
      Array.from({ length: times }, () => table),
    );
    known.set(name, list);
    return list;
  };
  const sources: Sources = (name, schema) => {
    const table = map.find(name, schema);
    if (table !== undefined) return [table];
    return views.has(name) ? behind(name) : [];
  };
  return sources;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
