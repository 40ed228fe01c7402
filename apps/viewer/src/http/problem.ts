import { STATUS_CODES } from 'node:http';
import { HttpError } from './http-error.ts';

/** A refusal as a problem document (RFC 9457 §3). It names keys and places, never a person or a value. */
export function problemResponse(error: HttpError): Response {
  const { status, code, message, more } = error;
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    ...(more.refusals && { refusals: more.refusals }),
    ...(more.more !== undefined && more.more > 0 && { more: more.more }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...more.headers },
  });
}

/** What went wrong, as a refusal; a fault of our own tells the caller nothing of itself. */
export function httpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  return new HttpError('INTERNAL', 'something is wrong here; the operator is told', { cause: error });
}
