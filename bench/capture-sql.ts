import { join } from 'node:path';
import { captureSqlite } from '@zegel/capture-sql';
import {
  type CaptureCore,
  type CheckedDeclaration,
  createCapture,
  type RequestContext,
} from '@zegel/capture';
import { testLog } from '@zegel/testing';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { register } from './events.ts';
import { ceiling, median, report } from './stats.ts';

const CUSTOMERS = 2000;
const QUERIES = 4000;
const SQL = 'SELECT id, name, email, city FROM customers WHERE rowid > ? ORDER BY rowid LIMIT 20';

interface Tables {
  customers: { id: string; name: string; email: string; city: string };
}

const captured = {
  ...register,
  tables: { customers: { person: 'customer', id: 'id' } },
  fields: {
    ...register.fields,
    name: { nl: 'naam', en: 'name', category: 'contact', columns: ['customers.name'] },
    email: { nl: 'e-mail', en: 'e-mail', category: 'contact', columns: ['customers.email'] },
  },
} as const;

/** A query of 20 rows with the driver captured against the same without, by hand and by Kysely. */
export async function benchCaptureSql(dir: string, rounds: number): Promise<void> {
  const raw = new Database(join(dir, 'shop.db'));
  raw.pragma('journal_mode = WAL');
  fill(raw);
  const capture = createCapture({
    to: testLog(captured),
    service: 'bench',
    gaps: join(dir, 'gaps'),
    dataLayer: true,
  });
  const db = captureSqlite(raw, { capture });
  const [activity] = Object.keys(register.activities);
  const checked = capture.check(activity ?? '', { action: 'search', fields: ['name', 'email'] });
  // Each request has a context of its own, with twenty queries.
  const request = (work: () => void): void => {
    const context: RequestContext = capture.begin({ actor: { kind: 'system', id: 'bench' } });
    context.declare(checked, 'discovered');
    context.run(() => {
      for (let i = 0; i < 20; i++) work();
    });
  };
  const [plain, own] = [raw.prepare<[number]>(SQL), db.prepare<[number]>(SQL)];
  let at = 0;
  const from = (): number => (at = (at + 17) % (CUSTOMERS - 20));
  compare(
    'prepared once',
    rounds,
    request,
    () => void plain.all(from()),
    () => void own.all(from()),
  );
  compare(
    'prepared each time',
    rounds,
    request,
    () => void raw.prepare<[number]>(SQL).all(from()),
    () => void db.prepare<[number]>(SQL).all(from()),
  );
  await compareKysely(raw, db, rounds, capture, checked);
  await capture.close();
  raw.close();
}

async function compareKysely(
  raw: Database.Database,
  db: Database.Database,
  rounds: number,
  capture: CaptureCore,
  checked: CheckedDeclaration,
): Promise<void> {
  const [plain, own] = [raw, db].map(
    (database) => new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }),
  );
  const query = (kysely: Kysely<Tables> | undefined): Promise<unknown> | undefined =>
    kysely?.selectFrom('customers').select(['id', 'name', 'email', 'city']).limit(20).execute();
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 2; round++) {
    for (const [which, kysely] of [plain, own].entries()) {
      const start = performance.now();
      for (let request = 0; request < QUERIES / 40; request++) {
        const context = capture.begin({ actor: { kind: 'system', id: 'bench' } });
        context.declare(checked, 'discovered');
        await context.run(async () => {
          for (let i = 0; i < 20; i++) await query(kysely);
        });
      }
      times[which]?.push((performance.now() - start) / (QUERIES / 2));
    }
  }
  tell('under Kysely', median(times[0]), median(times[1]), rounds);
}

function compare(
  what: string,
  rounds: number,
  request: (work: () => void) => void,
  plain: () => void,
  own: () => void,
): void {
  const times: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds * 4; round++) {
    for (const [which, work] of [plain, own].entries()) {
      const start = performance.now();
      for (let i = 0; i < QUERIES / 20; i++) request(work);
      if (round >= 0) times[which]?.push((performance.now() - start) / QUERIES);
    }
  }
  tell(what, median(times[0]), median(times[1]), rounds);
}

function tell(what: string, plain: number, own: number, n: number): void {
  report({ what: `query of 20 rows, ${what}`, value: plain * 1000, unit: 'µs', n });
  ceiling(`query of 20 rows, captured, ${what}`, own / plain, 1.15, 'x', n);
}

function fill(db: Database.Database): void {
  db.exec('CREATE TABLE IF NOT EXISTS customers (id TEXT PRIMARY KEY, name TEXT, email TEXT, city TEXT)');
  const insert = db.prepare('INSERT OR IGNORE INTO customers VALUES (?, ?, ?, ?)');
  db.transaction(() => {
    for (let i = 0; i < CUSTOMERS; i++) insert.run(`c-${i}`, `Name ${i}`, `name${i}@shop.example`, 'Delft');
  })();
}
