import { type FailureKind, kindOfAnswer, kindOfUnsent } from './failure-kinds.ts';
import { messageOf } from './message.ts';

/** What a failed request means. */
export interface Failure {
  readonly kind: FailureKind;
  /** HTTP status, undefined where no answer came. */
  readonly status: number | undefined;
  /** The server's own name for it, or the SDK's, for people. */
  readonly text: string;
  readonly cause: Error;
}

/** The SDK could not so much as try to send: it had no credentials, no region, or not what a request needs. */
export class NeverSent extends Error {
  override readonly name = 'NeverSent';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

interface Answered extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** Tells failures of requests apart. */
export function failureOf(thrown: unknown): Failure {
  const inner = thrown instanceof NeverSent ? thrown.cause : thrown;
  const cause: Answered = inner instanceof Error ? inner : new Error(messageOf(inner));
  const status = cause.$metadata?.httpStatusCode ?? cause.$response?.statusCode;
  const unsent = kindOfUnsent(cause.name, codeOf(cause), thrown instanceof NeverSent);
  return { kind: unsent ?? kindOfAnswer(cause.name, status), status, text: textOf(cause, status), cause };
}

/**
 * Whether another attempt may go better though it is certain what came of this one: a connection may be had by then, and
 * after a first refusal for the time of day the SDK signs with the server's.
 */
export function isWorthAnother({ kind }: Failure, attempt: number): boolean {
  return kind === 'unsent' || (kind === 'clock' && attempt === 1);
}

/** Node's code of what went wrong, empty where it has none. */
export function codeOf({ code, message }: Answered): string {
  // What a server that speaks no TLS answers; the code alone is also that of a connection that broke later.
  if (code === 'EPROTO' && message.includes('wrong version number')) return 'ERR_SSL_WRONG_VERSION_NUMBER';
  return typeof code === 'string' ? code : '';
}

function textOf(cause: Error, status: number | undefined): string {
  const [line = ''] = cause.message.split('\n');
  const name = cause.name === 'Error' ? '' : cause.name;
  // What the SDK says where the server gave no message.
  const said = line === name || line === 'UnknownError' ? '' : line;
  return [status, name, said].filter((one) => one !== undefined && one !== '').join(' ');
}
