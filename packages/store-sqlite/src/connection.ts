import Database from 'better-sqlite3';
import { BLOCKING_WAIT } from './patience.ts';
import { APPLICATION_ID, LAYOUT_VERSION, NEWEST_HEAD } from './sql.ts';
import { StoreError } from './store-error.ts';

/** How a file is opened. */
export type Manner = 'write' | 'read';

/** A connection with its prepared statements. */
export class Connection {
  readonly db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.db = db;
  }

  /** The statement of a text, prepared once. */
  statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.db.close();
  }
}

/**
 * Opens a log that exists.
 *
 * @throws StoreError or a SQLite error that {@link translated} makes one
 */
export function connect(file: string, manner: Manner): Connection {
  const readonly = manner === 'read';
  const db = new Database(file, { readonly, fileMustExist: true, timeout: BLOCKING_WAIT });
  try {
    setUp(db, manner);
    const connection = new Connection(db);
    checkLayout(connection, manner);
    return connection;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** The settings of every connection; SQLite keeps none of them in the file but the journal mode. */
function setUp(db: Database.Database, manner: Manner): void {
  // A page whose cells overlap or lie outside is told as damage instead of being read.
  db.pragma('cell_size_check = ON');
  // No memory map: a file that is cut off under one kills the process instead of giving an error.
  db.pragma('mmap_size = 0');
  // The file may come from anyone: nothing in its schema may call functions with effects.
  db.pragma('trusted_schema = OFF');
  if (manner !== 'write') {
    // Reading runs through a log from end to end, where a cache of pages is only memory.
    db.pragma('cache_size = -2000');
    return;
  }
  db.pragma('journal_mode = WAL');
  // FULL: a commit is on the medium before it is acknowledged (WAL with NORMAL could lose the newest).
  db.pragma('synchronous = FULL');
  // Pruned bodies are overwritten, in pages that become free as well.
  db.pragma('secure_delete = ON');
}

function checkLayout(connection: Connection, manner: Manner): void {
  const { db } = connection;
  const version = db.pragma('user_version', { simple: true });
  // Whose file it is comes first: other files have their own versions. Readers open what they are given,
  // so that verification can name what is wrong with it.
  if (manner === 'write' && db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new StoreError('STORE_CORRUPT', 'log.db is not marked as a log');
  }
  connection.statement(NEWEST_HEAD);
  if (version !== LAYOUT_VERSION) {
    throw new StoreError(
      'STORE_VERSION',
      `log.db has layout ${String(version)}, this version reads ${LAYOUT_VERSION}`,
    );
  }
}
