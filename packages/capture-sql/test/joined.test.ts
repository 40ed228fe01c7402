import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Capture, createCapture } from '@zegel/capture';
import { type TestLog, testLog } from '@zegel/testing';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captureSqlite } from '../src/sqlite/capture-sqlite.ts';
import { register, schema } from './sample.ts';

const actor = { kind: 'employee', id: 'e-7', role: 'support' } as const;
const code = (text: string): unknown => expect.objectContaining({ code: text });

let dir: string;
let log: TestLog<typeof register>;
let capture: Capture<typeof register>;
let db: Database.Database;
const problems: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-joined-'));
  problems.length = 0;
  log = testLog(register);
  const onProblem = ({ message }: { readonly message: string }): void => void problems.push(message);
  capture = createCapture({ to: log, service: 'shop', gaps: dir, dataLayer: true, onProblem });
  const raw = new Database(':memory:');
  raw.exec(schema);
  db = captureSqlite(raw, { capture });
});

afterEach(async () => {
  await capture.close();
  rmSync(dir, { recursive: true });
});

/** Runs a route's handler, declared as reading the names of whom it finds. */
function route<T>(activity: 'service' | 'survey', handler: () => T): Promise<T> {
  const declared = { fields: ['name'] as const };
  const work = (): Promise<T> => capture.access.search(activity, declared, handler, () => []);
  return capture.runAs(actor, work);
}

describe('a declared access over a captured driver', () => {
  it('is one entry with whom the driver saw', async () => {
    const rows = await route('service', () => db.prepare('SELECT id, name FROM customers').all());
    expect(rows).toHaveLength(3);
    const [entry, ...more] = log.accesses();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ activity: 'service', fields: ['name'], outcome: 'success' });
    expect(entry?.subjects.map(({ id }) => id)).toEqual(['c-1', 'c-2', 'c-3']);
  });

  it('gives nothing out while the log is down', async () => {
    log.fail('down');
    const read = route('service', () => db.prepare('SELECT id, name FROM customers').all());
    await expect(read).rejects.toThrow(code('LOG_UNAVAILABLE'));
  });

  it('is caught reading fields behind its declaration', async () => {
    const read = route('service', () => db.prepare('SELECT id, name, email FROM customers').all());
    await expect(read).rejects.toThrow(code('UNDECLARED'));
    const beyond = { operation: 'select.customers', flags: ['undeclared', 'supplement'] };
    expect(log.accesses()).toMatchObject([{ operation: 'service.search', outcome: 'error' }, beyond]);
    expect(log.accesses()[0]?.flags).toBeUndefined();
  });

  it('is caught reading a table behind its declaration, also where it hides the error', async () => {
    const read = route('service', () => {
      try {
        return db.prepare('SELECT customer_id, item FROM orders WHERE id = 1').all();
      } catch {
        return ['hidden'];
      }
    });
    await expect(read).rejects.toThrow(code('UNDECLARED'));
  });

  it('is refused data of which nothing says whose it is', async () => {
    const read = route('service', () => db.prepare('SELECT name FROM customers').all());
    await expect(read).rejects.toThrow(code('SUBJECT_UNKNOWN'));
  });

  it('is flagged under `available`, and goes on', async () => {
    const rows = await route('survey', () => [
      ...db.prepare('SELECT id, name, email FROM customers').all(),
      ...db.prepare('SELECT upper(name) AS u FROM customers').all(),
    ]);
    expect(rows).toHaveLength(6);
    const flags = log.accesses().flatMap((entry) => entry.flags ?? []);
    expect(flags.toSorted()).toEqual(['supplement', 'undeclared', 'unknown-columns']);
  });
});

describe('without a declared access', () => {
  it('a job is refused personal data', async () => {
    const read = capture.runAs(actor, () => db.prepare('SELECT id, name FROM customers').all());
    await expect(read).rejects.toThrow(code('UNDECLARED'));
  });

  it('a raw query outside any context throws', () => {
    expect(() => db.prepare('SELECT id, name FROM customers').all()).toThrow(code('NO_CONTEXT'));
  });

  it('is reported and goes on where the policy of the driver says so', () => {
    const raw = new Database(':memory:');
    raw.exec(schema);
    const lenient = captureSqlite(raw, { capture, policy: 'available' });
    expect(lenient.prepare('SELECT id, name FROM customers').all()).toHaveLength(3);
    expect(problems).toEqual(['select.customers ran outside any context']);
  });
});

describe('changes', () => {
  const change = (sql: string, ...values: readonly string[]): Promise<unknown> =>
    capture.runAs(actor, () =>
      capture.access.update(
        'service',
        { subjects: [capture.persons.customer('c-1')], fields: ['email'] },
        () => db.prepare(sql).run(...values),
      ),
    );

  it('of the declared person are nothing more to tell', async () => {
    await change('UPDATE customers SET email = ? WHERE id = ?', 'n', 'c-1');
    expect(log.accesses()).toEqual([expect.objectContaining({ outcome: 'begun', action: 'update' })]);
  });

  it('of another person are told', async () => {
    await change('UPDATE customers SET email = ? WHERE id = ?', 'n', 'c-2');
    const entry = log.accesses().at(-1);
    expect(entry).toMatchObject({ flags: ['undeclared'], operation: 'update.customers' });
    expect(entry?.subjects.map(({ id }) => id)).toEqual(['c-2']);
  });

  it('of nobody knows whom are refused', async () => {
    await expect(change("UPDATE customers SET email = 'n'")).rejects.toThrow(code('BULK_UNKNOWN'));
    const read = (): unknown => db.prepare('SELECT count(*) AS n FROM customers WHERE city IS NULL').get();
    expect(read()).toEqual({ n: 0 });
  });
});
