/**
 * Loaded before everything else in a process that is to kill itself at one step of a commit. `ZEGEL_TEST_KILL` says
 * where: `<thread>:<step>:<before|after>`. Threads are main, seal and commit; steps are the calls counted from 1 within
 * a thread that write: statements of SQLite, files, messages to other threads. With step 0 nothing is killed and each
 * thread tells on stderr which steps it made, when it ends.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import worker from 'node:worker_threads';
import Database from 'better-sqlite3';

const [thread = '', at = '0', when = 'before'] = (process.env['ZEGEL_TEST_KILL'] ?? '').split(':');
const here = worker.isMainThread ? 'main' : nameOf(worker.workerData as { readonly register?: unknown });
const names: string[] = [];
let step = 0;

function nameOf({ register }: { readonly register?: unknown }): string {
  return register === undefined ? 'commit' : 'seal';
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // until the signal is there
  throw new Error('unreachable');
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function wrap(
  target: object,
  name: string,
  counts: (args: readonly unknown[]) => boolean = () => true,
): void {
  const methods = target as Record<string, Method>;
  const original = methods[name];
  if (original === undefined) throw new Error(`there is no ${name} to wrap`);
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    if (!counts(args)) return original.apply(this, args);
    step++;
    names.push(name);
    const mine = thread === here && step === Number(at);
    if (mine && when === 'before') die();
    const result = original.apply(this, args);
    if (mine && when === 'after') die();
    return result;
  };
}

const db = new Database(':memory:');
wrap(Object.getPrototypeOf(db.prepare('SELECT 1')) as object, 'run');
wrap(Database.prototype, 'exec');
wrap(Database.prototype, 'pragma');
db.close();
for (const name of ['writeSync', 'writeFileSync', 'fsyncSync', 'linkSync', 'mkdirSync']) wrap(fs, name);
wrap(fs, 'openSync', ([, flags]) => flags !== undefined && flags !== 'r'); // modules are loaded by it, too
wrap(worker.MessagePort.prototype, 'postMessage');

// Workers are started with arguments of their own: they are given this file as well.
const { Worker } = worker;
worker.Worker = class extends Worker {
  constructor(url: string | URL, options: worker.WorkerOptions = {}) {
    super(url, {
      ...options,
      execArgv: [...(options.execArgv ?? []), `--import=${process.env['ZEGEL_TEST_PRELOAD']}`],
    });
  }
};
syncBuiltinESMExports();

if (at === '0') process.on('exit', () => fs.writeSync(2, `steps ${here} ${names.join(' ')}\n`));
