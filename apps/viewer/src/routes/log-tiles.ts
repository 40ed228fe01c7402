import { FormatError, parseEntriesPath, parseTilePath } from '@zegel/core';
import { type Context, Hono } from 'hono';
import { BundleFetches } from '../consult/bundle-fetches.ts';
import type { Env } from '../env.ts';
import { bearer } from '../http/bearer.ts';
import { HttpError } from '../http/http-error.ts';
import type { Services } from '../services.ts';
import { bundleBytes, tileBytes } from '../tiles/tile-bytes.ts';

/** What a tile holds never changes, of whatever width it is. */
const FOR_EVER = 'max-age=31536000, immutable';
const BYTES = 'application/octet-stream';

/** `/log/…`: the log as C2SP tlog-tiles has it. Hashes are for anybody, entries for those with a token of the scope `read`, whose fetching is an entry of its own. */
export function logTileRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const fetches = new BundleFetches(services);
  app.get('/log/checkpoint', async (c) => {
    const note = await services.logs.use((log) => log.checkpoint());
    // Mutable: whoever keeps it does so for seconds (C2SP tlog-tiles).
    return c.body(note, 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=2',
    });
  });
  app.get('/log/tile/entries/*', bearer(services.tokens, 'read'), (c) => bundle(services, fetches, c));
  app.get('/log/tile/*', (c) => tile(services, c));
  return app;
}

async function tile(services: Services, c: Context<Env>): Promise<Response> {
  const asked = parsed(() => parseTilePath(pathOf(c)));
  const bytes = await services.logs.use((log) => tileBytes(log, asked));
  if (bytes === undefined) throw new HttpError('NOT_FOUND', 'the log is not large enough for this tile');
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': BYTES,
    'cache-control': `public, ${FOR_EVER}`,
  });
}

async function bundle(services: Services, fetches: BundleFetches, c: Context<Env>): Promise<Response> {
  const asked = parsed(() => parseEntriesPath(pathOf(c)));
  const found = await services.logs.use((log) => bundleBytes(log, asked));
  if (found.kind === 'beyond')
    throw new HttpError('NOT_FOUND', 'the log is not large enough for this bundle');
  if (found.kind === 'gone')
    throw new HttpError(
      'BODY_GONE',
      `the body of entry ${found.index} is gone, so that there is no bundle of it any more`,
    );
  await fetches.note(c.get('token'));
  // What was pruned must not live on in a cache: each reading asks again.
  return c.body(new Uint8Array(found.bytes), 200, {
    'content-type': BYTES,
    'cache-control': 'private, no-cache',
  });
}

function pathOf(c: Context): string {
  return c.req.path.slice('/log/'.length);
}

function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw new HttpError('NOT_FOUND', 'no such tile or bundle');
    throw error;
  }
}
