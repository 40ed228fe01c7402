import type { Receipt } from '@zegel/log';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { HttpError } from '../http/http-error.ts';
import { formOf, type Item, readEvents } from '../http/read-events.ts';
import { bounded, type RefusedEvent } from '../http/refusals.ts';
import { type Answer, appendItems } from '../logs/append-items.ts';
import type { LogKeeper } from '../logs/log-keeper.ts';

/**
 * `POST /v1/events`: one event, a list, or NDJSON. Answers once everything is durable, in the order of the body: 201
 * `{receipts}`; 207 the same, with `{refused, problems, …}` in the place of what was refused; 422 when nothing was appended.
 */
export function postEvents(logs: LogKeeper): (c: Context<Env>) => Promise<Response> {
  return async (c) => {
    const form = formOf(c.req.header('content-type'));
    const items = await readEvents(form, new Uint8Array(await c.req.arrayBuffer()));
    const { source } = c.get('token');
    const answers = await logs.use((log) => appendItems(log, items, source));
    return answer(c, items, answers);
  };
}

function answer(c: Context<Env>, items: readonly Item[], answers: readonly Answer[]): Response {
  const lines = items.flatMap(({ events, line }) => events.map(() => line));
  const told = answers.map((one, event): Receipt | RefusedEvent => {
    if (!('refused' in one)) return one;
    const line = lines[event];
    return { event, ...(line !== undefined && { line }), refused: one.refused, problems: one.problems };
  });
  const { refusals, more } = bounded(told.filter((one) => 'refused' in one));
  if (refusals.length === 0) return c.json({ receipts: told }, 201);
  if (refusals.length === told.length)
    throw new HttpError(
      'EVENTS_REFUSED',
      `events that were refused: ${refusals.length}; nothing was appended`,
      {
        refusals,
        more,
      },
    );
  const at = new Map(refusals.map((refusal) => [refusal.event, refusal]));
  return c.json({ receipts: told.map((one, event) => at.get(event) ?? one), ...(more > 0 && { more }) }, 207);
}
