import { type IncomingMessage, request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { text } from 'node:stream/consumers';
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
  const headers = {
    authorization: `Bearer ${setup.token}`,
    'content-type': gap ? 'application/json' : 'application/x-ndjson',
    ...(setup.source !== undefined && { 'zegel-source': setup.source }),
  };
  const options = { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(setup.timeout)]) };
  try {
    const body = lines.map((line) => line.text).join('\n');
    const answer = await send(`${setup.url}/v1/${gap ? 'gaps' : 'events'}`, options, body);
    const { statusCode: status = 0, headers: told } = answer;
    return readAnswer({ status, retryAfter: told['retry-after'] ?? null, text: await text(answer) }, count);
  } catch (error) {
    return later('COLLECTOR_UNREACHABLE', `the collector can't be reached: ${reason(error)}`);
  }
}

/** By `node:http`, on connections that are kept: it costs less than `fetch` and loads no WebAssembly into the thread. */
function send(url: string, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const begin = url.startsWith('https:') ? requestTls : requestPlain;
  // A redirect is not followed: the token is for this address and no other.
  const request = begin(url, { ...options, method: 'POST' }, resolve);
  request.on('error', reject);
  request.end(body);
  return promise;
}

/** What failed, behind an abort or several addresses that were tried. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
