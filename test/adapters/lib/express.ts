import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { capture, problems, unaudited } from '@zegel/express';
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';
import { type Reply, ROUTES } from './routes.ts';
import { type Adapter, actorOf, declarationOf, listening, markOf } from './service.ts';

const idOf = (req: Request): string => String(req.params['id'] ?? '');

const page: ErrorRequestHandler = (_error, _req, res, next) => {
  if (res.headersSent) res.destroy();
  else res.status(500).send('an error page');
  void next;
};

/** Express 5. */
export const expressAdapter: Adapter = {
  name: 'express',
  async serve({ audit = true, trustProxy = false, ...options }) {
    const captured = capture(options);
    const app = express();
    if (audit) app.use(captured.audit({ actor: (req) => actorOf(req.get('x-user')), trustProxy }));
    for (const { method, path, audited, unaudited: reason, handle } of ROUTES) {
      const marks = [
        ...(audited ? [captured.audited(audited[0], declarationOf(audited[1], idOf))] : []),
        ...(reason === undefined ? [] : [unaudited(reason)]),
      ];
      app[method](path, ...marks, async (req, res) => {
        await handle(replyOf(req, res), captured);
      });
    }
    app.use(problems());
    app.use(page);
    const server = await listening(createServer(app));
    return { ...server, capture: captured, app };
  },
  define(options, activity, declared) {
    return [
      markOf(capture(options).audited(activity, declared as never)),
      markOf(unaudited('a page of help')),
    ];
  },
};

function replyOf(req: Request, res: Response): Reply {
  return {
    id: idOf(req),
    header: (name, value) => res.setHeader(name, value),
    json: (value, status = 200) => res.status(status).json(value),
    stream: (chunks) =>
      Readable.from(chunks)
        .on('error', () => res.destroy())
        .pipe(res),
    write: async (chunks) => {
      res.writeHead(200, { 'content-type': 'text/plain' });
      res.flushHeaders();
      for await (const chunk of chunks) res.write(chunk);
      res.end();
    },
    empty: (status) => res.status(status).end(),
  };
}
