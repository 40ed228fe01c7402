import type { Context } from 'hono';
import type { LogKeeper } from '../logs/log-keeper.ts';

/** `GET /healthz`: whether the log can be read, for whoever watches the service. Tells nothing else, and asks for no token. */
export function getHealth(logs: LogKeeper): (c: Context) => Promise<Response> {
  return async (c) => {
    await logs.use((log) => log.size());
    return c.json({ status: 'ok' });
  };
}
