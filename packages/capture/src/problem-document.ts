import { CaptureError, type CaptureErrorCode } from './errors.ts';

/** A problem document (RFC 9457) and the status it goes with. It names no person. */
export interface ProblemDocument {
  readonly status: number;
  readonly body: {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly code: string;
  };
}

const UNAVAILABLE = 503;
const FAILED = 500;

const DETAILS: Readonly<Record<CaptureErrorCode, string>> = {
  LOG_UNAVAILABLE: 'This access could not be logged, so it was not carried out or its result was withheld.',
  GAPS_UNAVAILABLE: 'The counters of unlogged accesses can not be written.',
  DECLARATION_INVALID: 'The access is not declared as the register requires.',
  NO_CONTEXT: 'Personal data was asked for where nobody is known to ask.',
  NOTHING_SEEN: 'The service did not say whose data it was about to show.',
  UNDECLARED: 'More personal data was read than declared.',
  SUBJECT_UNKNOWN: 'Personal data was read without knowing whose it is.',
  BULK_UNKNOWN: 'Personal data was to be changed without knowing whose it is.',
};

/** What a client is told of an error: 503 when the log is out of reach, else 500, and nothing of the error's own text. */
export function problemDocument(error: unknown): ProblemDocument {
  const code = error instanceof CaptureError ? error.code : undefined;
  const status = code === 'LOG_UNAVAILABLE' ? UNAVAILABLE : FAILED;
  const body = {
    // RFC 9457 §4.2.1: no more than the status; `code` is what programs look at.
    type: 'about:blank',
    title: status === UNAVAILABLE ? 'Service Unavailable' : 'Internal Server Error',
    status,
    detail: code === undefined ? 'The service failed.' : DETAILS[code],
    code: code ?? 'INTERNAL',
  };
  return { status, body };
}
