import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { capture, type FetchHandler, unaudited } from '@zegel/node/fetch';
import { type Reply, ROUTES } from './routes.ts';
import { type Adapter, actorOf, declarationOf, listening, markOf, match } from './service.ts';

const pathOf = (request: Request): string => new URL(request.url).pathname;

/** A plain `(Request) => Response` behind whatever turns HTTP into that. */
export const fetchAdapter: Adapter = {
  name: 'fetch',
  async serve({ audit = true, trustProxy = false, ...options }) {
    const captured = capture(options);
    const routes = ROUTES.map(({ method, path, audited, unaudited: reason, handle }) => {
      const idOf = (request: Request): string => match(path, pathOf(request))?.id ?? '';
      const bare: FetchHandler = async (request) =>
        (await handle(replyOf(idOf(request)), captured)) as Response;
      const plain = reason === undefined ? bare : unaudited(reason)(bare);
      const declared = audited && { ...declarationOf(audited[1], idOf), route: path };
      const handler = audited && declared ? captured.audited(audited[0], declared)(plain) : plain;
      return { method: method.toUpperCase(), path, handler };
    });
    const router: FetchHandler = async (request) => {
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const route = routes.find((each) => each.method === method && match(each.path, pathOf(request)));
      try {
        return (await route?.handler(request)) ?? new Response('no such page', { status: 404 });
      } catch (error) {
        if (error instanceof Error && /^(?:CaptureError|DeniedError)$/.test(error.name)) throw error;
        return new Response('an error page', { status: 500 });
      }
    };
    const actor = (request: Request) => actorOf(request.headers.get('x-user') ?? undefined);
    const served = audit ? captured.audit({ actor, trustProxy })(router) : router;
    const server = await listening(createAdaptorServer({ fetch: (request) => served(request) }) as Server);
    return { ...server, capture: captured };
  },
  define(options, activity, declared) {
    const nothing: FetchHandler = () => new Response();
    const route = capture(options).audited(activity, declared as never)(nothing);
    return [markOf(route), markOf(unaudited('a page of help')(() => new Response()))];
  },
};

function replyOf(id: string): Reply {
  const headers: Record<string, string> = {};
  return {
    id,
    header: (name, value) => {
      headers[name] = value;
    },
    json: (value, status = 200) => Response.json(value, { status, headers }),
    stream: (chunks) => new Response(ReadableStream.from(encoded(chunks)), { headers }),
    write: (chunks) => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      void (async () => {
        for await (const chunk of encoded(chunks)) await writer.write(chunk);
        await writer.close();
      })().catch((error: unknown) => writer.abort(error));
      return new Response(readable, { headers });
    },
    empty: (status) => new Response(null, { status, headers }),
  };
}

async function* encoded(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
