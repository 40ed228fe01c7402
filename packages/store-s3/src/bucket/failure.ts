import { messageOf } from './message.ts';

/** What a failed request means. */
export interface Failure {
  /**
   * `passing`: no answer, or one that says to come again; the request may have had its effect.
   * `taken`: a condition was not met. `no-key`, `no-bucket`, `no-setting`: there is none. `denied`: credentials do not allow it.
   * `full`: no room. `unable`: the server does not do such a thing. `refused`: anything else that it will not do.
   */
  readonly kind:
    | 'passing'
    | 'taken'
    | 'no-key'
    | 'no-bucket'
    | 'no-setting'
    | 'denied'
    | 'full'
    | 'unable'
    | 'refused';
  /** HTTP status, undefined where no answer came. */
  readonly status: number | undefined;
  /** The server's own name for it, for people. */
  readonly text: string;
  readonly cause: Error;
}

// docs.aws.amazon.com, "Error responses"; QuotaExceeded is Ceph's, XMinioStorageFull MinIO's.
const BY_NAME: Readonly<Record<string, Failure['kind']>> = {
  PreconditionFailed: 'taken',
  NoSuchKey: 'no-key',
  NoSuchVersion: 'no-key',
  NotFound: 'no-key',
  NoSuchBucket: 'no-bucket',
  ObjectLockConfigurationNotFoundError: 'no-setting',
  NoSuchObjectLockConfiguration: 'no-setting',
  ReplicationConfigurationNotFoundError: 'no-setting',
  NoSuchLifecycleConfiguration: 'no-setting',
  NotImplemented: 'unable',
  QuotaExceeded: 'full',
  XMinioStorageFull: 'full',
  // The body was damaged or cut on its way: the server has kept nothing, and the same may be tried again.
  BadDigest: 'passing',
  IncompleteBody: 'passing',
  RequestTimeout: 'passing',
  XAmzContentChecksumMismatch: 'passing',
  XAmzContentSHA256Mismatch: 'passing',
};

const BY_STATUS: Readonly<Record<number, Failure['kind']>> = {
  307: 'passing',
  401: 'denied',
  403: 'denied',
  404: 'no-key',
  // A version that is a delete marker.
  405: 'no-key',
  408: 'passing',
  409: 'passing',
  412: 'taken',
  425: 'passing',
  429: 'passing',
  501: 'unable',
  507: 'full',
};

// The SDK could not so much as ask.
const NEVER_SENT: Readonly<Record<string, Failure['kind']>> = {
  CredentialsProviderError: 'denied',
  TokenProviderError: 'denied',
};

interface Answered extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** Tells failures of requests apart. */
export function failureOf(thrown: unknown): Failure {
  const cause: Answered = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
  const status = cause.$metadata?.httpStatusCode ?? cause.$response?.statusCode;
  return { kind: kindOf(cause.name, status), status, text: textOf(cause, status), cause };
}

function kindOf(name: string, status: number | undefined): Failure['kind'] {
  const unsent = NEVER_SENT[name];
  if (unsent !== undefined) return unsent;
  // An answer that began well and could not be read says nothing.
  if (status === undefined || status < 300) return 'passing';
  return BY_NAME[name] ?? BY_STATUS[status] ?? (status >= 500 ? 'passing' : 'refused');
}

function textOf(cause: Error, status: number | undefined): string {
  const [line = ''] = cause.message.split('\n');
  const name = cause.name === 'Error' ? '' : cause.name;
  return [status, name, line === name ? '' : line].filter((one) => one !== undefined && one !== '').join(' ');
}
