import type { Database, Statement } from 'better-sqlite3';

interface Steps {
  readonly begin: Statement;
  readonly release: Statement;
  readonly undo: Statement;
}

const known = new WeakMap<Database, Steps>();

/** Runs `work` so that nothing of it stays if it throws; within a transaction, the rest of that stays. */
export function savepoint<T>(db: Database, work: () => T): T {
  const { begin, release, undo } = stepsOf(db);
  begin.run();
  try {
    const result = work();
    release.run();
    return result;
  } catch (error) {
    // An error of SQLite may have ended the transaction already.
    if (db.inTransaction) {
      undo.run();
      release.run();
    }
    throw error;
  }
}

function stepsOf(db: Database): Steps {
  const ready = known.get(db);
  if (ready !== undefined) return ready;
  const steps = {
    begin: db.prepare('SAVEPOINT zegel_capture'),
    release: db.prepare('RELEASE zegel_capture'),
    undo: db.prepare('ROLLBACK TO zegel_capture'),
  };
  known.set(db, steps);
  return steps;
}
