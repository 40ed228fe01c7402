import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AccessEvent, defineRegister, type Log, openEnvelopes, openLog } from '@zegel/log';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { AccessFile } from '../../src/access/access-file.ts';
import { createEntrance } from '../../src/access/entrance.ts';
import type { Role } from '../../src/access/permissions.ts';
import { Sessions, sessionsOf } from '../../src/access/sessions.ts';
import { TokenCheck } from '../../src/access/token-check.ts';
import { createApp } from '../../src/app.ts';
import { LogChecks } from '../../src/checks/log-checks.ts';
import type { Env } from '../../src/env.ts';
import { Assets } from '../../src/http/assets.ts';
import { SessionCookie } from '../../src/http/session-cookie.ts';
import { LogKeeper } from '../../src/logs/log-keeper.ts';
import { Searching } from '../../src/logs/searching.ts';
import type { Services } from '../../src/services.ts';
import { place } from '../served.ts';
import { copied } from './template.ts';

/** One for all stages of a file: what it compresses once is compressed. */
const assets = new Assets(fileURLToPath(new URL('../..', import.meta.url)));
const contact = { name: { nl: 'Klantcontact', en: 'Customer contact' } } as const;

/** A small shop's register. */
export const register = defineRegister({
  controller: { name: 'Voorbeeld B.V.', contact: 'privacy@voorbeeld.example' },
  date: '2026-11-01',
  timezone: 'Europe/Amsterdam',
  persons: ['customer', 'employee'],
  roles: ['support', 'planner'],
  fields: {
    name: { nl: 'naam', en: 'name', category: 'contact' },
    email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' },
    order: { nl: 'bestelling', en: 'order', category: 'orders' },
  },
  recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
  activities: {
    contact: {
      ...contact,
      purpose: { nl: 'Een vraag beantwoorden', en: 'To answer a question' },
      ...{ basis: 'contract', fields: ['name', 'email', 'order'], recipients: [] },
    },
    orders: {
      name: { nl: 'Bestellingen', en: 'Orders' },
      purpose: { nl: 'Bestellingen uitvoeren', en: 'To carry out orders' },
      ...{ basis: 'contract', fields: ['name', 'order'], recipients: ['delivery'] },
    },
  },
  maximum: 'P7Y',
});

/** A read of one customer by one employee. */
export function read(n: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    ...{ action: 'read', activity: 'contact', operation: 'customer.show', service: 'dashboard' },
    actor: { kind: 'employee', id: `e-${n % 3}`, role: 'support', ip: '192.0.2.7' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
    fields: ['name', 'email'],
    ...more,
  };
}

/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>;

/** Somebody at the viewer. */
export interface Visitor {
  readonly get: (path: string, headers?: Fields) => Promise<Response>;
  /** Posts a form as a page of ours would. */
  readonly post: (path: string, fields?: Fields, headers?: Fields) => Promise<Response>;
}

/** A viewer over a real log. */
export interface Stage extends Visitor {
  readonly app: Hono<Env>;
  readonly log: Log;
  readonly dir: string;
  readonly services: Services;
  /** What the operator was told. */
  readonly told: string[];
  /** Somebody else, with these roles; nobody at all without. */
  readonly as: (...roles: readonly Role[]) => Visitor;
}

/** How a stage is set. */
export interface StageOptions {
  /** Of the visitor. Default: auditor and privacy. */
  readonly roles?: readonly Role[];
  readonly events?: readonly AccessEvent[];
  readonly services?: Partial<Services>;
  /** Whether sessions are of users in `access.db`, as when it is served. Default: of whomever `as` makes up. */
  readonly users?: boolean;
}

/** A viewer over a new log with events, and a visitor who is signed in. Ends with the test. */
export async function stage(options: StageOptions = {}): Promise<Stage> {
  const { roles = ['auditor', 'privacy'], events = [] } = options;
  const dir = join(place(), 'audit');
  await copied('shop', dir, async (folder) =>
    (await openLog(folder, { register, create: { origin: 'viewer.example/audit' } })).close(),
  );
  const log = await openLog(dir, { register });
  if (events.length > 0) await log.append(events);
  const told: string[] = [];
  const services = servicesOf(dir, log, told, options);
  onTestFinished(async () => {
    await services.searching.close();
    await services.logs.close();
    services.access.close();
  });
  const app = createApp(services);
  const as = (...all: readonly Role[]): Visitor => visitor(app, services, all);
  return { ...{ app, log, dir, services, told, as }, ...as(...roles) };
}

function servicesOf(dir: string, log: Log, told: string[], options: StageOptions): Services {
  const access = new AccessFile(dir);
  const logs = new LogKeeper(log, () => openLog(dir));
  const onProblem = (text: string): number => told.push(text);
  const checks = new LogChecks({ log: dir, state: join(dir, '..', 'memory'), logs, onProblem });
  return {
    ...{ logs, access, tokens: new TokenCheck(access), now: Date.now },
    sessions: options.users === true ? sessionsOf(access) : new Sessions(),
    searching: new Searching(logs, {
      log: dir,
      keys: undefined,
      integrity: options.services?.integrity ?? checks,
    }),
    cookie: new SessionCookie(false),
    entrance: createEntrance({
      ...{ access, envelopes: openEnvelopes(dir), issuer: 'viewer.example/audit', refusalAfter: 0 },
    }),
    checks,
    integrity: checks,
    assets,
    onProblem,
    ...options.services,
  };
}

function visitor(app: Hono<Env>, { sessions }: Services, roles: readonly Role[]): Visitor {
  const secret =
    roles.length === 0 ? undefined : sessions.begin(`${roles.join('-')}-user`, new Set(roles), true);
  const cookie: Fields = secret === undefined ? {} : { cookie: `zegel=${secret}` };
  const accept = { accept: 'text/html', 'accept-language': 'en' };
  return {
    get: async (path, headers = {}) => app.request(path, { headers: { ...accept, ...cookie, ...headers } }),
    post: async (path, fields = {}, headers = {}) => {
      const csrf = sessions.find(secret)?.csrf ?? '';
      const body = new URLSearchParams({ csrf, ...fields });
      return app.request(path, { method: 'POST', body, headers: { ...accept, ...cookie, ...headers } });
    },
  };
}
