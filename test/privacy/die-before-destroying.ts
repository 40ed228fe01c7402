/** Loaded before everything else in a process that dies when it is about to destroy a handle whose `retention` entry is durable. */
import { syncBuiltinESMExports } from 'node:module';
import worker from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(':memory:');
const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as {
  run: (this: Database.Statement, ...args: unknown[]) => unknown;
};
db.close();

const { run } = statement;
statement.run = function (...args) {
  if (this.source.startsWith('DELETE FROM handle')) {
    process.kill(process.pid, 'SIGKILL');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // until the signal is there
  }
  return run.apply(this, args);
};

// Workers are started with arguments of their own: they are given this file as well.
const { Worker } = worker;
worker.Worker = class extends Worker {
  constructor(url: string | URL, options: worker.WorkerOptions = {}) {
    super(url, { ...options, execArgv: [...(options.execArgv ?? []), `--import=${import.meta.url}`] });
  }
};
syncBuiltinESMExports();
