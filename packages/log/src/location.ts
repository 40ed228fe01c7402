import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@zegel/core';
import { LogError } from './errors.ts';

/** Where a log is. */
export interface Location {
  /** What its store is opened by: the folder, absolute, or the URL. */
  readonly url: string;
  /** Folder of what is kept on this machine, absolute: all of a log in a folder, of another one what is derived from it. */
  readonly dir: string;
  /** Key folder, unless another is named. */
  readonly keys: string;
  /** Package that keeps a log there. */
  readonly store: string;
  /** Milliseconds for which appends are gathered into one commit, where a commit is a request over a network. */
  readonly gather: number;
}

const SQLITE = '@zegel/store-sqlite';
const S3 = '@zegel/store-s3';
/** Milliseconds of gathering where the URL names none. */
const GATHER = 200;

/**
 * Reads a log's name: a folder (`./audit`, `file:…`) or `s3://bucket/prefix?endpoint=…`. What belongs to a log in a bucket
 * on this machine is under `$XDG_DATA_HOME/zegel` and `$XDG_CONFIG_HOME/zegel`, by bucket, prefix and endpoint.
 *
 * @throws LogError `LOG_URL` for any other scheme
 */
export function parseLocation(url: string): Location {
  if (url === '') throw new LogError('LOG_URL', 'a log is named by a folder or a URL, not by an empty text');
  if (url.startsWith('file:')) return inFolder(fileURLToPath(url));
  if (url.startsWith('s3:')) return inBucket(url);
  if (/^[a-z][a-z0-9+.-]+:/i.test(url)) throw new LogError('LOG_URL', `no store is known for ${url}`);
  return inFolder(resolve(url));
}

/** Whether a log is kept elsewhere than in its folder on this machine. */
export function isRemote({ store }: Pick<Location, 'store'>): boolean {
  return store !== SQLITE;
}

function inFolder(dir: string): Location {
  return { url: dir, dir, keys: join(dir, 'keys'), store: SQLITE, gather: 0 };
}

function inBucket(url: string): Location {
  const { host, pathname, searchParams } = parsed(url);
  const endpoint = searchParams.get('endpoint')?.replace(/\/$/, '') ?? '';
  const place = `s3://${host}${pathname.replace(/\/+$/, '')} ${endpoint}`;
  const name = Buffer.from(sha256(Buffer.from(place)))
    .toString('hex')
    .slice(0, 32);
  return {
    url,
    dir: join(folder('XDG_DATA_HOME', '.local/share'), 'zegel', name),
    keys: join(folder('XDG_CONFIG_HOME', '.config'), 'zegel', name),
    store: S3,
    gather: gatherOf(searchParams.get('flush')),
  };
}

function parsed(url: string): URL {
  const read = URL.parse(url);
  if (read !== null && read.host !== '') return read;
  throw new LogError('LOG_URL', `${url} does not read as s3://bucket/prefix`);
}

function gatherOf(text: string | null): number {
  if (text === null) return GATHER;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new LogError('LOG_URL', `flush=${text} is no number of milliseconds`);
}

function folder(variable: string, usual: string): string {
  return process.env[variable] || join(homedir(), usual);
}
