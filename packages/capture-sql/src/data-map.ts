import type { RegisterDocument } from '@zegel/capture';

/** A table of the service that holds personal data. Names are folded to lower case. */
export interface MappedTable {
  readonly name: string;
  /** Type of the person that a row is about. */
  readonly person: string;
  /** Column that holds the person's id. */
  readonly id: string;
  /** Fields of the register that a column holds. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** What a register says about the tables of the service's own database, ready for look-ups. */
export interface DataMap {
  readonly tables: readonly MappedTable[];
  /**
   * The table, if it is mapped. A register that names `orders` means the table of that name in any
   * schema; `archive.orders` means the one in `archive` and goes before.
   */
  find(table: string, schema?: string): MappedTable | undefined;
  /** Whether a table of this name, in whatever schema, is mapped. */
  has(table: string): boolean;
}

/** Compiles the data map of a register: `tables`, and the `columns` of its fields. */
export function compileDataMap(document: Pick<RegisterDocument, 'tables' | 'fields'>): DataMap {
  const fields = fieldsOf(document.fields);
  const tables = new Map<string, MappedTable>();
  for (const [key, { person, id }] of Object.entries(document.tables ?? {})) {
    const name = fold(key);
    tables.set(name, Object.freeze({ name, person, id: fold(id), fields: fields.get(name) ?? new Map() }));
  }
  const bare = new Set([...tables.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)));
  return Object.freeze({
    tables: [...tables.values()],
    find: (table: string, schema?: string): MappedTable | undefined => {
      const name = fold(table);
      const own = schema === undefined ? onlyOf(tables, name) : tables.get(`${fold(schema)}.${name}`);
      return own ?? tables.get(name);
    },
    has: (table: string): boolean => bare.has(fold(table)),
  });
}

/** SQLite compares names without case, PostgreSQL folds what is not quoted: both are looked up in lower case. */
export function fold(name: string): string {
  return name.toLowerCase();
}

/** A statement that names no schema may mean one that the register names with its schema. */
function onlyOf(tables: ReadonlyMap<string, MappedTable>, name: string): MappedTable | undefined {
  if (tables.has(name)) return undefined;
  for (const [key, table] of tables) if (key.endsWith(`.${name}`)) return table;
  return undefined;
}

type Columns = Map<string, readonly string[]>;

function fieldsOf(fields: RegisterDocument['fields']): ReadonlyMap<string, Columns> {
  const tables = new Map<string, Columns>();
  for (const [field, { columns }] of Object.entries(fields)) {
    for (const path of columns ?? []) {
      const at = path.lastIndexOf('.');
      const [table, column] = [fold(path.slice(0, at)), fold(path.slice(at + 1))];
      const known = tables.get(table) ?? new Map<string, readonly string[]>();
      known.set(column, [...(known.get(column) ?? []), field]);
      tables.set(table, known);
    }
  }
  return tables;
}
