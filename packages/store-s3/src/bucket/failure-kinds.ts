/**
 * What a failed request means.
 *
 * - `passing`: no answer, or one that says to come again; the request may have had its effect
 * - `unsent`: no connection was had, so that it certainly had none; that may pass
 * - `unusable`: nothing was sent, nor will be before somebody changes something
 * - `credentials`: there are none, or the server does not take them
 * - `clock`: the request is too old or too young for the server
 * - `region`: the bucket is elsewhere
 * - `taken`: a condition was not met
 * - `no-key`, `no-bucket`, `no-setting`: there is none
 * - `denied`: the credentials do not allow it
 * - `full`: no room
 * - `unable`: the server does not do such a thing
 * - `refused`: anything else that it will not do
 */
export type FailureKind =
  | 'passing'
  | 'unsent'
  | 'unusable'
  | 'credentials'
  | 'clock'
  | 'region'
  | 'taken'
  | 'no-key'
  | 'no-bucket'
  | 'no-setting'
  | 'denied'
  | 'full'
  | 'unable'
  | 'refused';

type Kinds = Readonly<Record<string, FailureKind>>;

// docs.aws.amazon.com, "Error responses"; QuotaExceeded is Ceph's, XMinioStorageFull MinIO's.
const BY_NAME: Kinds = {
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
  InvalidAccessKeyId: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  ExpiredToken: 'credentials',
  InvalidToken: 'credentials',
  TokenRefreshRequired: 'credentials',
  RequestTimeTooSkewed: 'clock',
  RequestExpired: 'clock',
  PermanentRedirect: 'region',
  AuthorizationHeaderMalformed: 'region',
  IllegalLocationConstraintException: 'region',
  // The body was damaged or cut on its way: the server has kept nothing, and the same may be tried again.
  BadDigest: 'passing',
  IncompleteBody: 'passing',
  RequestTimeout: 'passing',
  XAmzContentChecksumMismatch: 'passing',
  XAmzContentSHA256Mismatch: 'passing',
};

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  301: 'region',
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

// Codes of Node with which a connection fails before anything goes over it.
const BY_CODE: Kinds = {
  ECONNREFUSED: 'unsent',
  ENOTFOUND: 'unsent',
  EAI_AGAIN: 'unsent',
  EHOSTUNREACH: 'unsent',
  ENETUNREACH: 'unsent',
  ENETDOWN: 'unsent',
  EHOSTDOWN: 'unsent',
  EADDRNOTAVAIL: 'unsent',
  CERT_HAS_EXPIRED: 'unusable',
  CERT_NOT_YET_VALID: 'unusable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unusable',
  SELF_SIGNED_CERT_IN_CHAIN: 'unusable',
  UNABLE_TO_GET_ISSUER_CERT: 'unusable',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unusable',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unusable',
  ERR_TLS_CERT_ALTNAME_INVALID: 'unusable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'unusable',
};

const CREDENTIALS: ReadonlySet<string> = new Set(['CredentialsProviderError', 'TokenProviderError']);

/** For what failed before a request was sent; undefined where one may have been. */
export function kindOfUnsent(name: string, code: string, isNeverSent: boolean): FailureKind | undefined {
  if (CREDENTIALS.has(name)) return 'credentials';
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (!isNeverSent) return undefined;
  // Credentials that are fetched over a network can be late; all else is as it is.
  return name === 'AbortError' || name === 'TimeoutError' ? 'unsent' : 'unusable';
}

/** For what was answered; without a status, for what got no answer. */
export function kindOfAnswer(name: string, status: number | undefined): FailureKind {
  // An answer that began well and could not be read says nothing.
  if (status === undefined || status < 300) return 'passing';
  return BY_NAME[name] ?? BY_STATUS[status] ?? (status >= 500 ? 'passing' : 'refused');
}
