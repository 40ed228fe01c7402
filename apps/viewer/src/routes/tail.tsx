import { queryShape, type Query } from '@zegel/search';
import { type Context, Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { signedIn } from '../http/signed-in.ts';
import { ask } from '../search/ask.ts';
import { searchPath } from '../search/search-path.ts';
import { nextBatch, TAIL_OPERATION } from '../search/tail-batch.ts';
import type { Services } from '../services.ts';
import { TailNotes } from '../views/search-notes.tsx';
import { RowList } from '../views/search-rows.tsx';

/** Tails at once; each costs a search every two seconds. */
const MOST_TAILS = 100;
/** Milliseconds between batches, at least. */
const PAUSE = 2000;
/** Pauses after which a silent tail says that it is there. */
const SILENT = 8;

/**
 * `GET /tail?q=…&from=…`: entries that come above `from` and meet the query, as server-sent events: `rows` (rows of the
 * result's table, newest first), `notes` (what was left out or is not in order), `still` (nothing new), `end` (signed out).
 * The id of an event is where to go on.
 */
export function tailRoutes(services: Services, pause: number = PAUSE): Hono<Env> {
  const app = new Hono<Env>();
  let tails = 0;
  app.get('/tail', signedIn(services, 'search'), (c) => {
    const asked = ask(c.req.query('q') ?? '');
    if (asked.kind !== 'query') return c.text('this is no query, or it names somebody', 400);
    const from = c.req.header('last-event-id') ?? c.req.query('from') ?? '';
    if (!/^-?\d{1,15}$/.test(from)) return c.text('from is the index of an entry', 400);
    if (tails >= MOST_TAILS) return c.text('too many follow the log already', 429);
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      tails++;
      try {
        await follow(services, c, stream, { query: asked.query, after: Number(from), pause });
      } catch (error) {
        // The browser comes again by itself, and says meanwhile that nothing is followed.
        services.onProblem(
          `following the log ended: ${error instanceof Error ? error.message : String(error)}`,
        );
      } finally {
        tails--;
      }
    });
  });
  return app;
}

async function follow(
  services: Services,
  c: Context<Env>,
  stream: SSEStreamingApi,
  { query, after, pause }: { readonly query: Query; readonly after: number; readonly pause: number },
): Promise<void> {
  let [last, silent] = [after, 0];
  const stopped = new Promise<void>((resolve) =>
    services.stopping?.addEventListener('abort', () => resolve()),
  );
  while (!stream.aborted && services.stopping?.aborted !== true) {
    if (!isStillSignedIn(services, c)) return stream.writeSSE({ event: 'end', data: '' });
    const next = await send(services, c, stream, query, last);
    silent = next.isSilent ? silent + 1 : 0;
    last = next.last;
    if (silent % SILENT === 1) await stream.writeSSE({ event: 'still', data: '', id: String(last) });
    await Promise.race([stream.sleep(pause), stopped]);
  }
}

/** Sends what is new, once it is in the log that it was looked at. */
async function send(
  services: Services,
  c: Context<Env>,
  stream: SSEStreamingApi,
  query: Query,
  after: number,
): Promise<{ last: number; isSilent: boolean }> {
  const language = c.get('language');
  const { rows, persons, findings, skipped, last } = await nextBatch(services, query, after, language);
  if (rows.length === 0 && findings.length === 0 && skipped === 0) return { last, isSilent: true };
  await consult(services, c.get('viewer'), {
    ...{ action: 'search', operation: TAIL_OPERATION, persons, fields: queryShape(query) },
  });
  const id = String(last);
  if (findings.length > 0 || skipped > 0) {
    const notes = TailNotes({ language, findings, skipped, href: searchPath(query) });
    await stream.writeSSE({
      event: 'notes',
      data: String(await notes),
      id: rows.length > 0 ? String(after) : id,
    });
  }
  const list = RowList({ rows, query, language });
  if (rows.length > 0) await stream.writeSSE({ event: 'rows', data: String(await list), id });
  return { last, isSilent: false };
}

/** Whether the session is there still. Following is no sign of somebody at the screen, so it does not make it last. */
function isStillSignedIn({ sessions, cookie }: Services, c: Context<Env>): boolean {
  const { session } = c.get('viewer');
  const { seen } = session;
  const found = sessions.find(cookie.get(c));
  if (found !== undefined) found.seen = seen;
  return found === session;
}
