import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import type { OnCheckpoint } from './checkpoints-out.ts';
import { LogError } from './errors.ts';

/** Milliseconds for one POST: a server that never answers must hold up neither later checkpoints nor the closing of the log. */
const TIMEOUT = 30_000;

/**
 * An `onCheckpoint` that keeps the newest checkpoint in a file, or POSTs each one to an `http(s)` URL.
 *
 * @example
 * const log = await openLog('./audit', { register, onCheckpoint: checkpointTo('/mnt/elsewhere/audit.checkpoint') });
 */
export function checkpointTo(target: string): OnCheckpoint {
  if (/^https?:\/\//.test(target)) return (note) => postNote(target, note);
  const aside = `${target}.${randomUUID()}`; // of each writer its own, as several processes may write to one log
  return async (note) => {
    await writeFile(aside, note);
    await rename(aside, target);
  };
}

async function postNote(url: string, note: string): Promise<void> {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const answer = await fetch(url, {
    method: 'POST',
    body: note,
    headers,
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!answer.ok) throw new LogError('LOG_URL', `${url} answered ${answer.status}`);
}
