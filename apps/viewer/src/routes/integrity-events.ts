import type { Context } from 'hono';
import type { SSEStreamingApi } from 'hono/streaming';
import type { IntegrityState } from '../checks/integrity-state.ts';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';

/** Milliseconds between two looks whether the session is still good, and a sign of life. */
const PULSE = 15_000;
/** Milliseconds between two steps of progress. */
const STEP = 250;

/**
 * Tells the open page how the checks go: `progress` with numbers, `changed` when the page is to be asked for again. Ends with
 * the session and with the checks.
 */
export async function integrityEvents(
  { integrity, sessions, cookie }: Services,
  c: Context<Env>,
  stream: SSEStreamingApi,
): Promise<void> {
  let told = integrity.details;
  let wake: () => void = () => undefined;
  const unlisten = integrity.onChange(() => wake());
  stream.onAbort(() => wake());
  try {
    while (!stream.aborted && !integrity.closed && sessions.find(cookie.get(c)) !== undefined) {
      const now = integrity.details;
      if (isOther(told, now)) await stream.writeSSE({ event: 'changed', data: now.status });
      else if (now.progress !== undefined && now !== told)
        await stream.writeSSE({ event: 'progress', data: JSON.stringify(now.progress) });
      else await stream.write(': \n\n');
      told = now;
      await Promise.all([
        stream.sleep(STEP),
        told === integrity.details ? until((resolve) => (wake = resolve)) : undefined,
      ]);
    }
  } finally {
    unlisten();
  }
}

/** Whether more has changed than how far a check has come. */
function isOther(a: IntegrityState, b: IntegrityState): boolean {
  const begun = (a.progress === undefined) !== (b.progress === undefined);
  return (
    begun ||
    a.status !== b.status ||
    a.lastFull !== b.lastFull ||
    a.lastIncremental !== b.lastIncremental ||
    a.findings !== b.findings ||
    a.problem !== b.problem ||
    a.progress?.kind !== b.progress?.kind
  );
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
