import { chmodSync, closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Refusal } from '@zegel/log';
import { ClientError } from '../errors.ts';
import type { KeptLine, Line, RefusedLine } from '../protocol.ts';
import { outboxFailure } from './outbox-failure.ts';
import { APPLICATION_ID, LAYOUT_VERSION, SCHEMA, SQL } from './sql.ts';

/** Milliseconds to wait for a process that is just ending. */
const PATIENCE = 2000;

/** Changes that become durable together. */
export interface Change {
  readonly lines: readonly Line[];
  /** Everything up to this place has left. */
  readonly sent: number;
  readonly refused: readonly RefusedLine[];
}

interface RefusedRow extends Omit<RefusedLine, 'refusal'> {
  readonly code: string;
  readonly problems: string;
}

/**
 * The outbox: lines in the order in which they are to be sent. One process at a time: the lock is the file's own and goes
 * with the process, however it ends. Persons stand in it in clear, so that it is for its owner alone (mode 0600), and what
 * was sent is overwritten.
 *
 * Every method @throws ClientError `OUTBOX_LOCKED`, `OUTBOX_DAMAGED`, `OUTBOX_FULL`, `OUTBOX_IO`
 */
export class OutboxFile {
  readonly #path: string;
  readonly #db: Database.Database;
  readonly #identity: string;
  readonly #add: Database.Statement<[string, number, string]>;
  readonly #next: Database.Statement<[number], KeptLine>;
  readonly #sent: Database.Statement<[number]>;

  constructor(path: string) {
    this.#path = path;
    let db: Database.Database | undefined;
    try {
      ownFile(path);
      db = new Database(path, { timeout: PATIENCE });
      configure(db);
      this.#db = db;
      this.#identity = identity(path);
      this.#add = db.prepare(SQL.add);
      this.#next = db.prepare(SQL.next);
      this.#sent = db.prepare(SQL.sent);
    } catch (cause) {
      db?.close();
      throw outboxFailure(cause);
    }
  }

  /** Events that wait, and the newest place in use. */
  state(): { readonly pending: number; readonly last: number } {
    return this.#guarded(() => ({
      ...(this.#db.prepare(SQL.pending).get() as { pending: number }),
      ...(this.#db.prepare(SQL.last).get() as { last: number }),
    }));
  }

  /** Makes changes durable, all of them or none. Returns the place of the first line added. */
  commit(changes: readonly Change[]): readonly number[] {
    return this.#guarded(() => {
      if (identity(this.#path) !== this.#identity)
        throw new ClientError('OUTBOX_IO', `${this.#path} was moved or replaced while it was open`);
      return this.#db.transaction(() => changes.map((change) => this.#apply(change)))();
    });
  }

  /** The next lines behind a place: of one kind (a gap goes alone), within the limits but at least one. */
  batch(after: number, mostEvents: number, mostBytes: number): readonly KeptLine[] {
    return this.#guarded(() => {
      const lines: KeptLine[] = [];
      let [events, bytes] = [0, 0];
      for (const line of this.#next.iterate(after)) {
        events += line.count;
        bytes += line.text.length;
        const over = events > mostEvents || bytes > mostBytes;
        if (lines.length > 0 && (over || line.kind === 'gap')) break;
        lines.push(line);
        if (line.kind === 'gap') break;
      }
      return lines;
    });
  }

  /** What was refused and not discarded, oldest first. */
  refused(): readonly RefusedLine[] {
    return this.#guarded(() =>
      this.#db
        .prepare<[], RefusedRow>(SQL.refused)
        .all()
        .map(({ code, problems, ...row }) => ({
          ...row,
          refusal: { refused: code, problems: JSON.parse(problems) as Refusal['problems'] },
        })),
    );
  }

  discard(seq: number): void {
    this.#guarded(() => this.#db.prepare(SQL.discard).run(seq));
  }

  /** Empties the journal, so that nothing of what was sent is left in it. */
  tidy(): void {
    this.#guarded(() => this.#db.pragma('wal_checkpoint(TRUNCATE)'));
  }

  close(): void {
    this.#db.close();
  }

  #apply({ lines, sent, refused }: Change): number {
    if (sent > 0) this.#sent.run(sent);
    for (const { seq, at, kind, text, refusal } of refused)
      this.#db
        .prepare(SQL.refuse)
        .run(seq, at, kind, text, refusal.refused, JSON.stringify(refusal.problems));
    let first = 0;
    for (const { kind, count, text } of lines) {
      const { lastInsertRowid } = this.#add.run(kind, count, text);
      if (first === 0) first = Number(lastInsertRowid);
    }
    return first;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw outboxFailure(cause);
    }
  }
}

/**
 * Makes the file where there is none, for its owner alone; SQLite gives its journal the same mode. A file that is there is
 * not opened: closing it again would drop the lock that a client of this process may hold (POSIX, fcntl).
 */
function ownFile(path: string): void {
  if (existsSync(path)) return chmodSync(path, 0o600);
  closeSync(openSync(path, 'wx', 0o600));
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r'); // the name is durable only when its folder is
  fsyncSync(folder);
  closeSync(folder);
}

function configure(db: Database.Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('secure_delete = ON');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true });
    const [tables] = db.prepare('SELECT name FROM sqlite_schema').all();
    if (version === 0 && tables === undefined) {
      db.exec(SCHEMA);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${LAYOUT_VERSION}`);
    } else if (version !== LAYOUT_VERSION || db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new ClientError('OUTBOX_DAMAGED', 'this file is no outbox of this version');
  }).immediate();
}

function identity(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}`;
}
