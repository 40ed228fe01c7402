import express, { Router } from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { assertAllRoutesAudited, type RouteExceptions } from '../src/assert-routes.ts';

/** As adapters do. */
function marked<F extends object>(fn: F): F {
  return Object.assign(fn, { [Symbol.for('zegel.audited')]: { audited: 'dashboard' } });
}

/** Names of the routes and exceptions that are complained of. */
function complaints(app: unknown, options?: RouteExceptions): readonly string[] {
  try {
    assertAllRoutesAudited(app, options);
  } catch (error) {
    if (error instanceof Error && error.name === 'AssertionError')
      return error.message.split('\n').map((line) => line.replace(/ (is|the) .*/, ''));
    throw error;
  }
  return [];
}

describe('of a Hono app', () => {
  const audited = () => marked((_: unknown, next: () => Promise<void>) => next());

  test('routes that say nothing are named', () => {
    const app = new Hono();
    app.use(async (_, next) => next());
    app.get('/customers/:id', audited(), (c) => c.text('x'));
    app.post('/customers/:id', (c) => c.text('x'));
    app.get('/health', (c) => c.text('ok'));
    app.all('/any', (c) => c.text('x'));
    expect(complaints(app)).toEqual(['POST /customers/:id', 'GET /health', 'ALL /any']);
    expect(complaints(app, { except: ['/health', 'ALL /any', /^POST/] })).toEqual([]);
  });

  test('routes of mounted apps count, and what stands before them covers them', () => {
    const inner = new Hono().get('/one', (c) => c.text('x')).get('/two', audited(), (c) => c.text('x'));
    inner.onError((_, c) => c.text('failed'));
    expect(complaints(new Hono().route('/in', inner))).toEqual(['GET /in/one']);
    const covered = new Hono();
    covered.use('/in/*', audited());
    covered.route('/in', inner);
    covered.get('/inner', (c) => c.text('x'));
    expect(complaints(covered)).toEqual(['GET /inner']);
  });
});

describe('of an Express app', () => {
  const audited = () => marked((_req: unknown, _res: unknown, next: () => void) => next());
  const show = (_: unknown, res: { end(): void }) => res.end();

  test('routes that say nothing are named', () => {
    const app = express();
    app.use(express.json());
    app.get('/customers/:id', audited(), show);
    app.post('/customers/:id', show);
    app.route('/orders').get(audited(), show).delete(show);
    app.all('/any', show);
    app.get('/health', show);
    expect(complaints(app, { except: ['GET /health'] })).toEqual([
      'POST /customers/:id',
      'DELETE /orders',
      'ALL /any',
    ]);
  });

  test('routes of routers count, and what stands before them covers them', () => {
    const open = Router().get('/one', show);
    const covered = Router().use(audited()).get('/two', show).use('/deep', Router().get('/three', show));
    const app = express().use('/a', open).use('/b', covered);
    expect(complaints(app)).toEqual(['GET /a/one']);
    expect(complaints(express().get('/zero', show).use(audited()).use('/a', open))).toEqual(['GET /zero']);
  });
});

describe('of a Fastify app', () => {
  const audited = () => ({
    preHandler: marked((_req: unknown, _reply: unknown, next: () => void) => next()),
  });
  const show = async () => 'x';

  test('routes that say nothing are named, in plugins too', async () => {
    const app = Fastify();
    app.get('/customers/:id', audited(), show);
    app.post('/customers/:id', show);
    await app.register(
      async (inner) => {
        inner.get('/one', show);
        inner.route({
          method: ['PUT', 'PATCH'],
          url: '/two',
          preHandler: [audited().preHandler],
          handler: show,
        });
      },
      { prefix: '/in' },
    );
    await app.ready();
    expect(complaints(app)).toEqual(['POST /customers/:id', 'GET /in/one', 'HEAD /in/one']);
    expect(complaints(app, { except: ['/in/one', /^POST/] })).toEqual([]);
  });
});

test('an exception that is no route, and an app without routes, are complained of', () => {
  expect(
    complaints(
      new Hono().get('/x', (c) => c.text('x')),
      { except: ['/x', '/y'] },
    ),
  ).toEqual(['/y']);
  expect(complaints(express(), {})).toHaveLength(1);
  expect(() => assertAllRoutesAudited({})).toThrow(TypeError);
});
