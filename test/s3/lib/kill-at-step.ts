/**
 * Loaded before everything else in a process that is to kill itself at one step of its work. `ZEGEL_TEST_KILL` says where:
 * `<step>:<before|after>`; steps are counted from 1: statements of SQLite, requests sent, answers begun. With step 0 nothing
 * is killed and the process tells on stderr which steps it made, when it ends.
 */
import fs from 'node:fs';
import http from 'node:http';
import Database from 'better-sqlite3';

const [at = '0', when = 'before'] = (process.env['ZEGEL_TEST_KILL'] ?? '').split(':');
const names: string[] = [];

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // until the signal is there
  throw new Error('unreachable');
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function wrap(
  target: object,
  name: string,
  as = name,
  counts: (args: readonly unknown[]) => boolean = () => true,
): void {
  const methods = target as Record<string, Method>;
  const original = methods[name];
  if (original === undefined) throw new Error(`there is no ${name} to wrap`);
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    if (!counts(args)) return original.apply(this, args);
    names.push(as);
    const mine = names.length === Number(at);
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
wrap(http.ClientRequest.prototype, 'end', 'request');
wrap(http.ClientRequest.prototype, 'emit', 'answer', ([event]) => event === 'response');

if (at === '0') process.on('exit', () => fs.writeSync(2, `steps ${names.join(' ')}\n`));
