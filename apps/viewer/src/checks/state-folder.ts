import { accessSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { sha256 } from '@zegel/core';
import { CheckError } from './check-error.ts';

const PRIVATE = 0o700;
/** Bits by which others than the owner may write. */
const OTHERS_WRITE = 0o022;

/** Where the checks keep what they remember, and what that must be apart from. */
export interface StatePlace {
  /** As the operator says; default: a folder under the user's own state folder. */
  readonly given?: string | undefined;
  /** The log's folder. */
  readonly log: string;
  /** The key folder. */
  readonly keys: string;
}

/**
 * The folder of what the checks remember, made with mode 0700 where it is missing. It never lies in the log's folder or that of
 * the keys: whoever may write those could then change the log and make us forget how it was.
 *
 * @throws CheckError `STATE_PLACE`
 */
export function stateFolder({ given, log, keys }: StatePlace, env: NodeJS.ProcessEnv = process.env): string {
  const dir = resolve(given ?? join(ownStateFolder(env), 'zegel', `viewer-${nameOf(log)}`));
  for (const other of [log, keys].map(realOf)) refuseInside(dir, other); // before anything is made there
  try {
    mkdirSync(dir, { recursive: true, mode: PRIVATE });
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw new CheckError('STATE_PLACE', `${dir} can't be written; name another folder with --state`, {
      cause,
    });
  }
  const real = realpathSync(dir);
  for (const other of [log, keys].map(realOf)) refuseInside(real, other);
  refuseShared(real);
  return real;
}

/** systemd names one to a service; else the one of the user's that is for this (XDG Base Directory). */
function ownStateFolder(env: NodeJS.ProcessEnv): string {
  const [service] = (env['STATE_DIRECTORY'] ?? '').split(':');
  if (service !== undefined && service !== '') return service;
  return env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
}

function nameOf(log: string): string {
  return Buffer.from(sha256(Buffer.from(realOf(log)))).toString('hex', 0, 8);
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // not there, so nothing can lie in it by another name
  }
}

function refuseInside(dir: string, other: string): void {
  if (dir !== other && !dir.startsWith(other.endsWith(sep) ? other : `${other}${sep}`)) return;
  throw new CheckError(
    'STATE_PLACE',
    `${dir} lies in ${other}: what is remembered of a log must be kept apart from it and its keys`,
  );
}

function refuseShared(dir: string): void {
  if (process.platform === 'win32') return; // has no such modes
  const { mode, uid } = statSync(dir);
  const own = uid === process.getuid?.() || uid === 0;
  if (own && (mode & OTHERS_WRITE) === 0) return;
  throw new CheckError('STATE_PLACE', `others than this user may write in ${dir}: give it mode 0700`);
}
