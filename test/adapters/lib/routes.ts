import type { Capture, Person } from '@zegel/capture';
import { DeniedError } from '@zegel/capture';

/** What a route answers with, in the terms of each framework. What a method returns is what the handler returns. */
export interface Reply {
  /** Value of `:id` in the route, or of the query's `id`. */
  readonly id: string;
  /** Sets a header beforehand. */
  header(name: string, value: string): void;
  /** The framework's way to send an object. */
  json(value: unknown, status?: number): unknown;
  /** The framework's way to send a stream. */
  stream(chunks: AsyncIterable<string>): unknown;
  /** Piece by piece, as low as the framework allows. */
  write(chunks: AsyncIterable<string>): unknown;
  /** No body. */
  empty(status: number): unknown;
}

/** What every adapter's route declares. */
export interface Declared {
  readonly action: 'read' | 'search' | 'update' | 'disclose';
  readonly fields: readonly string[];
  readonly recipient?: string;
  readonly operation?: string;
  readonly discovered?: true;
}

/** One route of the service that all adapters serve. */
export interface Route {
  readonly method: 'get' | 'put' | 'post';
  readonly path: string;
  readonly audited?: readonly [activity: string, declared: Declared];
  readonly unaudited?: string;
  readonly handle: (reply: Reply, capture: Capture) => unknown;
}

/** What is never to leave without an entry. */
export const personal = (id: string): string => `PERSONAL-${id}-DATA`;

const read = { action: 'read', fields: ['name'] } as const;
const found = { action: 'search', fields: ['name'], discovered: true } as const;
const foundIds = ['c-1', 'c-2'];
const customers = (): readonly Person[] => foundIds.map((id) => ({ type: 'customer', id }));

