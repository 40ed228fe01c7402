import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { capture, unaudited } from '@zegel/hono';
import { type Context, Hono } from 'hono';
import { stream } from 'hono/streaming';
import { type Reply, ROUTES } from './routes.ts';
import { type Adapter, actorOf, declarationOf, listening, markOf } from './service.ts';

const idOf = (c: Context): string => c.req.param('id') ?? '';

/** Hono 4 on @hono/node-server. */
export const hono: Adapter = {
  name: 'hono',
  async serve({ audit = true, trustProxy = false, ...options }) {
    const captured = capture(options);
    const app = new Hono();
    app.onError((_, c) => c.text('an error page', 500));
    if (audit) app.use(captured.audit({ actor: (c) => actorOf(c.req.header('x-user')), trustProxy }));
    for (const { method, path, audited, unaudited: reason, handle } of ROUTES) {
      const marks = [
        ...(audited ? [captured.audited(audited[0], declarationOf(audited[1], idOf))] : []),
        ...(reason === undefined ? [] : [unaudited(reason)]),
      ];
      app.on(method.toUpperCase(), [path], ...marks, (c) => handle(replyOf(c), captured) as Response);
    }
    const server = await listening(createAdaptorServer({ fetch: app.fetch }) as Server);
    return { ...server, capture: captured, app };
  },
  define(options, activity, declared) {
    return [
      markOf(capture(options).audited(activity, declared as never)),
      markOf(unaudited('a page of help')),
    ];
  },
};

function replyOf(c: Context): Reply {
  return {
    id: idOf(c),
    header: (name, value) => c.header(name, value),
    json: (value, status = 200) => c.json(value as object, status as 200),
    stream: (chunks) => new Response(ReadableStream.from(encoded(chunks))),
    write: (chunks) =>
      stream(
        c,
        async (out) => {
          for await (const chunk of chunks) await out.write(chunk);
        },
        async () => undefined,
      ),
    empty: (status) => c.body(null, status as 304),
  };
}

async function* encoded(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
