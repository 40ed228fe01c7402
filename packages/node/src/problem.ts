import { CaptureError, DeniedError, problemDocument } from '@zegel/capture';

/** Media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

/** An answer that says what went wrong and nothing about any person. */
export interface ProblemAnswer {
  readonly status: number;
  readonly body: string;
}

/** The answer for whatever kept a response back. */
export function problemAnswer(error: unknown): ProblemAnswer {
  const { status, body } = problemDocument(error);
  return { status, body: JSON.stringify(body) };
}

/** The answer for an error of capture's own that a handler let through; `undefined` for any other. */
export function answerTo(error: unknown): ProblemAnswer | undefined {
  if (error instanceof CaptureError) return problemAnswer(error);
  if (!(error instanceof DeniedError)) return undefined;
  const detail = 'You are not allowed to do this.';
  const body = { type: 'about:blank', title: 'Forbidden', status: 403, detail, code: 'DENIED' };
  return { status: 403, body: JSON.stringify(body) };
}

/** What an audited route answers where `audit` has not run. */
export function noContext(activity: string): CaptureError {
  return new CaptureError('NO_CONTEXT', 'audit() has not run before this route', { activity });
}

/** Whether a header may stay on an answer that replaces a withheld one: it can't hold what the handler read. */
export function mayStay(name: string): boolean {
  return /^(?:access-control-.*|vary|traceparent|strict-transport-security)$/i.test(name);
}
