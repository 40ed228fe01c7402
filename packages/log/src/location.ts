import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LogError } from './errors.ts';

/** Where the files of a log on this machine are. */
export interface Location {
  /** The folder, absolute. */
  readonly dir: string;
  /** Package that keeps a log there. */
  readonly store: string;
}

/** Reads a log's name: a folder (`./audit`, `file:…`). @throws LogError `LOG_URL` for any other scheme. */
export function parseLocation(url: string): Location {
  if (url === '') throw new LogError('LOG_URL', 'a log is named by a folder or a URL, not by an empty text');
  if (url.startsWith('file:')) return { dir: fileURLToPath(url), store: '@zegel/store-sqlite' };
  if (/^[a-z][a-z0-9+.-]+:/i.test(url)) throw new LogError('LOG_URL', `no store is known for ${url}`);
  return { dir: resolve(url), store: '@zegel/store-sqlite' };
}
