import type { Context } from 'hono';
import type { SSEStreamingApi } from 'hono/streaming';
import type { IntegrityState } from '../checks/integrity-state.ts';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';

/** Milliseconds between two looks whether the session is still good, and a sign of life. */
const PULSE = 10_000;
/** Milliseconds between two steps of progress. */
const STEP = 250;

/**
 * Tells the open page how the checks go: `progress` with numbers, `changed` with what the page shows then. Ends with the session
 * and with the checks.
 */
export async function integrityEvents(
  services: Services,
  c: Context<Env>,
  stream: SSEStreamingApi,
  render: () => Promise<string>,
): Promise<void> {
  const { integrity } = services;
  let told = integrity.details;
  let wake: () => void = () => undefined;
  const unlisten = integrity.onChange(() => wake());
  stream.onAbort(() => wake());
  try {
    while (!stream.aborted && !integrity.closed && isStillSignedIn(services, c)) {
      const now = integrity.details;
      if (isOther(told, now)) await stream.writeSSE({ event: 'changed', data: await render() });
      else if (now.progress !== undefined && now !== told)
        await stream.writeSSE({ event: 'progress', data: JSON.stringify(now.progress) });
      else await stream.writeSSE({ event: 'still', data: '' });
      told = now;
      await stream.sleep(STEP);
      if (told === integrity.details && !integrity.closed && !stream.aborted)
        await until((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    unlisten();
  }
}

/** An open page is no sign of somebody at the screen, so it does not make the session last. */
function isStillSignedIn({ sessions, cookie }: Services, c: Context<Env>): boolean {
  const { session } = c.get('viewer');
  const { seen } = session;
  const found = sessions.find(cookie.get(c));
  if (found !== undefined) found.seen = seen;
  return found === session;
}

/** Whether more has changed than how far a check has come. */
function isOther(a: IntegrityState, b: IntegrityState): boolean {
  const told = ({ status, lastFull, lastIncremental, findings, problem, progress }: IntegrityState) => [
    ...[status, lastFull, lastIncremental, findings, problem, progress?.kind],
  ];
  const before = told(a);
  return told(b).some((value, at) => value !== before[at]);
}

function until(listen: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PULSE);
    listen(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
