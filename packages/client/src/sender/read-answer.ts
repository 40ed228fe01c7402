import type { Receipt, Refusal } from '@zegel/log';
import type { Answer } from '../protocol.ts';
import { later, type Outcome } from './outcome.ts';

/** An answer of the collector, as it came. */
export interface Response {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** The longest that a collector's `Retry-After` is followed, in ms. */
const LONGEST_AFTER = 300_000;

type Body = Readonly<Record<string, unknown>>;

/** What an answer means for a batch of so many events. What does not come from a collector is never taken for an answer. */
export function readAnswer(response: Response, count: number): Outcome {
  const { status, text } = response;
  const body = parse(text);
  const words = typeof body['detail'] === 'string' ? `: ${body['detail']}` : '';
  switch (status) {
    case 201:
    case 207:
    case 422:
      return answered(body[status === 422 ? 'refusals' : 'receipts'], count) ?? strange(status);
    case 401:
    case 403:
      return stop(`the collector refuses this token (${status})${words}`);
    case 413:
      return { kind: 'smaller', code: 'TOO_LARGE', message: `too large for the collector${words}` };
    case 400:
      if (body['code'] !== 'BODY_NOT_JSON') return strange(status);
      return { kind: 'smaller', code: 'BAD_JSON', message: `not JSON to the collector${words}` };
    default:
      if (status < 500 && status !== 408 && status !== 429) return strange(status);
      return later(
        'COLLECTOR_UNREACHABLE',
        `the collector answers ${status}${words}`,
        milliseconds(response.retryAfter),
      );
  }
}

function stop(message: string): Outcome {
  return { kind: 'stop', problem: { code: 'TOKEN_REFUSED', message } };
}

function strange(status: number): Outcome {
  return later('COLLECTOR_STRANGE', `what answers there (${status}) is no collector; look at the address`);
}

/** Answers per event; undefined unless there is one for each. */
function answered(list: unknown, count: number): Outcome | undefined {
  if (!Array.isArray(list) || list.length !== count) return undefined;
  const answers: Answer[] = [];
  for (const one of list as unknown[]) {
    const answer = answerOf(one);
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  return { kind: 'answered', answers };
}

function answerOf(one: unknown): Answer | undefined {
  if (typeof one !== 'object' || one === null) return undefined;
  if ('refused' in one && typeof one.refused === 'string') {
    const problems = 'problems' in one && Array.isArray(one.problems) ? (one.problems as unknown[]) : [];
    return { refused: one.refused, problems: problems as Refusal['problems'] };
  }
  const { index, entry, leafHash } = one as Partial<Record<keyof Receipt, unknown>>;
  if (typeof index !== 'number' || typeof entry !== 'string' || typeof leafHash !== 'string')
    return undefined;
  return one as Receipt;
}

function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {}; // a proxy's page: its status says what there is to know
  }
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function milliseconds(header: string | null): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const wanted = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(wanted) ? 0 : Math.min(Math.max(wanted, 0), LONGEST_AFTER);
}
