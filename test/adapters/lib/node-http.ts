import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { capture, type HttpHandler, unaudited } from '@zegel/node';
import { type Reply, ROUTES } from './routes.ts';
import { type Adapter, actorOf, declarationOf, listening, markOf, match } from './service.ts';

const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?')[0] ?? '/';

/** `node:http` and a router of a few lines. */
export const nodeHttp: Adapter = {
  name: 'node:http',
  async serve({ audit = true, trustProxy = false, ...options }) {
    const captured = capture(options);
    const routes = ROUTES.map(({ method, path, audited, unaudited: reason, handle }) => {
      const idOf = (req: IncomingMessage): string => match(path, pathOf(req))?.id ?? '';
      const bare: HttpHandler = (req, res) => handle(replyOf(idOf(req), res), captured);
      const plain = reason === undefined ? bare : unaudited(reason)(bare);
      const declared = audited && { ...declarationOf(audited[1], idOf), route: path };
      const handler = audited && declared ? captured.audited(audited[0], declared)(plain) : plain;
      return { method: method.toUpperCase(), path, handler };
    });
    const router: HttpHandler = async (req, res) => {
      const method = req.method === 'HEAD' ? 'GET' : req.method;
      const route = routes.find((each) => each.method === method && match(each.path, pathOf(req)));
      try {
        await route?.handler(req, res);
      } catch (error) {
        if (isOurs(error)) throw error;
        res.writeHead(500);
        res.end('an error page');
      }
    };
    const actor = (req: IncomingMessage) => actorOf(req.headers['x-user'] as string | undefined);
    const served = audit ? captured.audit({ actor, trustProxy })(router) : router;
    const server = await listening(createServer((req, res) => void served(req, res)));
    return { ...server, capture: captured };
  },
  define(options, activity, declared) {
    const nothing: HttpHandler = () => undefined;
    const route = capture(options).audited(activity, declared as never)(nothing);
    return [markOf(route), markOf(unaudited('a page of help')(() => undefined))];
  },
};

/** Errors that the outermost wrapper answers, and no error page hides. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && /^(?:CaptureError|DeniedError)$/.test(error.name);
}

function replyOf(id: string, res: ServerResponse): Reply {
  return {
    id,
    header: (name, value) => res.setHeader(name, value),
    json: (value, status = 200) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      return res.end(JSON.stringify(value));
    },
    stream: (chunks) =>
      Readable.from(chunks)
        .on('error', () => res.destroy())
        .pipe(res),
    write: async (chunks) => {
      for await (const chunk of chunks) {
        if (!res.write(chunk)) await new Promise((resolve) => res.once('drain', resolve));
      }
      res.end();
    },
    empty: (status) => {
      res.statusCode = status;
      return res.end();
    },
  };
}
