import { captureSqlite } from '@zegel/capture-sql';
import { type CaptureOptions, capture, unaudited } from '@zegel/hono';
import { parseRegister } from '@zegel/log';
import type Database from 'better-sqlite3';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { Kysely, SqliteDialect } from 'kysely';
import { readFileSync } from 'node:fs';
import type { Tables } from './data/schema.ts';
import { guardOf } from './guard.ts';
import { type App, type Env, type Kit, userOf } from './kit.ts';
import { PAGE } from './page.ts';
import type { Register } from './register-types.ts';
import { customerRoutes } from './routes/customers.ts';
import { exportRoutes } from './routes/export.ts';
import { logInRoutes } from './routes/log-in.ts';
import { messageRoutes } from './routes/messages.ts';
import { orderRoutes } from './routes/orders.ts';
import { ownRoutes } from './routes/own.ts';
import { settingsRoutes } from './routes/settings.ts';
import { COOKIE, Sessions } from './sessions.ts';

const REGISTER = new URL('../../../examples/voorbeeld/register.json', import.meta.url);

/** The register of the privacy policy, its names known to the compiler. */
export const register: Register = parseRegister(JSON.parse(readFileSync(REGISTER, 'utf8'))) as Register;

/** What the service runs on. */
export interface ServiceOptions {
  /** The dashboard's own database. */
  readonly database: Database.Database;
  /** Where entries go. */
  readonly to: CaptureOptions<Register>['to'];
  /** Folder of the counters of what went unlogged. */
  readonly gaps: string;
}

/** The dashboard: a service that shows nothing of anybody without an entry. */
export interface Service {
  readonly app: App;
  /** Lets what is under way be logged. Closes neither the database nor the log. */
  close(): Promise<void>;
}

/** Makes the service. */
export function createService({ database, to, gaps }: ServiceOptions): Service {
  const captured = capture<Register>({ to, register, service: 'dashboard', gaps, dataLayer: true });
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: captureSqlite(database, { capture: captured }) }),
  });
  const sessions = new Sessions();
  const app: App = new Hono<Env>();
  const kit: Kit = { db, sessions, capture: captured, guard: guardOf({ capture: captured }) };

  app.use(async (c, next) => {
    c.set('user', sessions.userOf(getCookie(c, COOKIE)));
    await next();
  });
  app.use(captured.audit({ actor: (c) => userOf(c) }));
  app.get('/', unaudited('the page holds nobody’s data; it asks the routes for it'), (c) => c.html(PAGE));
  app.get('/health', unaudited('says that the service is up'), (c) => c.json({ ok: true }));
  for (const routes of [
    logInRoutes,
    ownRoutes,
    customerRoutes,
    orderRoutes,
    settingsRoutes,
    messageRoutes,
    exportRoutes,
  ])
    routes(app, kit);
  return { app, close: () => captured.close() };
}
