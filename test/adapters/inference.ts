// Compiled with the tests, never run: what services write must type-check, and names come from the register.
import * as expressAdapter from '@zegel/express';
import * as fastifyAdapter from '@zegel/fastify';
import * as honoAdapter from '@zegel/hono';
import { defineRegister } from '@zegel/log';
import * as httpAdapter from '@zegel/node';
import * as fetchAdapter from '@zegel/node/fetch';
import { testLog } from '@zegel/testing';
import express from 'express';
import Fastify from 'fastify';
import { type Context, Hono } from 'hono';

const words = { nl: 'x', en: 'x' } as const;
const about = { name: words, purpose: words, basis: 'contract' } as const;

const register = defineRegister({
  controller: { name: 'X', contact: 'x@x.example' },
  date: '2026-01-01',
  persons: ['customer', 'employee'],
  roles: ['support'],
  fields: { name: { ...words, category: 'identity' }, email: { ...words, category: 'contact' } },
  recipients: { delivery: { name: 'X', country: 'NL', role: 'processor' } },
  activities: {
    dashboard: { ...about, fields: ['name'], actions: ['read', 'search'], persons: ['customer'] },
    orders: { ...about, fields: ['name', 'email'], recipients: ['delivery'] },
  },
  maximum: 'P7Y',
});

interface User {
  readonly Variables: { readonly user: { readonly id: string } };
}

const options = { to: testLog(register), service: 'shop' };

export function hono(): Hono {
  const { audit, audited, access, persons } = honoAdapter.capture(options);
  const app = new Hono<User>();
  app.use(audit({ actor: (c: Context<User>) => ({ kind: 'employee', id: c.get('user').id }) }));
  const subject = { action: 'read', fields: ['name'] } as const;
  app.get(
    '/customers/:id',
    audited('dashboard', { ...subject, subject: (c) => persons.customer(c.req.param('id')) }),
    (c) => c.json({ id: c.req.param('id') }),
  );
  app.get(
    '/search',
    audited('dashboard', { action: 'search', subjects: 'discovered', fields: ['name'] }),
    (c) => {
      access.saw(persons.customer('c-1'));
      return c.text('found');
    },
  );
  return new Hono().route('/', app);
}

export function expressApp(): express.Express {
  const { audit, audited, persons } = expressAdapter.capture(options);
  const app = express();
  app.use(audit({ actor: (req) => ({ kind: 'employee', id: req.get('x-user') ?? '' }) }));
  app.get(
    '/orders/:id',
    audited('orders', {
      action: 'disclose',
      recipient: 'delivery',
      fields: ['email'],
      subject: (req) => persons.customer(req.params['id'] ?? ''),
    }),
    (req, res) => void res.send(req.params.id.toUpperCase()),
  );
  return app.use(expressAdapter.problems());
}

export async function fastify(): Promise<unknown> {
  const { audit, audited, persons } = fastifyAdapter.capture(options);
  const app = Fastify();
  await app.register(audit({ actor: (request) => ({ kind: 'employee', id: request.id }) }));
  app.get<{ Params: { readonly id: string } }>(
    '/customers/:id',
    {
      schema: {},
      ...audited('dashboard', {
        action: 'read',
        fields: ['name'],
        subject: (request) => persons.customer(request.params['id'] ?? ''),
      }),
    },
    (request) => ({ id: request.params.id }),
  );
  return app;
}

const http = httpAdapter.capture(options);
const plain = fetchAdapter.capture(options);

export const listener: httpAdapter.HttpHandler = http.audited('dashboard', {
  action: 'read',
  route: '/me',
  fields: ['name'],
  subject: (req) => http.persons.customer(req.headers.host ?? ''),
})((_, res) => res.end());

export const handler: fetchAdapter.FetchHandler = plain.audited('dashboard', {
  action: 'read',
  fields: ['name'],
  subjects: (request) => [plain.persons.customer(request.url)],
})(() => new Response());

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Holds<Claims extends Readonly<Record<string, true>>> = Claims;
type Dashboard = honoAdapter.AuditedOptions<typeof register, 'dashboard', unknown>;
type Orders = honoAdapter.AuditedOptions<typeof register, 'orders', unknown>;

/** Names of another activity, or of none, do not compile. */
export type Inferred = Holds<{
  activities: Same<Parameters<typeof http.audited>[0], 'dashboard' | 'orders'>;
  fields: Same<Dashboard['fields'][number], 'name'>;
  fieldsOfAnother: Same<Orders['fields'][number], 'name' | 'email'>;
  actions: Same<Dashboard['action'], 'read' | 'search'>;
  noRecipients: Same<NonNullable<Dashboard['recipient']>, never>;
  recipients: Same<NonNullable<Orders['recipient']>, 'delivery'>;
  persons: Same<ReturnType<NonNullable<Dashboard['subject']>>, Person | readonly Person[]>;
}>;
type Person = ReturnType<typeof http.persons.customer>;
