import { codeOf, type Failure } from './failure.ts';
import { apart } from './time-words.ts';

interface Told {
  readonly code?: string;
  readonly hostname?: string;
  readonly Region?: string;
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const told = ({ cause }: Failure): Told => cause as Told;

/** What is wrong with the credentials, and where they are looked for. */
export function credentialsText(failure: Failure): string {
  const { text, cause } = failure;
  switch (cause.name) {
    case 'InvalidAccessKeyId':
      return `the server does not know the access key (${text}): look at AWS_ACCESS_KEY_ID, or at the profile`;
    case 'SignatureDoesNotMatch':
      return `the secret key is not that of the access key, or something changes requests on their way (${text}): look at AWS_SECRET_ACCESS_KEY, or at the profile`;
    case 'ExpiredToken':
    case 'InvalidToken':
    case 'TokenRefreshRequired':
      return `the session token has expired or is none (${text}): get new credentials`;
    default:
      return `there are no credentials for S3${profile()} (${text}): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role`;
  }
}

function profile(): string {
  const name = process.env['AWS_PROFILE'];
  return name === undefined ? '' : ` in the profile "${name}"`;
}

/** That the server takes the time of requests for wrong. */
export function clockRefusal(failure: Failure): string {
  const date = Date.parse(told(failure).$response?.headers?.['date'] ?? '');
  const by = Number.isNaN(date) ? "not the server's" : apart(date + 500 - Date.now());
  return `this machine's clock is ${by}, and the server refuses its requests (${failure.text}): set the clock`;
}

/** Where the bucket is, if the server tells. */
export function regionText(failure: Failure, bucket: string): string {
  const { Region, $response } = told(failure);
  const region = Region ?? $response?.headers?.['x-amz-bucket-region'];
  const mend = region === undefined ? 'name its region' : `say region=${region}`;
  return `the bucket "${bucket}" is in another region than the one asked (${failure.text}): ${mend} in the URL`;
}

/** That there is nobody to ask. */
export function unsentText(failure: Failure): string {
  const { code, hostname } = told(failure);
  if (code === 'ENOTFOUND' && hostname !== undefined)
    return `there is no host "${hostname}" (${failure.text}): look at the endpoint in the URL, or at the network`;
  return `the server can't be reached, and nothing was sent (${failure.text}): look at the endpoint in the URL, or at the network`;
}

/** What has to be changed before anything is sent. */
export function unusableText(failure: Failure, what: string): string {
  const code = codeOf(failure.cause);
  if (failure.cause.message === 'Region is missing')
    return 'no region is known: say region=… in the URL, or set AWS_REGION';
  if (code === '') return `${what} could not be sent (${failure.text})`;
  return `no secure connection to the server (${code}): look whether the endpoint speaks https, and whether its certificate is trusted here`;
}
