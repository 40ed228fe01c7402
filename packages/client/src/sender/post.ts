import type { KeptLine, WorkerSetup } from '../protocol.ts';
import { later, type Outcome } from './outcome.ts';
import { readAnswer } from './read-answer.ts';

/** Sends a batch: lines of events, or one gap. Never rejects. */
export async function post(
  setup: WorkerSetup,
  lines: readonly KeptLine[],
  signal: AbortSignal,
): Promise<Outcome> {
  const gap = lines[0]?.kind === 'gap';
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  try {
    const response = await fetch(`${setup.url}/v1/${gap ? 'gaps' : 'events'}`, {
      method: 'POST',
      redirect: 'manual', // the token is for this address and no other
      headers: {
        authorization: `Bearer ${setup.token}`,
        'content-type': gap ? 'application/json' : 'application/x-ndjson',
        ...(setup.source !== undefined && { 'zegel-source': setup.source }),
      },
      body: lines.map(({ text }) => text).join('\n'),
      signal: AbortSignal.any([signal, AbortSignal.timeout(setup.timeout)]),
    });
    const { status, headers } = response;
    return readAnswer({ status, retryAfter: headers.get('retry-after'), text: await response.text() }, count);
  } catch (error) {
    return later('COLLECTOR_UNREACHABLE', `the collector can't be reached: ${reason(error)}`);
  }
}

/** `fetch failed` hides what failed. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
