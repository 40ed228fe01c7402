import { ZegelError } from '@zegel/core';
import type { RefusedEvent } from './refusals.ts';

/** What a request can be refused for, with its status; see `docs/errors.md`. */
const STATUS = {
  BODY_NOT_JSON: 400,
  PARAMETER_WRONG: 400,
  QUERY_WRONG: 400,
  QUERY_NAMES_PERSON: 400,
  SIGN_IN: 401,
  TOKEN_MISSING: 401,
  TOKEN_WRONG: 401,
  CSRF: 403,
  PERMISSION_MISSING: 403,
  SCOPE_MISSING: 403,
  SOURCE_DIFFERS: 403,
  NOT_FOUND: 404,
  METHOD_WRONG: 405,
  OWN_USER: 409,
  BODY_GONE: 410,
  BODY_TOO_LARGE: 413,
  CONTENT_TYPE: 415,
  EVENTS_REFUSED: 422,
  INTERNAL: 500,
  LOG_UNAVAILABLE: 503,
} as const;

/** Statuses of refused requests. */
export type HttpErrorStatus = (typeof STATUS)[keyof typeof STATUS];

/** The codes by themselves. */
export type HttpErrorCode =
  | 'BODY_NOT_JSON'
  | 'PARAMETER_WRONG'
  | 'QUERY_WRONG'
  | 'QUERY_NAMES_PERSON'
  | 'SIGN_IN'
  | 'TOKEN_MISSING'
  | 'TOKEN_WRONG'
  | 'CSRF'
  | 'PERMISSION_MISSING'
  | 'SCOPE_MISSING'
  | 'SOURCE_DIFFERS'
  | 'NOT_FOUND'
  | 'METHOD_WRONG'
  | 'OWN_USER'
  | 'BODY_GONE'
  | 'BODY_TOO_LARGE'
  | 'CONTENT_TYPE'
  | 'EVENTS_REFUSED'
  | 'INTERNAL'
  | 'LOG_UNAVAILABLE';

/** What goes with a refusal. */
export interface HttpErrorMore {
  /** Everything that is wrong with the events, each with its place. */
  readonly refusals?: readonly RefusedEvent[];
  /** How many refused events or problems are left out. */
  readonly more?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with a problem document (RFC 9457). */
export class HttpError extends ZegelError {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  readonly more: HttpErrorMore;

  constructor(code: HttpErrorCode, message: string, more: HttpErrorMore = {}) {
    super(message, { cause: more.cause });
    this.code = code;
    this.more = more;
  }

  get status(): HttpErrorStatus {
    return STATUS[this.code];
  }
}
