import { Readable } from 'node:stream';
import { capture, unaudited } from '@zegel/fastify';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Reply, ROUTES } from './routes.ts';
import { type Adapter, actorOf, declarationOf, markOf } from './service.ts';

const idOf = (request: FastifyRequest): string => (request.params as { readonly id?: string }).id ?? '';

const userOf = ({ headers }: FastifyRequest): string | undefined => headers['x-user'] as string | undefined;

/** Fastify 5. */
export const fastify: Adapter = {
  name: 'fastify',
  async serve({ audit = true, trustProxy = false, ...options }) {
    const captured = capture(options);
    const app = Fastify({ forceCloseConnections: true });
    app.setErrorHandler((_error, _request, reply) => reply.code(500).send('an error page'));
    if (audit)
      await app.register(captured.audit({ actor: (request) => actorOf(userOf(request)), trustProxy }));
    for (const { method, path, audited, unaudited: reason, handle } of ROUTES) {
      const hooks = {
        ...(audited && captured.audited(audited[0], declarationOf(audited[1], idOf))),
        ...(reason !== undefined && unaudited(reason)),
      };
      app[method](path, hooks, (request, reply) => handle(replyOf(request, reply), captured));
    }
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return { url, capture: captured, app, close: () => app.close() };
  },
  define(options, activity, declared) {
    const { preHandler } = capture(options).audited(activity, declared as never);
    return [markOf(preHandler), markOf(unaudited('a page of help').preHandler)];
  },
};

function replyOf(request: FastifyRequest, reply: FastifyReply): Reply {
  return {
    id: idOf(request),
    header: (name, value) => void reply.header(name, value),
    json: (value, status = 200) => reply.code(status).send(value),
    stream: (chunks) => reply.send(Readable.from(chunks)),
    write: async (chunks) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/plain' });
      for await (const chunk of chunks) reply.raw.write(chunk);
      reply.raw.end();
    },
    empty: (status) => reply.code(status).send(),
  };
}
