import { LogError, type Problem } from '@zegel/log';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { checkGap, type NamedGap } from '../http/check-gap.ts';
import { HttpError } from '../http/http-error.ts';
import { formOf, readJson } from '../http/read-events.ts';
import type { LogKeeper } from '../logs/log-keeper.ts';

/**
 * `POST /v1/gaps`: how many accesses went unlogged, `{activity, service, count, from, to, id?}`. 201 with the receipt of its
 * entry; sent again under the same id it is the same entry.
 */
export function postGaps(logs: LogKeeper): (c: Context<Env>) => Promise<Response> {
  return async (c) => {
    formOf(c.req.header('content-type'), ['json']);
    const given = readJson(new Uint8Array(await c.req.arrayBuffer()));
    const { source } = c.get('token');
    const receipt = await logs.use(async (log) => {
      const gap = checkGap(given, log.register);
      if (Array.isArray(gap)) throw refused('EVENT_INVALID', gap);
      const { id, ...body } = gap as NamedGap;
      const record = { kind: 'gap', ...(id !== undefined && { id }), bodies: [{ ...body }] };
      return log.record(record, { source }).catch((error: unknown) => {
        if (error instanceof LogError && error.code === 'ID_CONFLICT')
          throw refused(error.code, [{ path: '/id', message: error.message }]);
        throw error;
      });
    });
    return c.json({ receipts: [receipt] }, 201);
  };
}

function refused(code: string, problems: readonly Problem[]): HttpError {
  const refusals = [{ event: 0, refused: code, problems }];
  return new HttpError('EVENTS_REFUSED', 'the gap was refused', { refusals });
}
