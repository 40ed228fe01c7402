import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Accesses that went unlogged under one activity; times in milliseconds. */
export interface Missed {
  readonly activity: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** A count taken out of its counter to be chained. */
export interface Claim extends Missed {
  readonly id: string;
  readonly owner: string;
  readonly until: number;
}

/** Marks the file as ours: `ZGAP`. */
const APPLICATION = 0x5a474150;
const BUSY_MILLISECONDS = 2000;

// The counters stand there from the start and change in place, and the journal's file is kept: a full disk, which may be
// why the log can't be written, does not stop the counting.
const SETTINGS = `
  PRAGMA journal_mode = PERSIST;
  PRAGMA synchronous = FULL;
  PRAGMA application_id = ${APPLICATION};
  CREATE TABLE IF NOT EXISTS counter (
    activity TEXT PRIMARY KEY, count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS claim (
    id TEXT PRIMARY KEY, activity TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    owner TEXT NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;
/** Changes every page, so that the journal has room for any change. */
const TOUCH = `
  UPDATE counter SET count = count;
  INSERT INTO claim VALUES ('', '', 0, 0, 0, '', 0);
  DELETE FROM claim WHERE id = '';`;
const ADD = `INSERT INTO counter VALUES (@activity, @count, @first, @last) ON CONFLICT DO UPDATE SET
  first = CASE WHEN count = 0 THEN @first ELSE min(first, @first) END,
  last = CASE WHEN count = 0 THEN @last ELSE max(last, @last) END,
  count = count + @count`;
const TAKE_BACK = 'UPDATE counter SET count = count - 1 WHERE activity = ? AND count > 0';
const OPEN = 'SELECT * FROM counter WHERE count > 0 ORDER BY activity';
const CLAIM = 'INSERT INTO claim VALUES (@id, @activity, @count, @first, @last, @owner, @until)';
const EMPTY = 'UPDATE counter SET count = 0 WHERE activity = ?';
const RENEW = 'UPDATE claim SET owner = @owner, until = @until WHERE id = @id';

/** Where the counters of a service are. */
export function counterPath(folder: string, service: string): string {
  return join(folder, `${service}.gaps`);
}

/**
 * Counters in a small database: every change is durable when its function returns, and several processes of a service may
 * share it. Synchronous, and used only while something goes unlogged.
 */
export class CounterFile {
  readonly #db: Database.Database;

  /** Opens the counters, made where there are none. @throws the error of the file system or of SQLite */
  constructor(folder: string, service: string, activities: Iterable<string>) {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#db = new Database(counterPath(folder, service), { timeout: BUSY_MILLISECONDS });
    this.#db.exec(SETTINGS);
    const prepare = this.#db.prepare('INSERT OR IGNORE INTO counter VALUES (?, 0, 0, 0)');
    this.#now(() => {
      for (const activity of activities) prepare.run(activity);
      this.#db.exec(TOUCH);
    });
  }

  add(missed: readonly Missed[]): void {
    const add = this.#db.prepare(ADD);
    this.#now(() => missed.forEach((each) => add.run(each)));
  }

  /** Takes one back per activity, where it has not been claimed yet. */
  takeBack(activities: readonly string[]): void {
    const take = this.#db.prepare(TAKE_BACK);
    this.#now(() => activities.forEach((activity) => take.run(activity)));
  }

  /** Turns open counters into claims. */
  claim(owner: string, until: number, newId: () => string): void {
    const [open, claim, empty] = [this.#db.prepare(OPEN), this.#db.prepare(CLAIM), this.#db.prepare(EMPTY)];
    this.#now(() => {
      for (const missed of open.all() as readonly Missed[]) {
        claim.run({ ...missed, id: newId(), owner, until });
        empty.run(missed.activity);
      }
    });
  }

  /** Claims of every process. */
  claims(): readonly Claim[] {
    return this.#db.prepare('SELECT * FROM claim ORDER BY first, id').all() as readonly Claim[];
  }

  /** Takes a claim over, or longer. False where it is settled already. */
  renew({ id, owner, until }: Claim): boolean {
    return this.#db.prepare(RENEW).run({ id, owner, until }).changes > 0;
  }

  settle(id: string): void {
    this.#db.prepare('DELETE FROM claim WHERE id = ?').run(id);
  }

  /** Whether anything is left to be chained. */
  isOpen(): boolean {
    return (
      this.#db.prepare('SELECT 1 FROM counter WHERE count > 0 UNION ALL SELECT 1 FROM claim').get() !==
      undefined
    );
  }

  close(): void {
    this.#db.close();
  }

  #now(change: () => void): void {
    this.#db.transaction(change).immediate();
  }
}
