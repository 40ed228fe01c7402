import { showEntry } from '@zegel/reading';
import { type Context, Hono } from 'hono';
import { consult } from '../consult/consult.ts';
import { findEntry } from '../entries/find-entry.ts';
import { openEntry } from '../entries/open-entry.ts';
import type { Env } from '../env.ts';
import { HttpError } from '../http/http-error.ts';
import { isFragment, respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { EntryArticle, EntryPage } from '../views/entry.tsx';

/** `/entries/:index`: one entry, as a page and in a drawer; its exact bytes, and a proof to take away. */
export function entryRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/entries/:index', signedIn(services, 'entry'), async (c) => {
    const opened = await openEntry(services, c.get('viewer'), c.req.param('index'));
    await services.integrity.seen([opened.stored]);
    const props = { c, opened, state: services.checks.stateOf(opened.index) };
    return respond(c, isFragment(c) ? EntryArticle(props) : EntryPage({ ...props, services }));
  });
  app.get('/entries/:index/raw', signedIn(services, 'entry'), (c) => raw(services, c, c.req.param('index')));
  app.get('/entries/:index/proof', signedIn(services, 'proof'), async (c) => {
    // A proof is hashes and a signature, from which nobody is found: there is nothing to account for, and no entry is left.
    const { index, text } = await services.logs.use(async (log) => {
      const entry = await findEntry(log, c.req.param('index'));
      return { index: entry.index, text: await log.prove(entry.index) };
    });
    return c.body(text, 200, download(`${index}.tlog-proof`, 'text/plain; charset=utf-8'));
  });
  return app;
}

/** The exact bytes. They name nobody by themselves, but whoever has them may know more: this is a consultation. */
async function raw(services: Services, c: Context<Env>, text: string): Promise<Response> {
  const { index, bytes, persons } = await services.logs.use(async (log) => {
    const entry = await findEntry(log, text);
    await services.integrity.seen([entry]);
    const shown = await showEntry(log, log.vault, entry).catch(() => undefined);
    return { ...entry, persons: shown?.persons ?? [] };
  });
  if (bytes === undefined) throw new HttpError('BODY_GONE', `the body of entry ${index} is gone`);
  await consult(services, c.get('viewer'), {
    ...{ action: 'read', operation: 'viewer.entry-bytes', persons, fields: ['index'] },
  });
  return c.body(new Uint8Array(bytes), 200, download(`${index}.entry`, 'application/octet-stream'));
}

function download(name: string, type: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
}
