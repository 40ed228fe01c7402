import { StoreError } from './store-error.ts';

/** How segments are locked, and for how long unless a term inside ends earlier (format v1 §6). */
export interface LockRule {
  readonly mode: 'compliance' | 'governance' | 'none';
  readonly days: number;
}

/** Where a log in S3 is and how it is written, as its URL says. */
export interface S3Place {
  readonly bucket: string;
  /** Begin of every key: empty, or ends in a slash. */
  readonly prefix: string;
  /** Origin of another S3 than AWS; buckets are then named in the path. */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  /** Bucket of the vault's handles, which never has versions or locks. */
  readonly vaultBucket: string;
  readonly lock: LockRule;
  /** Most milliseconds that an entry waits for others to share its segment. */
  readonly flushMs: number;
  /** Milliseconds between looks at the bucket for what other machines added. */
  readonly pollMs: number;
}

const FORM = /^s3:\/\/([^/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
// docs.aws.amazon.com, "General purpose bucket naming rules".
const BUCKET = /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])$/;
const LOOKS_LIKE_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
// The characters that S3 calls safe in keys: no others, so that a key is the same in every encoding.
const SEGMENT = /^[A-Za-z0-9!_.*'()-]+$/;
const REGION = /^[a-z0-9-]{1,64}$/;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;
// A key has at most 1,024 bytes; those under the prefix need less than half.
const MAX_PREFIX = 512;
const PARAMETERS: readonly string[] = ['endpoint', 'region', 'vault', 'lock', 'lock-days', 'flush', 'poll'];

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…&vault=…&lock=compliance|governance|none&lock-days=30&flush=200&poll=1000`.
 * All but the bucket may be left out; the vault's bucket is then `<bucket>-vault`.
 *
 * @throws StoreError STORE_NOT_FOUND when it names no place, saying why
 */
export function parseS3Url(url: string): S3Place {
  const [, bucket = '', path = '', query = ''] = FORM.exec(url) ?? [];
  if (bucket.includes('@')) throw bad('credentials do not belong in it: they come from the environment');
  checkBucket(bucket);
  const given = parametersOf(query);
  const vaultBucket = given.get('vault') ?? `${bucket}-vault`;
  checkBucket(vaultBucket);
  if (vaultBucket === bucket) throw bad('the vault needs a bucket of its own, without versions and locks');
  return Object.freeze({
    bucket,
    prefix: prefixOf(path),
    endpoint: endpointOf(given.get('endpoint')),
    region: regionOf(given.get('region')),
    vaultBucket,
    lock: lockOf(given),
    flushMs: numberOf(given, 'flush', { least: 0, most: 60_000, usual: 200 }),
    pollMs: numberOf(given, 'poll', { least: 10, most: 3_600_000, usual: 1000 }),
  });
}

function bad(why: string): StoreError {
  return new StoreError('STORE_NOT_FOUND', `not the URL of a log in S3 (s3://bucket/prefix?…): ${why}`);
}

function checkBucket(name: string): void {
  if (!BUCKET.test(name) || name.includes('..') || LOOKS_LIKE_ADDRESS.test(name))
    throw bad(`"${name}" is not the name of a bucket`);
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!PARAMETERS.includes(name))
      throw bad(`there is no parameter "${name}", only ${PARAMETERS.join(', ')}`);
    if (given.has(name)) throw bad(`"${name}" is there twice`);
    if (value === '') throw bad(`"${name}" has no value`);
    given.set(name, value);
  }
  return given;
}

function prefixOf(path: string): string {
  if (path === '') return '';
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  const isSafe = trimmed.split('/').every((one) => SEGMENT.test(one) && one !== '.' && one !== '..');
  if (!isSafe) throw bad(`"${path}" is not a prefix: letters, digits and !_.*'()- between single slashes`);
  if (trimmed.length > MAX_PREFIX) throw bad(`a prefix has at most ${MAX_PREFIX} characters`);
  return `${trimmed}/`;
}

function endpointOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && `${url.protocol}//${url.host}` === text.replace(/\/$/, '');
  if (!isOrigin || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw bad(`endpoint "${text}" is not of the form https://host:port`);
  return url.origin;
}

function regionOf(text: string | undefined): string | undefined {
  if (text !== undefined && !REGION.test(text)) throw bad(`"${text}" is not a region`);
  return text;
}

function lockOf(given: ReadonlyMap<string, string>): LockRule {
  const mode = given.get('lock') ?? 'compliance';
  if (mode !== 'compliance' && mode !== 'governance' && mode !== 'none')
    throw bad(`lock is compliance, governance or none, not "${mode}"`);
  return Object.freeze({ mode, days: numberOf(given, 'lock-days', { least: 1, most: 36_500, usual: 30 }) });
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

function numberOf(given: ReadonlyMap<string, string>, name: string, bounds: Bounds): number {
  const text = given.get(name);
  if (text === undefined) return bounds.usual;
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.least && value <= bounds.most))
    throw bad(`"${name}" is a whole number from ${bounds.least} to ${bounds.most}, not "${text}"`);
  return value;
}