/** Pause that is long enough for anything that does not wait to get out. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function* pieces(id: string, count = 3): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) {
    yield `${personal(id)}\n`;
    await pause(1);
  }
}

async function* seenWhileStreaming(capture: Capture): AsyncGenerator<string> {
  await pause(5);
  capture.access.saw(customers());
  for (const id of foundIds) yield `${personal(id)}\n`;
}

async function* resolvedLate({ access }: Capture): AsyncGenerator<string> {
  yield 'names:\n';
  await pause(20);
  access.saw('dashboard', { action: 'read', fields: ['name'] }, customers());
  yield personal('c-1');
}

async function* failed({ access }: Capture): AsyncGenerator<string> {
  await pause(1);
  access.saw(customers());
  if (foundIds.length > 0) throw new Error(`failed on ${personal('c-1')}`);
  yield 'never';
}

function thrown(what: unknown): never {
  throw what;
}

async function* broken(id: string): AsyncGenerator<string> {
  yield `${personal(id)}\n`;
  await pause(5);
  throw new Error(`broken off after ${personal(id)}`);
}

export const ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/customers/:id',
    audited: ['dashboard', read],
    handle: (reply) => {
      reply.header('x-name', personal(reply.id));
      return reply.json({ name: personal(reply.id) });
    },
  },
  {
    method: 'put',
    path: '/customers/:id',
    audited: ['dashboard', { action: 'update', fields: ['name', 'email'] }],
    handle: (reply) => reply.json({ name: personal(reply.id) }),
  },
  {
    method: 'post',
    path: '/customers/:id/parcels',
    audited: [
      'dashboard',
      { action: 'disclose', fields: ['name'], recipient: 'delivery', operation: 'parcel.send' },
    ],
    handle: (reply) => reply.json({ sent: personal(reply.id) }, 201),
  },
  {
    method: 'get',
    path: '/search',
    audited: ['dashboard', found],
    handle: (reply, { access }) => {
      access.saw(customers());
      reply.header('x-first', personal('c-1'));
      return reply.json(foundIds.map(personal));
    },
  },
  {
    method: 'get',
    path: '/resolved',
    handle: async (reply, { access }) => {
      for (const person of customers())
        access.saw('dashboard', { action: 'read', fields: ['name'] }, [person]);
      await pause(1);
      return reply.json(foundIds.map(personal));
    },
  },
  {
    method: 'get',
    path: '/resolved/late',
    handle: (reply, capture) => reply.stream(resolvedLate(capture)),
  },
  {
    method: 'get',
    path: '/failed',
    audited: ['dashboard', found],
    handle: (reply, capture) => reply.stream(failed(capture)),
  },
  {
    method: 'get',
    path: '/seen/:id',
    audited: ['dashboard', found],
    handle: async (reply, { access }) => {
      await pause(1);
      access.saw({ type: 'customer', id: reply.id });
      return reply.json({ name: personal(reply.id) });
    },
  },
  {
    method: 'get',
    path: '/seen/:id/stream',
    audited: ['dashboard', found],
    handle: (reply, { access }) => {
      access.saw({ type: 'customer', id: reply.id });
      return reply.stream(pieces(reply.id));
    },
  },
  {
    method: 'get',
    path: '/nobody',
    audited: ['dashboard', found],
    handle: (reply, { access }) => {
      access.saw();
      return reply.json([]);
    },
  },
  {
    method: 'get',
    path: '/unseen',
    audited: ['dashboard', found],
    handle: (reply) => reply.json(foundIds.map(personal)),
  },
  {
    method: 'get',
    path: '/refused/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.json({ not: 'for you' }, 403),
  },
  {
    method: 'get',
    path: '/forbidden/:id',
    audited: ['dashboard', found],
    handle: () => {
      throw new DeniedError('not for you');
    },
  },
  {
    method: 'get',
    path: '/missing/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.json({ no: 'such customer' }, 404),
  },
  {
    method: 'get',
    path: '/broken/:id',
    audited: ['dashboard', read],
    handle: (reply) => {
      throw new Error(`failed on ${personal(reply.id)}`);
    },
  },
  {
    method: 'get',
    path: '/rejected',
    audited: ['dashboard', found],
    handle: async (_, { access }) => {
      access.saw(customers());
      await pause(1);
      throw new Error(`failed on ${personal('c-1')}`);
    },
  },
  {
    method: 'get',
    path: '/thrown',
    audited: ['dashboard', found],
    handle: async (_, { access }) => {
      access.saw(customers());
      await pause(1);
      // No Error at all, as careless code throws.
      return Promise.resolve(personal('c-1')).then(thrown);
    },
  },
  {
    method: 'get',
    path: '/stream/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.stream(pieces(reply.id)),
  },
  {
    method: 'get',
    path: '/write/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.write(pieces(reply.id)),
  },
  {
    method: 'get',
    path: '/bulk/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.stream(pieces(reply.id.padEnd(2_000, '.'), 300)),
  },
  {
    method: 'get',
    path: '/found/stream',
    audited: ['dashboard', found],
    handle: (reply, capture) => reply.stream(seenWhileStreaming(capture)),
  },
  {
    method: 'get',
    path: '/found/write',
    audited: ['dashboard', found],
    handle: (reply, capture) => reply.write(seenWhileStreaming(capture)),
  },
  {
    method: 'get',
    path: '/cut/:id',
    audited: ['dashboard', read],
    handle: (reply) => reply.stream(broken(reply.id)),
  },
  {
    method: 'get',
    path: '/unchanged/:id',
    audited: ['dashboard', read],
    handle: (reply) => {
      reply.header('etag', `"${personal(reply.id)}"`);
      return reply.empty(304);
    },
  },
  {
    method: 'get',
    path: '/slow',
    audited: ['dashboard', found],
    handle: async (reply, { access }) => {
      access.saw(customers());
      await pause(100);
      return reply.json(foundIds.map(personal));
    },
  },
  {
    method: 'get',
    path: '/inside/:id',
    handle: async (reply, { access }) =>
      reply.json({
        name: await access.read(
          'dashboard',
          { subject: { type: 'customer', id: reply.id }, fields: ['name'] },
          () => personal(reply.id),
        ),
      }),
  },
  {
    method: 'get',
    path: '/planning/:id',
    audited: ['planning', read],
    handle: (reply) => reply.json({ name: personal(reply.id) }),
  },
  {
    method: 'get',
    path: '/planning',
    audited: ['planning', found],
    handle: (reply, { access }) => {
      access.saw(customers());
      return reply.json(foundIds.map(personal));
    },
  },
  {
    method: 'get',
    path: '/health',
    unaudited: 'says only that it is alive',
    handle: (reply) => reply.json({ ok: true }),
  },
];
